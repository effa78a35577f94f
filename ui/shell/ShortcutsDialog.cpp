#include "ui/shell/ShortcutsDialog.h"

#include "ui/look/Theme.h"
#include "ui/shell/ActionButton.h"

#include <QtGui/QAction>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

QLabel* headingLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setProperty(look::heading, true);
    return label;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const std::vector<NamedAction>& actions, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);

    auto* sheet = new QWidget(this);
    auto* grid = new QGridLayout(sheet);
    grid->setHorizontalSpacing(space::three * 2);
    grid->setColumnStretch(0, 1);
    QString menu;
    for (const NamedAction& each : actions) {
        if (each.action->shortcut().isEmpty()) {
            continue;
        }
        if (each.path != menu) {
            menu = each.path;
            const int row = grid->rowCount();
            grid->setRowMinimumHeight(row, space::one);
            grid->addWidget(headingLabel(menu, sheet), row + 1, 0);
        }
        const int row = grid->rowCount();
        auto* keys = new QLabel(each.action->shortcut().toString(QKeySequence::NativeText), sheet);
        keys->setProperty(look::muted, true);
        grid->addWidget(new QLabel(plainText(each.action), sheet), row, 0);
        grid->addWidget(keys, row, 1, Qt::AlignRight);
    }
    grid->setRowStretch(grid->rowCount(), 1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(sheet);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(windowTitle());
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->addWidget(scroll, 1);
    column->addWidget(buttons);
    resize(460, 560);
}

} // namespace transept::ui
