#include "ui/shell/Page.h"

#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/shell/ActionButton.h"
#include "ui/shell/ElidedLabel.h"

#include <QtCore/QEvent>
#include <QtCore/QTimer>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr qreal kTitleScale = 1.5;
constexpr int kHeaderHeight = 36;
constexpr int kBusyAfterMs = 200; ///< sooner it would only flicker

} // namespace

Page::Page(QString id, PageContext context, QWidget* parent)
    : QWidget(parent)
    , m_id(std::move(id))
    , m_context(std::move(context))
    , m_title(new QLabel(this))
    , m_sentence(new ElidedLabel(this))
    , m_headerButtons(new QHBoxLayout)
    , m_busy(new QProgressBar(this))
    , m_messages(new MessageBar(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
{
    setObjectName(m_id + QStringLiteral("Page"));
    m_stack->addWidget(m_empty);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::side, space::oneAndHalf, space::side, space::two);
    column->setSpacing(0);
    column->addLayout(buildHeader());
    column->addSpacing(space::half);
    column->addWidget(m_busy);
    column->addSpacing(space::half);
    column->addWidget(m_messages);
    column->addSpacing(space::half);
    column->addWidget(m_stack, 1);
    followSession();
}

QLayout* Page::buildHeader()
{
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_title->setProperty(look::title, true);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * kTitleScale);
    font.setWeight(QFont::Bold);
    m_title->setFont(font);
    m_sentence->setObjectName(QStringLiteral("pageSentence"));
    m_sentence->setProperty(look::muted, true);
    m_headerButtons->setSpacing(space::one);
    m_busy->setObjectName(QStringLiteral("busyLine"));
    m_busy->setRange(0, 1);
    m_busy->setTextVisible(false);

    auto* row = new QHBoxLayout;
    row->setSpacing(space::two);
    row->addWidget(m_title);
    row->addWidget(m_sentence, 1);
    row->addLayout(m_headerButtons);
    row->addStrut(kHeaderHeight);
    return row;
}

void Page::followSession()
{
    Session& session = m_context.session;
    const auto staleOn = [this](Change change) {
        return [this, change] {
            if (m_followed.testFlag(change)) {
                markStale();
            }
        };
    };
    connect(&session, &Session::opened, this, &Page::markStale);
    connect(&session, &Session::dataChanged, this, staleOn(Change::Data));
    connect(&session, &Session::knowledgeChanged, this, staleOn(Change::Knowledge));
    connect(&session, &Session::runsChanged, this, staleOn(Change::Runs));
    connect(&session, &Session::closed, m_messages, &MessageBar::clearAll);
}

void Page::saveState(QSettings&) const {}

void Page::restoreState(QSettings&) {}

void Page::setContent(QWidget* content)
{
    m_content = content;
    m_stack->addWidget(content);
    m_stack->setCurrentWidget(content);
}

void Page::addToMenu(Menu menu, QAction* action, bool showsPage)
{
    m_menuEntries.push_back({.menu = menu, .action = action, .showsPage = showsPage});
}

void Page::addHeaderAction(QAction* action)
{
    addHeaderWidget(new ActionButton(action, this));
}

void Page::setPrimaryAction(QAction* action)
{
    auto* button = new ActionButton(action, this);
    button->setProperty(look::primary, true);
    m_headerButtons->addWidget(button);
    m_hasPrimary = true;
}

void Page::addHeaderWidget(QWidget* widget)
{
    m_headerButtons->insertWidget(m_headerButtons->count() - (m_hasPrimary ? 1 : 0), widget);
}

void Page::setSentence(const QString& sentence)
{
    m_sentence->setText(sentence);
}

void Page::setBusy(bool busy)
{
    m_isBusy = busy;
    if (!busy) {
        m_busy->setRange(0, 1);
        m_busy->reset();
        return;
    }
    QTimer::singleShot(kBusyAfterMs, this, [this] {
        if (m_isBusy) {
            m_busy->setRange(0, 0);
        }
    });
}

void Page::showEmptyState()
{
    m_stack->setCurrentWidget(m_empty);
}

void Page::showContent()
{
    m_stack->setCurrentWidget(m_content);
}

bool Page::isShowingContent() const
{
    return m_content != nullptr && m_stack->currentWidget() == m_content;
}

void Page::markStale()
{
    m_stale = true;
    if (isVisible()) {
        // Several changes of one moment are one refresh.
        QTimer::singleShot(0, this, &Page::refreshIfStale);
    }
}

void Page::refreshIfStale()
{
    if (m_stale && isVisible() && m_context.session.isOpen()) {
        m_stale = false;
        refresh();
    }
}

void Page::updateTexts()
{
    m_translated = true;
    m_title->setText(title());
    setAccessibleName(title());
    retranslate();
    for (QScrollArea* area : findChildren<QScrollArea*>()) {
        if (area->accessibleName().isEmpty()) {
            area->setAccessibleName(title());
        }
    }
}

void Page::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_translated) {
        updateTexts();
        markStale(); // sentences with figures are made where the figures arrive
    }
}

void Page::showEvent(QShowEvent* event)
{
    if (!m_translated) {
        updateTexts();
    }
    QWidget::showEvent(event);
    QTimer::singleShot(0, this, &Page::refreshIfStale);
}

} // namespace transept::ui
