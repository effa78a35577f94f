#include "ui/experiments/ExperimentsPage.h"

#include "ui/experiments/SpecEditor.h"
#include "ui/look/Icons.h"
#include "ui/look/Tokens.h"
#include "ui/runs/RunEdits.h"
#include "ui/runs/RunTableModel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>

namespace transept::ui {
namespace {

constexpr std::size_t mostCurves = 12; // more cannot be told apart
constexpr int newestShown = 5;         // while nothing is selected
constexpr auto kColumns = "columns";
constexpr auto kRows = "rows";

/// What a new workspace begins with: its first domain, and a method that learns in front of one's eyes.
Json firstSpec(const SpecChoices& choices)
{
    Json spec{{"name", ""}, {"method", {{"name", "mf"}}}};
    Json data{{"target", choices.domains.front().name}, {"sources", Json::array()}};
    spec["data"] = data;
    return spec;
}

bool hasEnded(RunState state)
{
    return state == RunState::Finished || state == RunState::Failed || state == RunState::Cancelled ||
           state == RunState::Interrupted;
}

} // namespace

ExperimentsPage::ExperimentsPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("experiments"), context, parent)
    , m_query(session())
    , m_model(new RunTableModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView)
    , m_editor(new SpecEditor)
    , m_curves(new CurvePanel(dialogs()))
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_rows(new QSplitter(Qt::Vertical))
{
    buildActions();
    buildTable();
    buildContent();
    followRuns();
    runedits::follow(session(), *m_model);
}

void ExperimentsPage::buildActions()
{
    const auto make = [this](const char* name, const QString& iconName, auto slot) {
        auto* action = new QAction(this);
        action->setObjectName(QLatin1String(name));
        action->setIcon(icon(iconName));
        connect(action, &QAction::triggered, this, slot);
        addToMenu(Menu::Run, action);
        return action;
    };
    m_run = make("startRun", QStringLiteral("play"), &ExperimentsPage::run);
    m_controls = make("addControls", QStringLiteral("add"), &ExperimentsPage::runControls);
    m_pause = make("pauseRun", QStringLiteral("pause"), [this] {
        for (const RunId run : selectedRuns()) {
            RunQueue& queue = session().runQueue();
            queue.isPaused(run) ? queue.resume(run) : queue.pause(run);
        }
    });
    m_cancel = make("cancelRun", QStringLiteral("stop"), [this] {
        for (const RunId run : selectedRuns()) {
            session().runQueue().cancel(run);
        }
    });
    m_again = make("runAgain", QStringLiteral("refresh"), [this] {
        session().runQueue().enqueueStored(selectedRuns());
    });
    m_reuse = make("editAsNew", QStringLiteral("copy"), &ExperimentsPage::editAsNew);
    m_rename = make("renameRun", QStringLiteral("edit"), [this] {
        m_table->edit(m_table->currentIndex().siblingAtColumn(RunTableModel::NameColumn));
    });
    m_compare = make("compareRuns", QStringLiteral("compare"), [this] {
        Q_EMIT pageRequested(QStringLiteral("compare"));
    });
    m_delete =
        make("deleteRuns", QStringLiteral("delete"), [this] { runedits::remove(session(), selectedRuns()); });
    m_run->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_delete->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Backspace));
    m_rename->setShortcut(QKeySequence(Qt::Key_F2));
    addHeaderAction(m_pause);
    addHeaderAction(m_cancel);
    addHeaderAction(m_controls);
    setPrimaryAction(m_run);
}

void ExperimentsPage::buildTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunTableModel::SortRole);
    m_table->setObjectName(QStringLiteral("runTable"));
    m_table->setModel(m_sorted);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionsMovable(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_pause, m_cancel, m_again, m_reuse, m_rename, m_compare, m_delete});
    connect(m_table->selectionModel(),
            &QItemSelectionModel::selectionChanged,
            this,
            &ExperimentsPage::takeSelection);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == RunTableModel::StarColumn) {
            m_sorted->setData(index, true);
        }
    });
}

void ExperimentsPage::buildContent()
{
    m_rows->addWidget(m_curves);
    m_rows->addWidget(m_table);
    m_rows->setStretchFactor(0, 3);
    m_rows->setStretchFactor(1, 1);
    m_rows->setChildrenCollapsible(false);
    m_columns->addWidget(m_editor);
    m_columns->addWidget(m_rows);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    m_columns->setChildrenCollapsible(false);
    m_columns->setSizes({400, 900});
    m_editor->setMinimumWidth(320);
    setContent(m_columns);
    connect(m_editor, &SpecEditor::changed, this, &ExperimentsPage::updateActions);
    connect(
        m_curves, &CurvePanel::runClicked, this, [this](RunId run) { session().selection().setRuns({run}); });
}

void ExperimentsPage::followRuns()
{
    connect(&session(), &Session::runProgressed, this, [this](const RunProgress& progress) {
        m_model->setProgress(progress);
        m_curves->addProgress(progress);
    });
    RunQueue& queue = session().runQueue();
    connect(&queue, &RunQueue::stateChanged, this, [this, &queue](RunId run) {
        m_model->setPaused(run, queue.isPaused(run));
        updateActions();
    });
    connect(&queue, &RunQueue::waitingChanged, this, &ExperimentsPage::updateActions);
    connect(&queue, &RunQueue::finished, this, [this](RunId run) { m_curveQueries.erase(run); });
    connect(&session().selection(), &Selection::runsChanged, this, &ExperimentsPage::showSelection);
    connect(&session(), &Session::closed, this, [this] {
        m_hasSpec = false;
        m_curveQueries.clear();
        m_curves->setRuns({});
        m_model->setRuns({});
    });
}

QString ExperimentsPage::title() const
{
    return tr("Experiments");
}

void ExperimentsPage::refresh()
{
    setBusy(true);
    m_query.ask<Content>(
        [](const Workspace& workspace, const JobContext&) -> Result<Content> {
            Result<std::vector<RunRecord>> runs = RunStore(workspace).all();
            Result<std::vector<Domain>> domains = Catalog(workspace).domains();
            Result<std::vector<KnowledgeBase>> knowledge = KnowledgeStore(workspace).all();
            if (!runs || !domains || !knowledge) {
                return !runs ? passOn(runs) : domains ? passOn(knowledge) : passOn(domains);
            }
            std::erase_if(*knowledge, [](const KnowledgeBase& base) { return base.state != "finished"; });
            return Content{std::move(*runs), {std::move(*domains), std::move(*knowledge)}};
        },
        [this](Result<Content> content) { show(std::move(content)); });
}

void ExperimentsPage::show(Result<Content> content)
{
    setBusy(false);
    if (!content) {
        messages().show(content.error(), {}, QStringLiteral("runs"));
        return;
    }
    if (content->choices.domains.empty()) {
        showEmptyState();
        updateActions();
        return;
    }
    showContent();
    m_editor->setChoices(content->choices);
    if (!m_hasSpec) {
        m_hasSpec = true;
        m_editor->setDocument(content->runs.empty() ? firstSpec(content->choices)
                                                    : content->runs.back().spec);
    }
    {
        const QScopedValueRollback selecting(m_selecting, true);
        const int columns = m_model->columnCount();
        const bool first = m_model->rowCount() == 0;
        m_model->setRuns(std::move(content->runs));
        if (first || columns != m_model->columnCount()) {
            m_table->resizeColumnsToContents(); // later the widths are the person's
        }
    }
    showSelection();
    updateSentence();
}

void ExperimentsPage::run()
{
    enqueue(m_editor->document());
}

void ExperimentsPage::runControls()
{
    // What every claim has to stand beside (same data, same split): no person, and no more than biases.
    for (const char* method : {"popularity", "bias"}) {
        Json control = m_editor->document();
        control["method"] = {{"name", method}};
        control["name"] = method;
        control["knowledge"] = nullptr;
        control["shuffle_knowledge"] = false;
        control["data"]["sources"] = Json::array();
        enqueue(control);
    }
    const Json& document = m_editor->document();
    if (document.value("knowledge", Json()).is_string()) {
        Json shuffled = document;
        shuffled["shuffle_knowledge"] = true;
        shuffled["name"] = tr("%1, shuffled", "a run with shuffled knowledge")
                               .arg(QString::fromStdString(document.value("name", std::string())))
                               .toStdString();
        enqueue(shuffled);
    }
}

void ExperimentsPage::enqueue(const Json& document)
{
    Result<Spec> spec = specFrom(document);
    if (!spec) {
        messages().show(spec.error(), {}, QStringLiteral("spec"));
        return;
    }
    if (spec->name.empty()) {
        spec->name = spec->method;
    }
    messages().clear(QStringLiteral("spec"));
    session().runQueue().enqueue(this, std::move(*spec), [this](Result<RunId> added) {
        if (!added) {
            messages().show(added.error(), {}, QStringLiteral("spec"));
            return;
        }
        session().selection().toggleRun(*added);
    });
}

void ExperimentsPage::editAsNew()
{
    const std::vector<RunId> runs = selectedRuns();
    if (const RunRecord* run = runs.empty() ? nullptr : m_model->run(runs.front())) {
        m_editor->setDocument(run->spec);
        updateActions();
    }
}

std::vector<RunId> ExperimentsPage::selectedRuns() const
{
    std::vector<RunId> runs;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        runs.push_back(RunId{index.data(RunTableModel::RunRole).toLongLong()});
    }
    return runs;
}

void ExperimentsPage::takeSelection()
{
    if (!m_selecting) {
        const QScopedValueRollback selecting(m_selecting, true);
        session().selection().setRuns(selectedRuns());
    }
    showCurves();
    updateActions();
}

void ExperimentsPage::showSelection()
{
    if (!m_selecting) {
        const QScopedValueRollback selecting(m_selecting, true);
        QItemSelection selected;
        for (const RunId run : session().selection().runs()) {
            if (const auto row = m_model->rowOf(run)) {
                const QModelIndex index = m_sorted->mapFromSource(m_model->index(*row, 0));
                selected.select(index, index.siblingAtColumn(m_model->columnCount() - 1));
            }
        }
        m_table->selectionModel()->select(selected, QItemSelectionModel::ClearAndSelect);
    }
    showCurves();
    updateActions();
}

void ExperimentsPage::showCurves()
{
    std::vector<RunId> wanted = session().selection().runs();
    if (wanted.empty()) {
        const auto& runs = m_model->runs();
        for (auto run = runs.rbegin(); run != runs.rend() && std::ssize(wanted) < newestShown; ++run) {
            wanted.push_back(run->id);
        }
    }
    wanted.resize(std::min(wanted.size(), mostCurves));
    std::vector<CurvePanel::Shown> shown;
    for (const RunId id : wanted) {
        if (const RunRecord* run = m_model->run(id)) {
            shown.push_back({id, QString::fromStdString(run->name), run->colour});
        }
    }
    m_curves->setRuns(shown);
    for (const CurvePanel::Shown& each : shown) {
        if (!m_curves->hasCurves(each.run)) {
            loadCurves(each.run);
        }
    }
}

void ExperimentsPage::loadCurves(RunId run)
{
    std::unique_ptr<Query>& query = m_curveQueries[run];
    if (query && query->isWaiting()) {
        return;
    }
    query = std::make_unique<Query>(session());
    query->ask<RunCurves>(
        [run](const Workspace& workspace, const JobContext&) { return RunStore(workspace).curves(run); },
        [this, run](Result<RunCurves> curves) {
            if (curves && !curves->empty()) {
                m_curves->setCurves(run, std::move(*curves));
            }
        });
}

void ExperimentsPage::updateActions()
{
    const std::vector<RunId> runs = selectedRuns();
    const RunQueue& queue = session().runQueue();
    bool canPause = false;
    bool canCancel = false;
    bool canRunAgain = !runs.empty();
    bool isPaused = false;
    for (const RunId id : runs) {
        const bool isCurrent = queue.current() == id;
        canPause = canPause || isCurrent;
        isPaused = isPaused || queue.isPaused(id);
        canCancel = canCancel || isCurrent || queue.isWaiting(id);
        const RunRecord* run = m_model->run(id);
        canRunAgain =
            canRunAgain && run != nullptr && hasEnded(run->state) && run->state != RunState::Finished;
    }
    m_run->setEnabled(isShowingContent() && m_editor->spec().has_value());
    m_controls->setEnabled(m_run->isEnabled());
    m_pause->setEnabled(canPause);
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(icon(isPaused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_cancel->setEnabled(canCancel);
    m_again->setEnabled(canRunAgain);
    m_reuse->setEnabled(runs.size() == 1);
    m_rename->setEnabled(runs.size() == 1);
    m_compare->setEnabled(runs.size() >= 2);
    m_delete->setEnabled(!runs.empty());
}

void ExperimentsPage::updateSentence()
{
    const auto& runs = m_model->runs();
    const auto finished = std::ranges::count(runs, RunState::Finished, &RunRecord::state);
    const auto waiting = std::ranges::count(runs, RunState::Queued, &RunRecord::state);
    QStringList parts{tr("%Ln run(s)", nullptr, static_cast<int>(runs.size())),
                      tr("%Ln finished", "runs", static_cast<int>(finished))};
    if (waiting > 0) {
        parts << tr("%Ln waiting", "runs", static_cast<int>(waiting));
    }
    setSentence(runs.empty() ? tr("Nothing has run yet: choose a method and press Run.")
                             : parts.join(tr(", ", "between parts of a sentence")));
}

void ExperimentsPage::retranslate()
{
    m_run->setText(tr("Run"));
    m_run->setToolTip(tr("Train this spec"));
    m_controls->setText(tr("Add controls"));
    m_controls->setToolTip(
        tr("Run popularity and bias on the same split, and the same with shuffled knowledge"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop the selected runs; their curves are kept"));
    m_again->setText(tr("Run again"));
    m_again->setToolTip(tr("Put interrupted, cancelled or failed runs into the queue again"));
    m_reuse->setText(tr("Edit as new"));
    m_reuse->setToolTip(tr("Take the selected run's spec into the form"));
    m_rename->setText(tr("Rename"));
    m_compare->setText(tr("Compare"));
    m_compare->setToolTip(tr("Compare the selected runs"));
    m_delete->setText(tr("Delete"));
    m_delete->setToolTip(tr("Delete the selected runs; can be undone"));
    m_table->setAccessibleName(tr("Runs"));
    emptyState().setTexts(QStringLiteral("experiments"),
                          tr("No experiment without data"),
                          tr("Import the ratings of one or several domains first; then choose a method here "
                             "and watch it learn."));
    m_model->retranslate();
    updateActions();
    updateSentence();
}

void ExperimentsPage::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
    settings.setValue(QLatin1String(kRows), m_rows->saveState());
}

void ExperimentsPage::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_rows->restoreState(settings.value(QLatin1String(kRows)).toByteArray());
}

} // namespace transept::ui
