#include "ui/recommend/RecommendPage.h"

#include "core/recommend/Newcomers.h"
#include "core/store/Catalog.h"
#include "ui/look/Card.h"
#include "ui/look/Icons.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/recommend/HistoryModel.h"
#include "ui/recommend/ListQuestion.h"
#include "ui/recommend/ReasonsPanel.h"
#include "ui/recommend/RecommendationModel.h"
#include "ui/recommend/RunMenu.h"
#include "ui/recommend/UserFinder.h"
#include "ui/recommend/UserModel.h"
#include "ui/shell/LassoToggle.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr std::size_t mostModels = 6; // kept in memory
constexpr int leastForHistory = 208;
constexpr int widthForDates = 380; // of the history; below, dates stand in tooltips alone
constexpr auto kColumns = "columns";
constexpr auto kLeft = "left";
constexpr auto kLength = "length";
constexpr auto kNewItems = "newItems";

} // namespace

RecommendPage::RecommendPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("recommend"), context, parent)
    , m_personQuery(session())
    , m_runQuery(session())
    , m_finder(new UserFinder(session()))
    , m_history(new QTreeView)
    , m_historyModel(new HistoryModel(this))
    , m_lengthLabel(new QLabel)
    , m_length(new QSpinBox)
    , m_newItems(new QCheckBox)
    , m_onlyLassoed(new LassoToggle(session().selection()))
    , m_lassoed(new LassoBar(session().selection(), m_onlyLassoed))
    , m_runMenu(new RunMenu(this))
    , m_runButton(new QPushButton)
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_left(new QSplitter(Qt::Vertical))
    , m_lists(new QWidget)
    , m_listRow(new QHBoxLayout(m_lists))
    , m_reasons(new ReasonsPanel)
    , m_next(new QAction(this))
    , m_train(new QAction(this))
{
    buildHeader();
    buildContent();
    connectSession();
}

void RecommendPage::buildHeader()
{
    m_length->setObjectName(QStringLiteral("listLength"));
    m_length->setRange(1, 100);
    m_length->setValue(10);
    m_lengthLabel->setBuddy(m_length);
    m_lengthLabel->setProperty(look::muted, true);
    connect(m_length, &QSpinBox::valueChanged, this, &RecommendPage::fillCards);
    m_newItems->setObjectName(QStringLiteral("newItems"));
    connect(m_newItems, &QCheckBox::toggled, this, &RecommendPage::fillCards);
    connect(m_runMenu, &QMenu::aboutToShow, this, [this] { m_runMenu->setRuns(m_runs, m_shown); });
    connect(m_runMenu, &RunMenu::runToggled, this, &RecommendPage::showRun);
    connect(
        m_runMenu, &RunMenu::olderWanted, this, [this] { Q_EMIT pageRequested(QStringLiteral("compare")); });
    buildLasso();
    m_runButton->setObjectName(QStringLiteral("chooseRuns"));
    m_runButton->setMenu(m_runMenu);
    m_next->setObjectName(QStringLiteral("nextUser"));
    m_next->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U));
    connect(m_next, &QAction::triggered, m_finder, &UserFinder::chooseNext);
    addToMenu(Menu::Run, m_next);
    addHeaderWidget(m_lengthLabel);
    addHeaderWidget(m_length);
    addHeaderWidget(m_newItems);
    addHeaderWidget(m_lassoed);
    addHeaderWidget(m_runButton);
    addHeaderAction(m_next);
    m_train->setObjectName(QStringLiteral("goToExperiments"));
    connect(
        m_train, &QAction::triggered, this, [this] { Q_EMIT pageRequested(QStringLiteral("experiments")); });
    emptyState().setActions({m_train});
}

void RecommendPage::buildLasso()
{
    m_onlyLassoed->setObjectName(QStringLiteral("onlyLassoedItems"));
    connect(m_onlyLassoed, &LassoToggle::amongChanged, this, &RecommendPage::fillCards);
    connect(&session().selection(), &Selection::itemsChanged, this, &RecommendPage::followLasso);
}

/// Lassoed items are marked in the lists; the lists can be of them alone.
void RecommendPage::followLasso()
{
    const std::vector<ItemId>& items = session().selection().items();
    for (ListCard* card : m_cards) {
        card->setLassoed(items);
    }
}

QWidget* RecommendPage::buildLeft()
{
    m_history->setObjectName(QStringLiteral("history"));
    m_history->setModel(m_historyModel);
    m_history->setFrameShape(QFrame::NoFrame);
    m_history->setUniformRowHeights(true);
    m_history->setIndentation(space::oneAndHalf);
    m_history->header()->setStretchLastSection(false);
    m_history->viewport()->installEventFilter(this);
    connect(m_history->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                if (const QVariant item = current.data(HistoryModel::ItemRole); item.isValid()) {
                    session().selection().setItem(ItemId{item.toLongLong()});
                }
            });
    m_left->addWidget(m_finder);
    m_left->addWidget(card({m_history}, space::half));
    m_left->setStretchFactor(0, 2);
    m_left->setStretchFactor(1, 3);
    m_left->setChildrenCollapsible(false);
    m_left->setMinimumWidth(leastForHistory);
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
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    m_lists->setAutoFillBackground(false);
    m_columns->addWidget(buildLeft());
    m_columns->addWidget(scroll);
    m_columns->addWidget(m_reasons);
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 3);
    m_columns->setStretchFactor(2, 1);
    m_columns->setSizes({248, 720, 252});
    m_columns->setChildrenCollapsible(false);
    setContent(m_columns);
}

void RecommendPage::connectSession()
{
    connect(m_finder, &UserFinder::failed, this, [this](const Error& error) {
        messages().show(error, {}, QStringLiteral("users"));
    });
    connect(&session().selection(), &Selection::userChanged, this, &RecommendPage::showUser);
    connect(&session().selection(), &Selection::runsChanged, this, &RecommendPage::chooseRuns);
    connect(&session().selection(), &Selection::itemChanged, this, &RecommendPage::followItem);
    connect(&session(), &Session::dataChanged, this, [this] {
        m_models.clear();
        m_usersAreStale = true;
    });
    connect(&session(), &Session::closed, this, [this] {
        m_listQueries.clear();
        m_personQuery.cancel();
        m_models.clear();
        m_opening.clear();
        m_runs.clear();
        m_user.reset();
        m_usersAreStale = true;
        m_historyModel->setEntries({});
        m_finder->clear();
        chooseRuns();
    });
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
    if (m_usersAreStale) { // counting the interactions of all takes a while; runs change nothing about them
        m_usersAreStale = false;
        m_finder->refresh();
        askPerson();
    }
}

void RecommendPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    fillCards(); // models are opened only for eyes: those that were chosen from another page, now
}

bool RecommendPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_history->viewport() && event->type() == QEvent::Resize) {
        m_history->setColumnHidden(HistoryModel::TimeColumn, m_history->width() < widthForDates);
    }
    return Page::eventFilter(watched, event);
}

void RecommendPage::showUser()
{
    m_reasons->clear();
    m_explained.reset();
    m_user.reset();
    askPerson();
    fillCards();
    updateSentence();
}

void RecommendPage::askPerson()
{
    const std::optional<PersonId> person = session().selection().user();
    if (!person) {
        m_personQuery.cancel();
        m_historyModel->setEntries({});
        return;
    }
    m_personQuery.ask<Person>(
        [person](const Workspace& workspace, const JobContext&) -> Result<Person> {
            Result<UserSummary> summary = user(workspace, *person);
            Result<std::vector<HistoryEntry>> entries = history(workspace, *person);
            Result<std::vector<Domain>> domains = Catalog(workspace).domains();
            if (!summary || !entries || !domains) {
                return !summary ? passOn(summary) : !entries ? passOn(entries) : passOn(domains);
            }
            return Person{std::move(*summary), std::move(*entries), std::move(*domains)};
        },
        [this](Result<Person> found) { showPerson(std::move(found)); });
}

void RecommendPage::showPerson(Result<Person> person)
{
    if (!person) {
        m_historyModel->setEntries({});
        messages().show(person.error(), {}, QStringLiteral("users"));
        return;
    }
    m_user = std::move(person->summary);
    QStringList domains;
    for (const Domain& domain : person->domains) {
        domains << QString::fromStdString(domain.name);
    }
    m_historyModel->setDomains(domains);
    m_historyModel->setEntries(std::move(person->history));
    m_reasons->setDomains(domains);
    fitHistory();
    updateSentence();
}

void RecommendPage::fitHistory()
{
    m_history->expandAll();
    QHeaderView* header = m_history->header();
    header->setSectionResizeMode(HistoryModel::TitleColumn, QHeaderView::Stretch);
    for (const int column : {HistoryModel::ValueColumn, HistoryModel::TimeColumn}) {
        header->setSectionResizeMode(column, QHeaderView::Fixed);
        m_history->resizeColumnToContents(column);
        header->resizeSection(column, header->sectionSize(column) + space::two);
    }
    for (int branch = 0; branch < m_historyModel->rowCount(); ++branch) {
        m_history->setFirstColumnSpanned(branch, {}, true);
    }
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
    for (QWidget* control :
         std::initializer_list<QWidget*>{m_lengthLabel, m_length, m_newItems, m_runButton}) {
        control->setVisible(!m_runs.empty());
    }
    m_next->setEnabled(!m_runs.empty());
    m_lassoed->setUseful(!m_runs.empty());
    updateSentence();
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
        if (isThere(run) && wanted.size() < RunMenu::mostLists) {
            wanted.push_back(run);
        }
    }
    for (auto run = m_runs.rbegin(); run != m_runs.rend() && wanted.empty(); ++run) {
        wanted.push_back(run->id);
        if (std::next(run) != m_runs.rend()) {
            wanted.push_back(std::next(run)->id);
        }
    }
    if (wanted != m_shown || m_cards.size() != wanted.size()) {
        m_shown = wanted;
        updateCards();
    }
    for (ListCard* card : m_cards) { // a run may have another name now
        const auto run = std::ranges::find(m_runs, card->run(), &RunRecord::id);
        card->setRun(run->id, sentences::runName(run->name), run->colour);
    }
    fillCards();
}

void RecommendPage::showRun(RunId run, bool shown)
{
    std::vector<RunId> wanted = m_shown;
    std::erase(wanted, run);
    if (shown) {
        wanted.push_back(run);
    }
    session().selection().setRuns(std::move(wanted));
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
    m_explained.reset();
    for (const RunId id : m_shown) {
        auto* card = new ListCard(m_lists);
        const auto run = std::ranges::find(m_runs, id, &RunRecord::id);
        card->setRun(id, sentences::runName(run->name), run->colour);
        card->setLassoed(session().selection().items());
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
    updateNewItems();
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

QString RecommendPage::nameOf(RunId run) const
{
    const auto found = std::ranges::find(m_runs, run, &RunRecord::id);
    return found == m_runs.end() ? QString() : sentences::runName(found->name);
}

void RecommendPage::openModel(RunId run)
{
    if (!isVisible() || !m_opening.insert(run).second) {
        return;
    }
    session().jobs().start<std::shared_ptr<const FittedRun>>(
        this,
        {.name = [name = nameOf(run)] { return tr("Opening the model of %1").arg(name); },
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
            updateNewItems();
            if (card != nullptr && session().selection().user()) {
                askList(card, m_models.front().fitted);
            }
        });
}

void RecommendPage::askList(ListCard* card, std::shared_ptr<const FittedRun> fitted)
{
    const RunId run = card->run();
    std::unique_ptr<Query>& query = m_listQueries[run];
    if (!query) {
        query = std::make_unique<Query>(session());
    }
    ListQuestion question{.fitted = std::move(fitted),
                          .person = *session().selection().user(),
                          .top = m_length->value(),
                          .among = m_onlyLassoed->among()};
    question.withNew =
        m_newItems->isChecked() && knows(*question.fitted, question.person) && foldsInItems(*question.fitted);
    query->ask<ListAnswer>(
        [question](const Workspace& workspace, const JobContext& context) {
            return answerOf(workspace, question, context);
        },
        [this, run, question](Result<ListAnswer> answer) {
            const ListCard::Remark remark = remarkOn(question, answer);
            showList(
                run, std::move(answer).map([](ListAnswer found) { return std::move(found.items); }), remark);
        });
}

/// Can be chosen as long as a method may answer for items that it did not learn from.
void RecommendPage::updateNewItems()
{
    QStringList unable;
    std::size_t open = 0;
    for (const RunId run : m_shown) {
        const auto fitted = modelOf(run);
        open += fitted ? 1 : 0;
        if (fitted && !foldsInItems(*fitted)) {
            unable << nameOf(run);
        }
    }
    const bool isAble = open < m_shown.size() || unable.size() < std::ssize(m_shown);
    const QString refusal = tr("%1: the method has to be trained to know new items.", "runs")
                                .arg(unable.join(QStringLiteral(", ")));
    m_newItems->setEnabled(isAble);
    const QString meaning = tr("Lists also hold items that came after the training, by what others did with "
                               "them since");
    m_newItems->setToolTip(unable.empty() ? meaning
                           : isAble       ? meaning + QLatin1Char('\n') + refusal
                                          : refusal);
}

void RecommendPage::showList(RunId run,
                             Result<std::vector<Recommendation>> items,
                             const ListCard::Remark& remark)
{
    ListCard* card = cardOf(run);
    if (card == nullptr) {
        return;
    }
    if (!items) {
        card->setNotice(sentences::of(items.error()));
        return;
    }
    card->setItems(std::move(*items), remark);
    const std::optional<ItemId> item = session().selection().item();
    card->setSelected(item);
    if (item && (!m_explained || m_explained == run)) {
        selectItem(run, *item);
    }
}

void RecommendPage::selectItem(RunId run, ItemId item)
{
    const ListCard* card = cardOf(run);
    if (const Recommendation* chosen = card == nullptr ? nullptr : card->model().find(item)) {
        m_explained = run;
        m_reasons->show(*chosen, nameOf(run));
        session().selection().setItem(item);
    } else if (m_explained == run) {
        m_explained.reset();
        m_reasons->clear();
    }
}

void RecommendPage::followItem()
{
    for (ListCard* card : m_cards) {
        card->setSelected(session().selection().item());
    }
}

void RecommendPage::updateSentence()
{
    setSentence(m_runs.empty() ? QString()
                : !m_user      ? tr("Find a person by id, or choose one of the most active.")
                               : tr("%1: %2", "user, what the user did")
                                .arg(QString::fromStdString(m_user->key), activityOf(*m_user)));
}

void RecommendPage::retranslate()
{
    m_history->setAccessibleName(tr("History of the chosen user"));
    m_lengthLabel->setText(tr("Items in a list"));
    m_length->setAccessibleName(tr("Items in a list"));
    m_newItems->setText(tr("New items"));
    m_runButton->setText(tr("Runs"));
    m_runButton->setToolTip(tr("Choose whose lists stand side by side, four at most"));
    m_next->setText(tr("Next user"));
    m_next->setToolTip(tr("Show the next user of the list"));
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
    settings.setValue(QLatin1String(kNewItems), m_newItems->isChecked());
}

void RecommendPage::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_left->restoreState(settings.value(QLatin1String(kLeft)).toByteArray());
    m_length->setValue(settings.value(QLatin1String(kLength), m_length->value()).toInt());
    m_newItems->setChecked(settings.value(QLatin1String(kNewItems), false).toBool());
}

} // namespace transept::ui
