#include "ui/shell/CommandPalette.h"

#include "ui/look/Tokens.h"
#include "ui/shell/ActionButton.h"

#include <QtCore/QEvent>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QGraphicsDropShadowEffect>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace transept::ui {

namespace {

constexpr int kWidth = 560;
constexpr int kMostRows = 11;
constexpr int kTop = 64;
constexpr int kRowHeight = 34;
constexpr int kActionRole = Qt::UserRole;
constexpr int kPathRole = Qt::UserRole + 1;
constexpr int kShortcutRole = Qt::UserRole + 2;

/// Name at the left, menu muted beside it, shortcut at the right end.
class ActionDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {kWidth, kRowHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Tokens& tokens = tokensOf(option.palette);
        const bool isEnabled = index.flags().testFlag(Qt::ItemIsEnabled);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.selection);
            painter->drawRoundedRect(option.rect, space::half, space::half);
        }
        const QRect line = option.rect.adjusted(space::oneAndHalf, 0, -space::oneAndHalf, 0);
        const QString name = index.data().toString();
        painter->setFont(option.font);
        painter->setPen(isEnabled ? tokens.text : tokens.disabledText);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
        painter->setPen(isEnabled ? tokens.mutedText : tokens.disabledText);
        const QRect beside = line.adjusted(option.fontMetrics.horizontalAdvance(name) + space::two, 0, 0, 0);
        painter->drawText(beside, Qt::AlignLeft | Qt::AlignVCenter, index.data(kPathRole).toString());
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, index.data(kShortcutRole).toString());
        painter->restore();
    }
};

bool beginsWord(const QString& text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

} // namespace

int matchScore(const QString& typed, const QString& text)
{
    constexpr int atWord = 8;
    constexpr int inRow = 4;
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar letter : typed.toLower()) {
        if (letter.isSpace()) {
            continue;
        }
        const QString lower = text.toLower();
        qsizetype found = lower.indexOf(letter, at);
        // The beginning of a later word is what was meant, unless the letters go on where they are.
        for (qsizetype other = found; found != last + 1 && other >= 0;
             other = lower.indexOf(letter, other + 1)) {
            if (beginsWord(lower, other)) {
                found = other;
                break;
            }
        }
        if (found < 0) {
            return -1;
        }
        score += 1 + (beginsWord(lower, found) ? atWord : 0) + (found == last + 1 ? inRow : 0);
        last = found;
        at = found + 1;
    }
    return score;
}

CommandPalette::CommandPalette(std::function<std::vector<NamedAction>()> actions, QWidget* parent)
    : QFrame(parent)
    , m_ask(std::move(actions))
    , m_field(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    m_field->setObjectName(QStringLiteral("commandField"));
    m_list->setObjectName(QStringLiteral("commandList"));
    m_list->setItemDelegate(new ActionDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    setFocusProxy(m_field);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::one, space::half, space::one, space::one);
    column->setSpacing(space::half);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);

    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(32);
    shadow->setOffset(0, 8);
    shadow->setColor(QColor(0, 0, 0, 70));
    setGraphicsEffect(shadow);

    m_field->installEventFilter(this);
    parent->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    retranslate();
    hide();
}

void CommandPalette::open()
{
    m_actions = m_ask();
    m_field->clear();
    fill();
    show();
    raise();
    m_field->setFocus();
}

void CommandPalette::fill()
{
    std::vector<std::pair<int, const NamedAction*>> found;
    for (const NamedAction& each : m_actions) {
        const QString name = plainText(each.action);
        const int score = matchScore(m_field->text(), QStringLiteral("%1 %2").arg(name, each.path));
        if (score >= 0) {
            found.emplace_back(score + (each.action->isEnabled() ? 1 : 0), &each);
        }
    }
    std::stable_sort(
        found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    m_list->clear();
    for (const auto& [score, each] : found) {
        auto* item = new QListWidgetItem(plainText(each->action), m_list);
        item->setData(kActionRole, QVariant::fromValue(static_cast<QObject*>(each->action)));
        item->setData(kPathRole, each->path);
        item->setData(kShortcutRole, each->action->shortcut().toString(QKeySequence::NativeText));
        if (!each->action->isEnabled()) {
            item->setFlags(Qt::NoItemFlags);
        }
    }
    if (found.empty()) {
        auto* nothing = new QListWidgetItem(tr("No command fits these letters."), m_list);
        nothing->setFlags(Qt::NoItemFlags);
    }
    m_list->setCurrentRow(0);
    place();
}

void CommandPalette::run()
{
    const QListWidgetItem* item = m_list->currentItem();
    auto* action =
        item == nullptr ? nullptr : qobject_cast<QAction*>(item->data(kActionRole).value<QObject*>());
    if (action != nullptr && action->isEnabled()) {
        hide();
        action->trigger();
    }
}

void CommandPalette::place()
{
    const QWidget* around = parentWidget();
    const int width = std::min(kWidth, around->width() - 2 * space::two);
    // Whole rows: one that is cut looks like an accident.
    const int room = (around->height() - 2 * kTop - m_field->sizeHint().height()) / kRowHeight;
    const int rows = std::clamp(std::min(m_list->count(), kMostRows), 1, std::max(1, room));
    m_list->setFixedHeight(rows * kRowHeight + 2 * m_list->frameWidth());
    setGeometry((around->width() - width) / 2, kTop, width, layout()->sizeHint().height());
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible()) {
            place();
        }
        return false;
    }
    if (event->type() == QEvent::FocusOut) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress) {
        return false;
    }
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        hide();
        parentWidget()->setFocus();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QApplication::sendEvent(m_list, event);
        return true;
    default:
        return false;
    }
}

void CommandPalette::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void CommandPalette::retranslate()
{
    m_field->setPlaceholderText(tr("What do you want to do?"));
    m_field->setAccessibleName(tr("Command"));
    m_list->setAccessibleName(tr("Commands"));
}

} // namespace transept::ui
