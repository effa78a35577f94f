#include "ui/recommend/RecommendPage.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/recommend/HistoryModel.h"
#include "ui/recommend/ListCard.h"
#include "ui/recommend/ReasonsPanel.h"
#include "ui/recommend/RecommendationModel.h"
#include "ui/recommend/UserModel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSettings>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int mostUsers = 200;
constexpr std::size_t mostLists = 4;  // side by side
constexpr std::size_t mostModels = 6; // kept in memory
constexpr int typingMilliseconds = 200;
constexpr auto kColumns = "columns";
constexpr auto kLeft = "left";
constexpr auto kLength = "length";

} // namespace

RecommendPage::RecommendPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("recommend"), context, parent)
    , m_userQuery(session())
    , m_historyQuery(session())
    , m_runQuery(session())
    , m_search(new QLineEdit)
    , m_users(new QListView)
    , m_userModel(new UserModel(this))
    , m_history(new QTreeView)
    , m_historyModel(new HistoryModel(this))
    , m_historyTitle(new QLabel)
    , m_lengthLabel(new QLabel)
    , m_length(new QSpinBox)
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_left(new QSplitter(Qt::Vertical))
    , m_lists(new QWidget)
    , m_listRow(new QHBoxLayout(m_lists))
    , m_reasons(new ReasonsPanel)
    , m_random(new QAction(this))
    , m_train(new QAction(this))
{
    m_train->setObjectName(QStringLiteral("goToExperiments"));
    connect(
        m_train, &QAction::triggered, this, [this] { Q_EMIT pageRequested(QStringLiteral("experiments")); });
    m_random->setObjectName(QStringLiteral("nextUser"));
    m_random->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U));
    connect(m_random, &QAction::triggered, this, [this] {
        const int next = m_users->currentIndex().isValid() ? m_users->currentIndex().row() + 1 : 0;
        m_users->setCurrentIndex(m_userModel->index(next % std::max(1, m_userModel->rowCount())));
    });
    addToMenu(Menu::Run, m_random);
    addHeaderAction(m_random);
    buildContent();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &RecommendPage::askUsers);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(&session().selection(), &Selection::userChanged, this, &RecommendPage::showUser);
    connect(&session().selection(), &Selection::runsChanged, this, &RecommendPage::chooseRuns);
    connect(&session(), &Session::closed, this, [this] {
        m_listQueries.clear();
        m_models.clear();
        m_opening.clear();
        m_runs.clear();
        m_historyModel->setEntries({});
        m_userModel->setUsers({});
        chooseRuns();
    });
}

QWidget* RecommendPage::buildLeft()
{
    m_search->setObjectName(QStringLiteral("userSearch"));
    m_search->setClearButtonEnabled(true);
    m_users->setObjectName(QStringLiteral("users"));
    m_users->setModel(m_userModel);
    m_users->setFrameShape(QFrame::NoFrame);
    m_users->setUniformItemSizes(true);
    m_history->setObjectName(QStringLiteral("history"));
    m_history->setModel(m_historyModel);
    m_history->setFrameShape(QFrame::NoFrame);
    m_history->setUniformRowHeights(true);
    m_history->setRootIsDecorated(true);
    m_history->header()->setStretchLastSection(false);
    m_length->setObjectName(QStringLiteral("listLength"));
    m_length->setRange(1, 100);
    m_length->setValue(10);
    m_lengthLabel->setBuddy(m_length);
    connect(m_length, &QSpinBox::valueChanged, this, &RecommendPage::fillCards);
    connect(m_users->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                if (current.isValid()) {
                    selectUser(PersonId{current.data(UserModel::PersonRole).toLongLong()});
                }
            });

    const auto card = [](std::initializer_list<QWidget*> widgets) {
        auto* frame = new QFrame;
        frame->setProperty(look::card, true);
        auto* column = new QVBoxLayout(frame);
        column->setContentsMargins(space::oneAndHalf, space::oneAndHalf, space::oneAndHalf, space::one);
        for (QWidget* widget : widgets) {
            column->addWidget(widget);
        }
        return frame;
    };
    auto* length = new QWidget;
    auto* lengthRow = new QHBoxLayout(length);
    lengthRow->setContentsMargins({});
    lengthRow->addWidget(m_lengthLabel, 1);
    lengthRow->addWidget(m_length);
    m_historyTitle->setProperty(look::heading, true);
    m_left->addWidget(card({m_search, m_users}));
    m_left->addWidget(card({m_historyTitle, m_history, length}));
    m_left->setStretchFactor(0, 2);
    m_left->setStretchFactor(1, 3);
    m_left->setChildrenCollapsible(false);
    return m_left;
}

void RecommendPage::buildContent()
{
    m_listRow->setContentsMargins({});
    m_listRow->setSpacing(space::oneAndHalf);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_lists);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    m_lists->setAutoFillBackground(false);
    m_columns->addWidget(buildLeft());
    m_columns->addWidget(scroll);
    m_columns->addWidget(m_reasons);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    m_columns->setStretchFactor(2, 0);
    m_columns->setSizes({280, 700, 300});
    m_columns->setChildrenCollapsible(false);
    setContent(m_columns);
    emptyState().setActions({m_train});
}

QString RecommendPage::title() const
{
    return tr("Recommend");
}

void RecommendPage::refresh()
{
    setBusy(true);
    m_runQuery.ask<std::vector<RunRecord>>(
        [](const Workspace& workspace, const JobContext&) { return RunStore(workspace).all(); },
        [this](Result<std::vector<RunRecord>> runs) { showRuns(std::move(runs)); });
    askUsers();
}

void RecommendPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    fillCards(); // models are opened only for eyes: those that were chosen from another page, now
}

void RecommendPage::askUsers()
{
    const std::string text = m_search->text().trimmed().toStdString();
    m_userQuery.ask<std::vector<UserSummary>>(
        [text](const Workspace& workspace, const JobContext&) { return users(workspace, text, mostUsers); },
        [this](Result<std::vector<UserSummary>> found) { showUsers(std::move(found)); });
}

void RecommendPage::showUsers(Result<std::vector<UserSummary>> users)
{
    if (!users) {
        messages().show(users.error(), {}, QStringLiteral("users"));
        return;
    }
    const std::optional<PersonId> chosen = session().selection().user();
    {
        const QSignalBlocker quiet(m_users->selectionModel());
        m_userModel->setUsers(std::move(*users));
    }
    const std::optional<int> row = chosen ? m_userModel->rowOf(*chosen) : std::nullopt;
    if (row) {
        m_users->setCurrentIndex(m_userModel->index(*row));
    } else if (!chosen && m_userModel->rowCount() > 0) {
        m_users->setCurrentIndex(m_userModel->index(0));
    }
    showUser();
}

void RecommendPage::selectUser(PersonId person)
{
    session().selection().setUser(person);
}

void RecommendPage::showUser()
{
    askHistory();
    fillCards();
    updateSentence();
}

void RecommendPage::askHistory()
{
    const std::optional<PersonId> person = session().selection().user();
    if (!person) {
        m_historyModel->setEntries({});
        return;
    }
    m_historyQuery.ask<std::vector<HistoryEntry>>(
        [person](const Workspace& workspace, const JobContext&) { return history(workspace, *person); },
        [this](Result<std::vector<HistoryEntry>> entries) {
            m_historyModel->setEntries(entries ? std::move(*entries) : std::vector<HistoryEntry>());
            m_history->expandAll();
            m_history->header()->setSectionResizeMode(HistoryModel::TitleColumn, QHeaderView::Stretch);
            m_history->header()->setSectionResizeMode(HistoryModel::ValueColumn,
                                                      QHeaderView::ResizeToContents);
            m_history->header()->setSectionResizeMode(HistoryModel::TimeColumn,
                                                      QHeaderView::ResizeToContents);
            updateSentence();
        });
}

void RecommendPage::showRuns(Result<std::vector<RunRecord>> runs)
{
    setBusy(false);
    if (!runs) {
        messages().show(runs.error(), {}, QStringLiteral("runs"));
        return;
    }
    std::erase_if(*runs, [](const RunRecord& run) { return run.state != RunState::Finished; });
    m_runs = std::move(*runs);
    if (m_runs.empty()) {
        showEmptyState();
    } else {
        showContent();
    }
    chooseRuns();
}

void RecommendPage::chooseRuns()
{
    const auto isThere = [this](RunId run) {
        return std::ranges::find(m_runs, run, &RunRecord::id) != m_runs.end();
    };
    std::vector<RunId> wanted;
    for (const RunId run : session().selection().runs()) {
        if (isThere(run) && wanted.size() < mostLists) {
            wanted.push_back(run);
        }
    }
    for (auto run = m_runs.rbegin();
         run != m_runs.rend() && wanted.size() < 2 && session().selection().runs().empty();
         ++run) {
        wanted.push_back(run->id);
    }
    if (wanted.empty() && !m_runs.empty()) {
        wanted.push_back(m_runs.back().id);
    }
    if (wanted != m_shown || m_cards.size() != wanted.size()) {
        m_shown = wanted;
        updateCards();
    }
    fillCards();
    updateSentence();
}

void RecommendPage::updateCards()
{
    m_listQueries.clear();
    for (ListCard* card : m_cards) {
        card->hide();
        card->deleteLater();
    }
    m_cards.clear();
    m_reasons->clear();
    for (const RunId id : m_shown) {
        const auto run = std::ranges::find(m_runs, id, &RunRecord::id);
        auto* card = new ListCard(m_lists);
        card->setRun(id, QString::fromStdString(run->name), run->colour);
        connect(card, &ListCard::itemSelected, this, &RecommendPage::selectItem);
        m_listRow->addWidget(card, 1);
        m_cards.push_back(card);
    }
}

void RecommendPage::fillCards()
{
    if (!session().isOpen()) {
        return;
    }
    for (ListCard* card : m_cards) {
        if (!session().selection().user()) {
            card->setNotice(tr("Choose a person on the left."));
        } else if (auto fitted = modelOf(card->run())) {
            askList(card, std::move(fitted));
        } else {
            card->setNotice(tr("Opening the model…"));
            openModel(card->run());
        }
    }
}

std::shared_ptr<const FittedRun> RecommendPage::modelOf(RunId run) const
{
    const auto found = std::ranges::find(m_models, run, &Model::run);
    return found == m_models.end() ? nullptr : found->fitted;
}

ListCard* RecommendPage::cardOf(RunId run) const
{
    const auto found = std::ranges::find(m_cards, run, &ListCard::run);
    return found == m_cards.end() ? nullptr : *found;
}

void RecommendPage::openModel(RunId run)
{
    if (!isVisible() || !m_opening.insert(run).second) {
        return;
    }
    const auto record = std::ranges::find(m_runs, run, &RunRecord::id);
    const QString name = QString::fromStdString(record->name);
    session().jobs().start<std::shared_ptr<const FittedRun>>(
        this,
        {.name = [name] { return tr("Opening the model of %1").arg(name); },
         .kind = JobKind::Training,
         .canPause = false},
        [run](Workspace& workspace, const JobContext& context) { return reopen(workspace, run, context); },
        [this, run](Result<std::shared_ptr<const FittedRun>> fitted) {
            m_opening.erase(run);
            ListCard* card = cardOf(run);
            if (!fitted) {
                if (card != nullptr) {
                    card->setNotice(sentences::of(fitted.error()));
                }
                return;
            }
            m_models.push_front({run, std::move(*fitted)});
            while (m_models.size() > mostModels) {
                m_models.pop_back();
            }
            if (card != nullptr && session().selection().user()) {
                askList(card, m_models.front().fitted);
            }
        });
}

void RecommendPage::askList(ListCard* card, std::shared_ptr<const FittedRun> fitted)
{
    const PersonId person = *session().selection().user();
    const int top = m_length->value();
    const RunId run = card->run();
    std::unique_ptr<Query>& query = m_listQueries[run];
    if (!query) {
        query = std::make_unique<Query>(session());
    }
    query->ask<std::vector<Recommendation>>(
        [fitted = std::move(fitted), person, top](const Workspace& workspace, const JobContext& context) {
            return recommend(workspace, *fitted, person, top, true, context);
        },
        [this, run](Result<std::vector<Recommendation>> items) {
            ListCard* answered = cardOf(run);
            if (answered == nullptr) {
                return;
            }
            if (items) {
                answered->setItems(std::move(*items));
                answered->setSelected(session().selection().item());
            } else {
                answered->setNotice(sentences::of(items.error()));
            }
        });
}

void RecommendPage::selectItem(RunId run, ItemId item)
{
    session().selection().setItem(item);
    for (ListCard* card : m_cards) {
        card->setSelected(item);
    }
    const ListCard* card = cardOf(run);
    const auto record = std::ranges::find(m_runs, run, &RunRecord::id);
    if (const Recommendation* chosen = card == nullptr ? nullptr : card->model().find(item)) {
        m_reasons->show(*chosen, QString::fromStdString(record->name));
    }
}

void RecommendPage::updateSentence()
{
    const std::optional<PersonId> person = session().selection().user();
    const std::optional<int> row = person ? m_userModel->rowOf(*person) : std::nullopt;
    if (!row) {
        setSentence(tr("Find a person by id, or choose one of the most active."));
        return;
    }
    const UserSummary& user = m_userModel->users()[static_cast<std::size_t>(*row)];
    setSentence(
        tr("%1: %2", "user, what the user did").arg(QString::fromStdString(user.key), activityOf(user)));
}

void RecommendPage::retranslate()
{
    m_search->setPlaceholderText(tr("Find a user by id"));
    m_search->setAccessibleName(tr("Find a user by id"));
    m_users->setAccessibleName(tr("Users, the most active first"));
    m_history->setAccessibleName(tr("History of the chosen user"));
    m_historyTitle->setText(tr("History"));
    m_lengthLabel->setText(tr("Items in a list"));
    m_length->setAccessibleName(tr("Items in a list"));
    m_random->setText(tr("Next user"));
    m_random->setToolTip(tr("Show the next user of the list"));
    m_train->setText(tr("Go to Experiments"));
    emptyState().setTexts(
        QStringLiteral("recommend"),
        tr("No finished run yet"),
        tr("Train a method first; its recommendations for every person are shown here, with the reasons."));
    m_historyModel->retranslate();
    fillCards();
    updateSentence();
}

void RecommendPage::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
    settings.setValue(QLatin1String(kLeft), m_left->saveState());
    settings.setValue(QLatin1String(kLength), m_length->value());
}

void RecommendPage::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_left->restoreState(settings.value(QLatin1String(kLeft)).toByteArray());
    m_length->setValue(settings.value(QLatin1String(kLength), m_length->value()).toInt());
}

} // namespace transept::ui
