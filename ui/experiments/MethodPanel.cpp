#include "ui/experiments/MethodPanel.h"

#include "core/model/Registry.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/shell/CommandPalette.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr QSize panelSize(800, 480);
constexpr int listWidth = 420;
constexpr int iconSize = 16;
constexpr int nameRole = Qt::UserRole;

struct NamedNeed
{
    QString text;
    bool isNeeded = false;
    bool isMet = false;
};

/// What a method can need, in words. Vectors are terms enough.
std::vector<NamedNeed> namedNeeds(const Needs& needs, const Needs& met)
{
    return {{MethodPanel::tr("Knowledge of the items, with vectors"), needs.knowledge, met.knowledge},
            {MethodPanel::tr("Knowledge of the items"), needs.terms && !needs.knowledge, met.terms},
            {MethodPanel::tr("A source domain"), needs.sources && !needs.overlap, met.sources},
            {MethodPanel::tr("A source domain with people of the target"), needs.overlap, met.overlap},
            {MethodPanel::tr("Ratings in the target"), needs.explicitFeedback, met.explicitFeedback},
            {MethodPanel::tr("Times in the target"), needs.times, met.times}};
}

bool areMet(const Needs& needs, const Needs& met)
{
    return std::ranges::none_of(namedNeeds(needs, met),
                                [](const NamedNeed& need) { return need.isNeeded && !need.isMet; });
}

QString shortNeeds(const Needs& needs)
{
    QStringList words;
    if (needs.knowledge || needs.terms) {
        words << MethodPanel::tr("knowledge");
    }
    if (needs.sources || needs.overlap) {
        words << MethodPanel::tr("source");
    }
    if (needs.explicitFeedback) {
        words << MethodPanel::tr("ratings");
    }
    return sentences::list(words);
}

QLabel* wrapped(QWidget* parent, const char* look)
{
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    if (look != nullptr) {
        label->setProperty(look, true);
    }
    return label;
}

} // namespace

MethodPanel::MethodPanel(QWidget* parent)
    : QWidget(parent, Qt::Popup)
    , m_search(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_nothing(wrapped(this, look::muted))
    , m_title(wrapped(this, look::heading))
    , m_name(new QLabel(this))
    , m_meaning(wrapped(this, nullptr))
    , m_source(wrapped(this, look::small))
    , m_needsTitle(new QLabel(this))
    , m_needs(new QVBoxLayout)
    , m_uses(wrapped(this, look::small))
{
    setObjectName(QStringLiteral("methodPanel"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &MethodPanel::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &MethodPanel::describe);
    connect(m_list, &QTreeWidget::itemEntered, this, [this](QTreeWidgetItem* item) {
        if (item->parent() != nullptr) {
            m_list->setCurrentItem(item);
        }
    });
    connect(m_list, &QTreeWidget::itemClicked, this, &MethodPanel::choose);
}

void MethodPanel::build()
{
    m_search->setObjectName(QStringLiteral("methodSearch"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("methodList"));
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(0);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAllColumnsShowFocus(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_name->setFont(monospaceFont());
    m_name->setProperty(look::muted, true);
    m_meaning->setObjectName(QStringLiteral("methodPanelMeaning"));
    m_needsTitle->setProperty(look::muted, true);
    m_needs->setSpacing(space::half);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();

    auto* details = new QVBoxLayout;
    details->setSpacing(space::one);
    for (QWidget* each : std::initializer_list<QWidget*>{m_title, m_name, m_meaning, m_source}) {
        details->addWidget(each);
    }
    details->addSpacing(space::one);
    details->addWidget(m_needsTitle);
    details->addLayout(m_needs);
    details->addWidget(m_uses);
    details->addStretch(1);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(space::oneAndHalf, space::oneAndHalf, space::two, space::oneAndHalf);
    grid->setHorizontalSpacing(space::two);
    grid->setVerticalSpacing(space::one);
    grid->addWidget(m_search, 0, 0);
    grid->addWidget(m_list, 1, 0);
    grid->addWidget(m_nothing, 1, 0);
    grid->addLayout(details, 0, 1, 2, 1);
    grid->setColumnMinimumWidth(0, listWidth);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);
}

void MethodPanel::open(const QString& chosen, const QRect& below)
{
    m_search->clear();
    m_search->setPlaceholderText(tr("Search by name, family or what it does"));
    m_search->setAccessibleName(tr("Search methods"));
    m_list->setAccessibleName(tr("Methods"));
    m_nothing->setText(tr("No method fits these letters."));
    m_needsTitle->setText(tr("Needs"));
    fill();
    for (QTreeWidgetItem* item : shownItems()) {
        if (item->data(0, nameRole).toString() == chosen) {
            m_list->setCurrentItem(item);
        }
    }
    const QScreen* screen = QApplication::screenAt(below.center());
    const QRect room = screen != nullptr ? screen->availableGeometry() : QRect(QPoint(0, 0), panelSize);
    const QSize size = panelSize.boundedTo(room.size());
    const int left = std::clamp(below.left(), room.left(), room.right() + 1 - size.width());
    const int top = std::clamp(below.bottom() + 1, room.top(), room.bottom() + 1 - size.height());
    setGeometry(QRect(QPoint(left, top), size));
    show();
    m_list->scrollToItem(m_list->currentItem(), QAbstractItemView::PositionAtCenter);
    m_search->setFocus();
}

void MethodPanel::setMetNeeds(const std::optional<Needs>& met)
{
    m_met = met;
    for (QTreeWidgetItem* item : items()) { // also those that the search hides
        const auto method = findMethod(item->data(0, nameRole).toString().toStdString());
        const bool lacks = method && m_met && !areMet((*method)->needs, *m_met);
        item->setForeground(0, lacks ? tokensOf(this).mutedText : tokensOf(this).text);
        item->setIcon(0, lacks ? icon(QStringLiteral("warning")) : QIcon());
    }
    describe(m_list->currentItem());
}

void MethodPanel::fill()
{
    m_list->clear();
    std::map<std::string, QTreeWidgetItem*> families;
    for (const MethodDescription& method : methods()) {
        QTreeWidgetItem*& family = families[method.family];
        if (family == nullptr) {
            family = new QTreeWidgetItem(m_list, {sentences::translated("methods", method.family)});
            family->setFlags(Qt::ItemIsEnabled);
            family->setFirstColumnSpanned(true);
            family->setForeground(0, tokensOf(this).mutedText);
            QFont font = m_list->font();
            font.setBold(true);
            family->setFont(0, font);
        }
        auto* item = new QTreeWidgetItem(
            family, {sentences::translated("methods", method.title), shortNeeds(method.needs)});
        item->setData(0, nameRole, QString::fromStdString(method.name));
        item->setForeground(1, tokensOf(this).mutedText);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_list->expandAll();
    setMetNeeds(m_met);
}

void MethodPanel::filter()
{
    QTreeWidgetItem* best = nullptr;
    int bestScore = -1;
    const QString typed = m_search->text().trimmed();
    for (int at = 0; at < m_list->topLevelItemCount(); ++at) {
        m_list->topLevelItem(at)->setHidden(true); // until one of the family fits
    }
    for (QTreeWidgetItem* item : items()) {
        const QString name = item->data(0, nameRole).toString();
        const auto method = findMethod(name.toStdString());
        const int score = matchScore(typed, name + QLatin1Char(' ') + item->text(0));
        const QString meaning = sentences::translated("methods", (*method)->meaning);
        const bool fits = score >= 0 || item->parent()->text(0).contains(typed, Qt::CaseInsensitive) ||
                          meaning.contains(typed, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits) {
            item->parent()->setHidden(false);
        }
        if (fits && (best == nullptr || score > bestScore)) {
            best = item;
            bestScore = score;
        }
    }
    m_nothing->setVisible(best == nullptr);
    m_list->setVisible(best != nullptr);
    m_list->setCurrentItem(best);
}

std::vector<QTreeWidgetItem*> MethodPanel::items() const
{
    std::vector<QTreeWidgetItem*> all;
    for (int at = 0; at < m_list->topLevelItemCount(); ++at) {
        const QTreeWidgetItem* family = m_list->topLevelItem(at);
        for (int row = 0; row < family->childCount(); ++row) {
            all.push_back(family->child(row));
        }
    }
    return all;
}

std::vector<QTreeWidgetItem*> MethodPanel::shownItems() const
{
    std::vector<QTreeWidgetItem*> shown = items();
    std::erase_if(shown, [](const QTreeWidgetItem* item) { return item->isHidden(); });
    return shown;
}

void MethodPanel::describe(const QTreeWidgetItem* item)
{
    const auto method = item == nullptr ? Result<const MethodDescription*>(nullptr)
                                        : findMethod(item->data(0, nameRole).toString().toStdString());
    if (!method || *method == nullptr) {
        return;
    }
    m_title->setText(sentences::translated("methods", (*method)->title));
    m_name->setText(QString::fromStdString((*method)->name));
    m_meaning->setText(sentences::translated("methods", (*method)->meaning));
    m_source->setText((*method)->source == "-"
                          ? QString()
                          : tr("Source: %1").arg(QString::fromStdString((*method)->source)));
    describeNeeds(**method);
}

void MethodPanel::describeNeeds(const MethodDescription& method)
{
    while (QLayoutItem* old = m_needs->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    const auto addLine = [this](const QString& iconName, const QString& text) {
        auto* line = new QWidget(this);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins({});
        row->setSpacing(space::one);
        auto* mark = new QLabel(line);
        mark->setPixmap(icon(iconName).pixmap(QSize(iconSize, iconSize), devicePixelRatio()));
        row->addWidget(mark, 0, Qt::AlignTop);
        auto* label = wrapped(line, nullptr);
        label->setText(text);
        label->setObjectName(QStringLiteral("methodNeed"));
        row->addWidget(label, 1);
        m_needs->addWidget(line);
    };
    bool needsNothing = true;
    for (const NamedNeed& need : namedNeeds(method.needs, m_met.value_or(Needs{}))) {
        if (!need.isNeeded) {
            continue;
        }
        needsNothing = false;
        if (!m_met) {
            addLine(QStringLiteral("info"), need.text);
        } else if (need.isMet) {
            addLine(QStringLiteral("good"), tr("%1: there", "a need of a method").arg(need.text));
        } else {
            addLine(QStringLiteral("warning"), tr("%1: missing", "a need of a method").arg(need.text));
        }
    }
    if (needsNothing) {
        addLine(QStringLiteral("good"), tr("Nothing beside interactions"));
    }
    QStringList uses;
    if (method.usesSources && !method.needs.sources && !method.needs.overlap) {
        uses << tr("source domains");
    }
    if (method.usesKnowledge && !method.needs.knowledge && !method.needs.terms) {
        uses << tr("knowledge of the items");
    }
    QStringList lines;
    if (!uses.isEmpty()) {
        lines << tr("Gains from %1 where there is some.").arg(sentences::enumeration(uses));
    }
    if (method.traitsOf != nullptr) {
        lines << tr("What it needs depends on its parameters.");
    }
    m_uses->setText(lines.join(QLatin1Char('\n')));
    m_uses->setVisible(!lines.isEmpty());
}

void MethodPanel::choose(const QTreeWidgetItem* item)
{
    if (item != nullptr && item->parent() != nullptr) {
        Q_EMIT chosen(item->data(0, nameRole).toString());
    }
}

void MethodPanel::step(int by)
{
    const std::vector<QTreeWidgetItem*> shown = shownItems();
    if (shown.empty()) {
        return;
    }
    const auto present = std::ranges::find(shown, m_list->currentItem()) - shown.begin();
    const auto last = std::ssize(shown) - 1;
    const auto next = std::clamp<std::ptrdiff_t>(present > last ? 0 : present + by, 0, last);
    m_list->setCurrentItem(shown[static_cast<std::size_t>(next)]);
    m_list->scrollToItem(m_list->currentItem());
}

bool MethodPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    constexpr int page = 8;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        hide();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentItem());
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_PageUp:
        step(-page);
        return true;
    case Qt::Key_PageDown:
        step(page);
        return true;
    default:
        return false;
    }
}

} // namespace transept::ui
