#include "ui/shell/ShortcutsDialog.h"

#include "ui/look/Theme.h"
#include "ui/shell/ActionButton.h"

#include <QtGui/QAction>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <span>

namespace transept::ui {

namespace {

struct Section
{
    QString title;
    std::vector<std::pair<QString, QString>> lines; ///< what, by which keys
};

std::vector<Section> ofMenus(const std::vector<NamedAction>& actions)
{
    std::vector<Section> sections;
    for (const NamedAction& each : actions) {
        if (each.action->shortcut().isEmpty()) {
            continue;
        }
        if (sections.empty() || sections.back().title != each.path) {
            sections.push_back({.title = each.path, .lines = {}});
        }
        sections.back().lines.emplace_back(plainText(each.action),
                                           each.action->shortcut().toString(QKeySequence::NativeText));
    }
    return sections;
}

Section ofCharts()
{
    return {.title = ShortcutsDialog::tr("In charts"),
            .lines = {{ShortcutsDialog::tr("Zoom at the pointer"), ShortcutsDialog::tr("Wheel")},
                      {ShortcutsDialog::tr("Move what is shown"), ShortcutsDialog::tr("Drag")},
                      {ShortcutsDialog::tr("Zoom to a box"), ShortcutsDialog::tr("Shift+Drag")},
                      {ShortcutsDialog::tr("Show everything"), ShortcutsDialog::tr("Home, double click")},
                      {ShortcutsDialog::tr("Read exact values"), ShortcutsDialog::tr("Left, Right")},
                      {ShortcutsDialog::tr("Zoom in and out"), QStringLiteral("+, \u2212")}}};
}

Section ofRunTables()
{
    return {.title = ShortcutsDialog::tr("In tables of runs"),
            .lines = {{ShortcutsDialog::tr("Edit name or note"), QStringLiteral("F2")},
                      {ShortcutsDialog::tr("Delete the selected runs"), ShortcutsDialog::tr("Del")}}};
}

QLabel* headingLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setProperty(look::heading, true);
    return label;
}

QGridLayout* columnOf(std::span<const Section> sections, QWidget* sheet)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::three * 2);
    grid->setVerticalSpacing(space::one);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const Section& section : sections) {
        grid->setRowMinimumHeight(row, row == 0 ? 0 : space::one);
        ++row;
        grid->addWidget(headingLabel(section.title, sheet), row++, 0);
        for (const auto& [what, keys] : section.lines) {
            auto* by = new QLabel(keys, sheet);
            by->setProperty(look::muted, true);
            grid->addWidget(new QLabel(what, sheet), row, 0);
            grid->addWidget(by, row++, 1, Qt::AlignRight);
        }
    }
    grid->setRowStretch(row, 1);
    return grid;
}

/// How many sections stand in the first of two columns that are about as long.
std::size_t firstColumn(const std::vector<Section>& sections)
{
    const auto length = [](const Section& section) { return section.lines.size() + 2; };
    std::size_t all = 0;
    for (const Section& section : sections) {
        all += length(section);
    }
    std::size_t count = 0;
    for (std::size_t filled = 0; count < sections.size() && 2 * filled < all; ++count) {
        filled += length(sections[count]);
    }
    return count;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const std::vector<NamedAction>& actions, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);

    std::vector<Section> sections = ofMenus(actions);
    sections.push_back(ofCharts());
    sections.push_back(ofRunTables());
    auto* sheet = new QWidget(this);
    auto* halves = new QHBoxLayout(sheet);
    halves->setContentsMargins(space::two, space::two, space::two, space::two);
    halves->setSpacing(space::three * 2);
    const std::span all(sections);
    const std::size_t first = firstColumn(sections);
    halves->addLayout(columnOf(all.first(first), sheet), 1);
    halves->addLayout(columnOf(all.subspan(first), sheet), 1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(sheet);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->addWidget(scroll, 1);
    column->addWidget(buttons);
    const QSize whole =
        sheet->sizeHint() + QSize(2 * space::three, 2 * space::three + buttons->sizeHint().height());
    resize(whole.boundedTo(parent->size() - QSize(2 * space::three, 2 * space::three)));
}

} // namespace transept::ui
