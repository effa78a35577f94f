#include "ui/experiments/ExperimentsPage.h"

#include "core/experiment/Controls.h"
#include "core/model/Imported.h"
#include "ui/experiments/ResultsImport.h"
#include "ui/experiments/SpecCheck.h"
#include "ui/experiments/SpecEditor.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/runs/RunEdits.h"
#include "ui/runs/RunPanel.h"
#include "ui/runs/RunTableModel.h"
#include "ui/runs/Training.h"
#include "ui/text/Sentences.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSettings>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>

namespace transept::ui {
namespace {

constexpr std::size_t mostCurves = 12; // more cannot be told apart
constexpr int newestShown = 5;         // while nothing is selected
constexpr auto kColumns = "columns";
constexpr auto kRows = "rows";
constexpr auto kSpec = "spec";
constexpr auto kSpecOf = "specOf";
constexpr auto kFailure = "failure"; // topics of messages
constexpr auto kSpecTopic = "spec";

/// What a new workspace begins with: its first domain, and a method that learns in front of one's eyes.
Json firstSpec(const SpecChoices& choices)
{
    Json spec{{"name", ""}, {"method", {{"name", "mf"}}}};
    Json data{{"target", choices.domains.front().name}, {"sources", Json::array()}};
    spec["data"] = data;
    return spec;
}

/// Whether its spec can be edited and run: another program's results cannot.
bool isTrainable(const RunRecord& run)
{
    const Result<Spec> spec = specFrom(run.spec);
    return spec && spec->method != importedMethod;
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
    , m_controlSpecs(session())
    , m_model(new RunTableModel(this))
    , m_runs(new RunPanel(
          QStringLiteral("runTable"),
          {.runs = m_model, .shown = m_model},
          {.of = [this](int column) { return m_model->columnKey(column); },
           .usualOrder = [this] { return m_model->columnKeys(); },
           .hiddenAtFirst = {QStringLiteral("method"), QStringLiteral("data"), QStringLiteral("knowledge")},
           .measuresAtFirst = 2,
           .validationAtFirst = 1}))
    , m_editor(new SpecEditor)
    , m_results(new ResultsImport(session(), dialogs(), messages(), this))
    , m_curves(new CurvePanel(dialogs()))
    , m_estimate(new QLabel)
    , m_check(new SpecCheck(session(), m_editor, m_estimate, this))
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_rows(new QSplitter(Qt::Vertical))
{
    buildActions();
    buildContent();
    followRuns();
    followTraining(session(), *m_model);
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
        for (const RunId run : m_runs->shownSelected()) {
            RunQueue& queue = session().runQueue();
            queue.isPaused(run) ? queue.resume(run) : queue.pause(run);
        }
    });
    m_cancel = make("cancelRun", QStringLiteral("stop"), [this] {
        for (const RunId run : m_runs->shownSelected()) {
            session().runQueue().cancel(run);
        }
    });
    m_again = make("runAgain", QStringLiteral("refresh"), [this] {
        session().runQueue().enqueueStored(m_runs->shownSelected());
    });
    m_reuse =
        make("editAsNew", QStringLiteral("copy"), [this] { editAsNew(m_runs->shownSelected().front()); });
    m_rename = make("renameRun", QStringLiteral("edit"), [this] { m_runs->editName(); });
    m_compare = make("compareRuns", QStringLiteral("compare"), [this] {
        Q_EMIT pageRequested(QStringLiteral("compare"));
    });
    m_delete = make("deleteRuns", QStringLiteral("delete"), [this] {
        runedits::remove(session(), m_runs->shownSelected());
    });
    m_chooseColumns =
        make("chooseExperimentColumns", QStringLiteral("columns"), [this] { m_runs->showColumnMenu(); });
    m_find = make("filterExperiments", QStringLiteral("filter"), [this] { m_runs->focusFilter(); });
    m_results->setSources([this] { return resultsSources(); });
    addToMenu(Menu::Run, m_results->action());
    m_run->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_delete->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Backspace));
    m_rename->setShortcut(QKeySequence(Qt::Key_F2));
    m_toData = new QAction(this);
    m_toData->setIcon(icon(QStringLiteral("data")));
    connect(m_toData, &QAction::triggered, this, [this] { Q_EMIT pageRequested(QStringLiteral("data")); });
    emptyState().setActions({m_toData});
    addHeaderAction(m_pause);
    addHeaderAction(m_cancel);
    addHeaderAction(m_controls);
    setPrimaryAction(m_run);
    m_estimate->setObjectName(QStringLiteral("runEstimate"));
    m_estimate->setProperty(look::muted, true);
    addHeaderWidget(m_estimate);
}

void ExperimentsPage::buildContent()
{
    m_rows->addWidget(m_curves);
    m_rows->addWidget(m_runs);
    m_rows->setStretchFactor(0, 3);
    m_rows->setStretchFactor(1, 1);
    m_rows->setChildrenCollapsible(false);
    m_rows->setSizes({430, 250});
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
    m_runs->setContextActions({m_pause, m_cancel, m_again, m_reuse, m_rename, m_compare, m_delete});
    connect(m_runs, &RunPanel::selectionEdited, this, [this] {
        session().selection().setRuns(m_runs->selected());
    });
    connect(m_runs, &RunPanel::currentChanged, this, [this] { m_curves->setHighlighted(m_runs->current()); });
    connect(m_runs, &RunPanel::filterChanged, this, &ExperimentsPage::updateActions);
    connect(m_runs, &RunPanel::deleteWanted, m_delete, &QAction::trigger);
}

void ExperimentsPage::followRuns()
{
    connect(&session(), &Session::runProgressed, m_curves, &CurvePanel::addProgress);
    RunQueue& queue = session().runQueue();
    connect(&queue, &RunQueue::stateChanged, this, &ExperimentsPage::updateActions);
    connect(&queue, &RunQueue::waitingChanged, this, &ExperimentsPage::updateActions);
    connect(&queue, &RunQueue::started, m_curves, &CurvePanel::forget);
    connect(&queue, &RunQueue::finished, this, &ExperimentsPage::loadCurves); // all epochs, also untold ones
    connect(&session().selection(), &Selection::runsChanged, this, &ExperimentsPage::showSelection);
    connect(m_check, &SpecCheck::queuedEstimated, m_model, &RunTableModel::setEstimate);
    connect(&session(), &Session::closed, this, [this] {
        m_hasSpec = false;
        m_check->reset();
        m_failure.reset();
        m_given.clear();
        m_curveQueries.clear();
        m_curves->setRuns({});
        m_curves->resetZoom();
        m_runs->setRuns({});
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
    beginSpec(*content);
    for (const RunRecord& run : content->runs) {
        m_given.erase(run.name);
    }
    m_check->follow(content->runs);
    m_runs->setRuns(std::move(content->runs));
    showSelection();
    updateSentence();
}

/// Once for a workspace: the spec that was being edited when the program ended, else that of the last run.
void ExperimentsPage::beginSpec(const Content& content)
{
    if (std::exchange(m_hasSpec, true)) {
        return;
    }
    m_specOf = QString::fromStdString(session().file().string());
    const Result<Json> draft = parseJson(m_draft.toStdString(), "");
    if (m_draftOf == m_specOf && draft && draft->is_object()) {
        m_editor->setDocument(*draft);
        return;
    }
    const auto last = std::find_if(content.runs.rbegin(), content.runs.rend(), isTrainable);
    m_editor->setDocument(last == content.runs.rend() ? firstSpec(content.choices) : last->spec);
}

void ExperimentsPage::run()
{
    m_editor->takePending();
    if (m_editor->spec()) {
        enqueue(m_editor->document());
    }
}

void ExperimentsPage::runControls()
{
    m_editor->takePending();
    if (!m_editor->spec()) {
        return;
    }
    m_controlSpecs.ask<std::vector<Spec>>(
        [spec = *m_editor->spec()](const Workspace& workspace, const JobContext&) {
            return controlsOf(workspace, spec);
        },
        [this](const Result<std::vector<Spec>>& controls) {
            if (!controls) {
                messages().show(controls.error(), {}, QLatin1String(kSpecTopic));
                return;
            }
            for (const Spec& control : *controls) {
                enqueue(toJson(control));
            }
        });
}

void ExperimentsPage::enqueue(const Json& document)
{
    Result<Spec> spec = specFrom(document);
    if (!spec) {
        messages().show(spec.error(), {}, QLatin1String(kSpecTopic));
        return;
    }
    spec->name = freeName(spec->name.empty() ? spec->method : spec->name);
    messages().clear(QLatin1String(kSpecTopic));
    const bool lacksKnowledge = spec->knowledge.empty() && traitsOf(*spec).usesKnowledge;
    session().runQueue().enqueue(this, std::move(*spec), [this, lacksKnowledge](Result<RunId> added) {
        if (!added) {
            std::vector<Remedy> remedies;
            if (lacksKnowledge) {
                remedies.push_back({[] { return tr("Extract knowledge"); },
                                    [this] { Q_EMIT pageRequested(QStringLiteral("knowledge")); }});
            }
            messages().show(added.error(), std::move(remedies), QLatin1String(kSpecTopic));
            return;
        }
        m_added = *added;
        if (!session().selection().contains(*added)) {
            session().selection().toggleRun(*added);
        }
    });
}

/// Curves, bars and columns are told apart by the names of their runs: "mf", "mf (2)", "mf (3)".
std::string ExperimentsPage::freeName(const std::string& wanted)
{
    const auto isTaken = [this](const std::string& name) {
        return m_given.contains(name) ||
               std::ranges::find(m_model->runs(), name, &RunRecord::name) != m_model->runs().end();
    };
    std::string name = wanted;
    if (isTaken(name)) {
        static const QRegularExpression numbered(QStringLiteral(" \\([0-9]+\\)$"));
        const std::string base = QString::fromStdString(wanted).remove(numbered).toStdString();
        for (int number = 2; isTaken(name); ++number) {
            name = base + " (" + std::to_string(number) + ")";
        }
    }
    m_given.insert(name);
    return name;
}

void ExperimentsPage::editAsNew(RunId run)
{
    if (const RunRecord* record = m_model->run(run)) {
        m_editor->setDocument(record->spec);
        m_check->check();
        updateActions();
    }
}

/// Finished runs, and the spec in the editor: what another program may have worked on.
ResultsSources ExperimentsPage::resultsSources() const
{
    ResultsSources sources;
    std::ranges::copy_if(m_model->runs(), std::back_inserter(sources.runs), [](const RunRecord& run) {
        return run.state == RunState::Finished;
    });
    const std::vector<RunId> selected = m_runs->shownSelected();
    if (!selected.empty()) {
        sources.preferred = selected.front();
    }
    if (m_editor->spec()) {
        sources.spec = m_editor->document();
    }
    return sources;
}

void ExperimentsPage::showSelection()
{
    m_runs->setSelected(session().selection().runs());
    if (m_added && m_model->rowOf(*m_added)) {
        m_runs->reveal(*std::exchange(m_added, std::nullopt));
    }
    showCurves();
    showFailure();
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
    std::vector<CurveCard::Shown> shown;
    for (const RunId id : wanted) {
        if (const RunRecord* run = m_model->run(id)) {
            shown.push_back({id, sentences::runName(run->name), run->colour});
        }
    }
    m_curves->setRuns(shown);
    for (const CurveCard::Shown& each : shown) {
        const auto query = m_curveQueries.find(each.run);
        const bool isAsked = query != m_curveQueries.end() && query->second->isWaiting();
        if (!m_curves->hasCurves(each.run) && !isAsked) {
            loadCurves(each.run);
        }
    }
}

/// Tells why the first of the selected runs that failed did so.
void ExperimentsPage::showFailure()
{
    const RunRecord* failed = nullptr;
    for (const RunId id : session().selection().runs()) {
        const RunRecord* run = m_model->run(id);
        if (failed == nullptr && run != nullptr && run->state == RunState::Failed) {
            failed = run;
        }
    }
    const std::optional<RunId> id = failed != nullptr ? std::optional(failed->id) : std::nullopt;
    if (id == std::exchange(m_failure, id)) {
        return; // told, and perhaps closed by the person
    }
    if (failed == nullptr) {
        messages().clear(QLatin1String(kFailure));
        return;
    }
    messages().show(
        {.kind = Message::Kind::Bad,
         .text =
             [name = sentences::runName(failed->name), reason = failed->reason] {
                 return tr("%1 failed. %2", "a run, the reason and what to do")
                     .arg(name, sentences::of(reason));
             },
         .remedies = {{[] { return tr("Edit its spec"); }, [this, run = *id] { editAsNew(run); }}},
         .topic = QLatin1String(kFailure)});
}

void ExperimentsPage::loadCurves(RunId run)
{
    std::unique_ptr<Query>& query = m_curveQueries[run];
    query = std::make_unique<Query>(session());
    query->ask<RunCurves>(
        [run](const Workspace& workspace, const JobContext&) { return RunStore(workspace).curves(run); },
        [this, run](const Result<RunCurves>& curves) {
            if (curves) {
                m_curves->setCurves(run, *curves);
            }
        });
}

void ExperimentsPage::updateActions()
{
    const std::vector<RunId> runs = m_runs->shownSelected();
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
    m_results->action()->setEnabled(isShowingContent());
    const RunRecord* single = runs.size() == 1 ? m_model->run(runs.front()) : nullptr;
    m_reuse->setEnabled(single != nullptr && isTrainable(*single));
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
                             : sentences::list(parts));
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
    m_chooseColumns->setText(tr("Columns of the experiments"));
    m_chooseColumns->setToolTip(tr("Choose which columns the table of experiments shows"));
    m_toData->setText(tr("Go to Data"));
    m_find->setText(tr("Filter experiments"));
    m_find->setToolTip(tr("Show only experiments whose name, method, note or state holds some words"));
    m_runs->retranslate();
    emptyState().setTexts(QStringLiteral("experiments"),
                          tr("No experiment without data"),
                          tr("Import the ratings of one or several domains first; then choose a method here "
                             "and watch it learn."));
    m_curves->retranslate();
    m_results->retranslate();
    m_check->retranslate();
    updateActions();
    updateSentence();
}

void ExperimentsPage::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
    settings.setValue(QLatin1String(kRows), m_rows->saveState());
    m_curves->saveState(settings);
    m_runs->saveState(settings);
    if (m_hasSpec) {
        settings.setValue(QLatin1String(kSpec), QString::fromStdString(m_editor->document().dump()));
        settings.setValue(QLatin1String(kSpecOf), m_specOf);
    }
}

void ExperimentsPage::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_rows->restoreState(settings.value(QLatin1String(kRows)).toByteArray());
    m_curves->restoreState(settings);
    m_runs->restoreState(settings);
    m_draft = settings.value(QLatin1String(kSpec)).toString();
    m_draftOf = settings.value(QLatin1String(kSpecOf)).toString();
}

} // namespace transept::ui
