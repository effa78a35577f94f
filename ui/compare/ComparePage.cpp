#include "ui/compare/ComparePage.h"

#include "ui/charts/ChartExport.h"
#include "ui/compare/ComparedRuns.h"
#include "ui/compare/ComparisonText.h"
#include "ui/compare/FindingList.h"
#include "ui/compare/LassoButton.h"
#include "ui/compare/MeasureCard.h"
#include "ui/compare/ResultCharts.h"
#include "ui/compare/SegmentTable.h"
#include "ui/compare/SpecTable.h"
#include "ui/look/Icons.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/runs/RunEdits.h"
#include "ui/runs/RunPanel.h"
#include "ui/runs/RunTableModel.h"
#include "ui/runs/Training.h"
#include "ui/shell/LassoToggle.h"
#include "ui/text/Sentences.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>

#include <algorithm>
#include <cmath>

namespace transept::ui {
namespace {

constexpr std::size_t mostCompared = 20; // more bars and columns cannot be read
constexpr auto kRows = "rows";
constexpr auto kCharts = "charts";
constexpr auto kDetails = "details";
constexpr auto kMeasure = "measure";
constexpr auto kOnlyDifferences = "onlyDifferences";
constexpr auto kTab = "tab";
constexpr auto kResult = "result";
constexpr auto kTopic = "comparison";

} // namespace

ComparePage::ComparePage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("compare"), context, parent)
    , m_runsQuery(session())
    , m_query(session())
    , m_model(new RunTableModel(this))
    , m_compared(new ComparedRunsModel(m_model, this))
    , m_runs(new RunPanel(QStringLiteral("comparedRuns"),
                          {.runs = m_model, .shown = m_compared},
                          {.of = [this](int column) { return m_compared->columnKey(column); },
                           .usualOrder = [this] { return m_compared->usualOrder(); },
                           .hiddenAtFirst = {QStringLiteral("state"), QStringLiteral("data")}}))
    , m_measures(new MeasureCard(dialogs()))
    , m_curves(new CurveCard(QStringLiteral("comparedCurves"), 0, dialogs()))
    , m_differences(new DifferenceCard(session(), dialogs()))
    , m_roc(new RocCard(session(), dialogs()))
    , m_calibration(new CalibrationCard(session(), dialogs()))
    , m_results(new QTabWidget)
    , m_tabs(new QTabWidget)
    , m_specs(new SpecCard)
    , m_segments(new SegmentCard(session(), dialogs()))
    , m_findings(new FindingCard(session()))
    , m_choose(new EmptyState)
    , m_lower(new QStackedWidget)
    , m_rows(new QSplitter(Qt::Vertical))
    , m_charts(new QSplitter(Qt::Horizontal))
    , m_details(new QSplitter(Qt::Vertical))
{
    follow(Change::Runs);
    buildActions();
    buildContent();
    followRuns();
    followTraining(session(), *m_model);
    runedits::follow(session(), *m_model);
}

void ComparePage::buildActions()
{
    const auto make = [this](const char* name, const QString& iconName, Menu menu, auto slot) {
        auto* action = new QAction(this);
        action->setObjectName(QLatin1String(name));
        action->setIcon(icon(iconName));
        connect(action, &QAction::triggered, this, slot);
        addToMenu(menu, action);
        return action;
    };
    m_finished = make("selectFinished", QStringLiteral("check"), Menu::Run, [this] { selectFinished(); });
    m_first = make("compareAgainst", QStringLiteral("pin"), Menu::Run, [this] { moveToFront(); });
    m_export = make("exportComparison", QStringLiteral("export"), Menu::File, [this] { exportComparison(); });
    m_export->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    m_chooseColumns =
        make("chooseRunColumns", QStringLiteral("columns"), Menu::View, [this] { m_runs->showColumnMenu(); });
    m_find = make("filterRuns", QStringLiteral("filter"), Menu::View, [this] { m_runs->focusFilter(); });
    m_delete = new QAction(this);
    m_delete->setObjectName(QStringLiteral("deleteCompared"));
    m_delete->setIcon(icon(QStringLiteral("delete")));
    const auto remove = [this] { runedits::remove(session(), m_runs->shownSelected()); };
    connect(m_delete, &QAction::triggered, this, remove);
    connect(m_runs, &RunPanel::deleteWanted, this, remove);
    m_toExperiments = new QAction(this);
    m_toExperiments->setObjectName(QStringLiteral("toExperiments"));
    m_toExperiments->setIcon(icon(QStringLiteral("experiments")));
    connect(m_toExperiments, &QAction::triggered, this, [this] {
        Q_EMIT pageRequested(QStringLiteral("experiments"));
    });
    m_runs->setContextActions({m_first, m_finished, m_delete});
    emptyState().setActions({m_toExperiments});
    m_choose->setActions({m_finished});
    buildLasso();
    addHeaderAction(m_finished);
    setPrimaryAction(m_export);
}

void ComparePage::buildContent()
{
    m_charts->setObjectName(QStringLiteral("compareCharts"));
    m_results->setObjectName(QStringLiteral("compareResults"));
    m_results->setDocumentMode(true);
    for (QWidget* card : std::initializer_list<QWidget*>{m_curves, m_differences, m_roc, m_calibration}) {
        m_results->addTab(card, QString());
    }
    m_charts->addWidget(m_measures);
    m_charts->addWidget(m_results);
    m_charts->setChildrenCollapsible(false);
    m_charts->setSizes({500, 500});
    m_details->setObjectName(QStringLiteral("compareDetails"));
    m_details->addWidget(m_charts);
    m_tabs->setObjectName(QStringLiteral("compareTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_specs, QString());
    m_tabs->addTab(m_segments, QString());
    m_tabs->addTab(m_findings, QString());
    m_details->addWidget(m_tabs);
    m_details->setStretchFactor(0, 2);
    m_details->setStretchFactor(1, 1);
    m_details->setChildrenCollapsible(false);
    m_details->setSizes({325, 150});
    m_choose->setObjectName(QStringLiteral("chooseRuns"));
    m_lower->addWidget(m_choose);
    m_lower->addWidget(m_details);
    m_rows->setObjectName(QStringLiteral("compareRows"));
    m_rows->addWidget(m_runs);
    m_rows->addWidget(m_lower);
    m_rows->setStretchFactor(0, 1);
    m_rows->setStretchFactor(1, 2);
    m_rows->setChildrenCollapsible(false);
    m_rows->setSizes({215, 465});
    setContent(m_rows);
}

void ComparePage::buildLasso()
{
    auto* button = new LassoButton(session().selection());
    m_lassoed = new LassoBar(session().selection(), button);
    addHeaderWidget(m_lassoed);
    connect(button, &QToolButton::clicked, this, [this] {
        m_tabs->setCurrentWidget(m_segments);
        m_segments->showLasso();
    });
}

void ComparePage::followRuns()
{
    connect(m_runs, &RunPanel::selectionEdited, this, &ComparePage::takeSelection);
    connect(m_runs, &RunPanel::currentChanged, this, [this] {
        m_measures->setHighlighted(m_runs->current());
        m_curves->setHighlighted(m_runs->current());
        updateActions();
    });
    connect(m_runs, &RunPanel::filterChanged, this, &ComparePage::updateActions);
    connect(m_measures, &MeasureCard::measureChosen, this, &ComparePage::showTests);
    connect(m_measures, &MeasureCard::runClicked, m_runs, &RunPanel::scrollTo);
    connect(m_curves, &CurveCard::runClicked, m_runs, &RunPanel::scrollTo);
    connect(&session().selection(), &Selection::runsChanged, this, &ComparePage::showSelection);
    connect(m_measures, &MeasureCard::measureChosen, this, &ComparePage::showMeasure);
    connect(&session(), &Session::runProgressed, m_curves, &CurveCard::addProgress);
    connect(&session(), &Session::closed, this, [this] {
        m_runs->setRuns({});
        m_asked.clear();
        m_comparison = {};
        m_curves->resetZoom();
        m_segments->forget();
        m_roc->forget();
        m_calibration->forget();
        showComparison();
    });
}

QString ComparePage::title() const
{
    return tr("Compare");
}

void ComparePage::refresh()
{
    m_runsQuery.ask<std::vector<RunRecord>>(
        [](const Workspace& workspace, const JobContext&) { return RunStore(workspace).all(); },
        [this](Result<std::vector<RunRecord>> runs) { showRuns(std::move(runs)); });
}

void ComparePage::showRuns(Result<std::vector<RunRecord>> runs)
{
    if (!runs) {
        messages().show(runs.error(), {}, QStringLiteral("runs"));
        return;
    }
    messages().clear(QStringLiteral("runs"));
    if (runs->empty()) {
        m_runs->setRuns({});
        showEmptyState();
    } else {
        m_runs->setRuns(std::move(*runs));
        showContent();
    }
    showSelection();
}

void ComparePage::takeSelection()
{
    session().selection().setRuns(m_runs->selected());
}

void ComparePage::showSelection()
{
    m_runs->setSelected(session().selection().runs());
    ask();
    updateActions();
    updateSentence();
}

std::vector<RunId> ComparePage::compared() const
{
    std::vector<RunId> runs = m_runs->selected();
    runs.resize(std::min(runs.size(), mostCompared));
    return runs;
}

void ComparePage::ask()
{
    const std::vector<RunId> runs = compared();
    m_lower->setCurrentWidget(runs.size() < 2 ? static_cast<QWidget*>(m_choose) : m_details);
    m_lassoed->setUseful(runs.size() >= 2);
    std::vector<Asked> asked;
    std::vector<RunId> finished;
    for (const RunId id : runs) {
        const RunRecord* run = m_model->run(id);
        asked.push_back({.run = id, .state = run->state, .finished = run->finished});
        if (run->state == RunState::Finished) {
            finished.push_back(id);
        }
    }
    if (runs.size() < 2) {
        m_query.cancel();
        setBusy(false);
        m_asked.clear();
        m_comparison = {};
        showComparison();
        return;
    }
    if (asked == m_asked) {
        showComparison(); // names may be new
        return;
    }
    m_asked = std::move(asked);
    setBusy(true);
    m_query.ask<Answer>(
        [runs, finished](const Workspace& workspace, const JobContext& context) -> Result<Answer> {
            Result<Comparison> comparison = compare(workspace, finished, context);
            if (!comparison) {
                return passOn(comparison);
            }
            Answer answer{.comparison = std::move(*comparison), .curves = {}};
            for (const RunId run : runs) {
                auto curves = RunStore(workspace).curves(run);
                if (!curves) {
                    return passOn(curves);
                }
                answer.curves[run] = std::move(*curves);
            }
            return answer;
        },
        [this](Result<Answer> answer) { show(std::move(answer)); });
}

void ComparePage::show(Result<Answer> answer)
{
    setBusy(false);
    if (!answer) {
        m_asked.clear();
        messages().show(
            answer.error(), {{[] { return tr("Try again"); }, [this] { ask(); }}}, QLatin1String(kTopic));
        return;
    }
    messages().clear(QLatin1String(kTopic));
    m_comparison = std::move(answer->comparison);
    m_curves->setCurves(std::move(answer->curves));
    showComparison();
}

void ComparePage::showComparison()
{
    for (RunRecord& run : m_comparison.runs) {
        if (const RunRecord* present = m_model->run(run.id)) {
            run.name = present->name;
            run.colour = present->colour;
        }
    }
    m_measures->setComparison(m_comparison);
    m_segments->setRuns(m_comparison.runs);
    m_roc->setRuns(m_comparison.runs);
    m_calibration->setRuns(m_comparison.runs);
    showMeasure();
    m_findings->setRuns(m_comparison.runs);
    showSpecs();
    showCurves();
    showTests();
    showWarning();
    updateActions();
    updateSentence();
}

void ComparePage::showMeasure()
{
    m_segments->setMeasure(m_measures->measure());
    m_differences->setComparison(m_comparison.runs, m_measures->measure());
}

void ComparePage::showSpecs()
{
    std::vector<RunRecord> runs; // also those that have no results yet
    std::vector<Json> specs;
    for (const RunId id : compared()) {
        if (const RunRecord* run = m_model->run(id)) {
            runs.push_back(*run);
            specs.push_back(completed(run->spec));
        }
    }
    m_specs->setSpecs(std::move(runs), difference(specs));
}

void ComparePage::showCurves()
{
    std::vector<CurveCard::Shown> shown;
    for (const RunId id : compared()) {
        if (const RunRecord* run = m_model->run(id)) {
            shown.push_back({id, sentences::runName(run->name), run->colour});
        }
    }
    m_curves->setRuns(std::move(shown));
}

void ComparePage::showTests()
{
    const std::string name = m_measures->measure();
    const auto measure = m_comparison.measures.find(name);
    ComparedRunsModel::Tests tests;
    if (measure != m_comparison.measures.end() && m_comparison.runs.size() >= 2) {
        tests.first = m_comparison.runs.front().id;
        tests.measure = measureTitle(name);
        const MeasureComparison& compared = measure->second;
        for (std::size_t at = 1; at < m_comparison.runs.size(); ++at) {
            tests.against[m_comparison.runs[at].id] = {.difference = compared.values[at] - compared.values[0],
                                                       .better = compared.wins[0][at],
                                                       .p = compared.p[0][at]};
        }
    }
    m_compared->setTests(std::move(tests));
}

void ComparePage::showWarning()
{
    if (m_comparison.sameData) {
        messages().clear(QLatin1String(kTopic));
        return;
    }
    messages().show(
        {.kind = Message::Kind::Warning,
         .text = [why = whyNotComparable(m_comparison)] { return incomparableText(why); },
         .remedies = {{[] { return tr("Keep only runs like the first"); }, [this] { keepComparable(); }}},
         .topic = QLatin1String(kTopic)});
}

void ComparePage::keepComparable()
{
    if (m_comparison.runs.empty()) {
        return;
    }
    const RunRecord& first = m_comparison.runs.front();
    std::vector<RunId> kept;
    for (const RunRecord& run : m_comparison.runs) {
        if (mayBeCompared(first, run)) {
            kept.push_back(run.id);
        }
    }
    session().selection().setRuns(std::move(kept));
}

void ComparePage::selectFinished()
{
    std::vector<RunId> runs = m_runs->shown();
    std::erase_if(runs, [this](RunId id) {
        const RunRecord* run = m_model->run(id);
        return run == nullptr || run->state != RunState::Finished;
    });
    runs.resize(std::min(runs.size(), mostCompared));
    session().selection().setRuns(std::move(runs));
}

void ComparePage::moveToFront()
{
    if (const std::optional<RunId> first = m_runs->current()) {
        std::vector<RunId> runs = m_runs->selected();
        std::erase(runs, *first);
        runs.insert(runs.begin(), *first);
        session().selection().setRuns(std::move(runs));
    }
}

void ComparePage::exportComparison()
{
    const QString file = dialogs().saveFile(this,
                                            {.title = tr("Save comparison"),
                                             .filter = tr("Tables (*.csv)"),
                                             .proposal = tr("comparison.csv", "name of a file"),
                                             .suffix = QStringLiteral("csv")});
    if (file.isEmpty()) {
        return;
    }
    writeFile(file, csvOf(tableOf(m_comparison)), this, [this, file](const Status& written) {
        if (!written) {
            messages().show(written.error(), {}, QStringLiteral("export"));
            return;
        }
        messages().show({.kind = Message::Kind::Good,
                         .text = [file] { return tr("The comparison is in %1.").arg(file); },
                         .remedies = {},
                         .topic = QStringLiteral("export")});
    });
}

void ComparePage::updateActions()
{
    const std::vector<RunRecord>& runs = m_model->runs();
    m_finished->setEnabled(std::ranges::count(runs, RunState::Finished, &RunRecord::state) > 1);
    const std::optional<RunId> current = m_runs->current();
    const std::vector<RunId>& selected = m_runs->selected();
    m_first->setEnabled(current && !selected.empty() && selected.front() != *current);
    m_export->setEnabled(!m_comparison.measures.empty() && m_comparison.runs.size() >= 2);
    m_delete->setEnabled(!m_runs->shownSelected().empty());
    m_chooseColumns->setEnabled(isShowingContent());
    m_find->setEnabled(isShowingContent());
}

QString ComparePage::dataOfSelected() const
{
    QString shared;
    for (const RunRecord& run : m_comparison.runs) {
        const QString each = dataSentence(run);
        if (!shared.isEmpty() && shared != each) {
            return {};
        }
        shared = each;
    }
    return shared;
}

void ComparePage::updateSentence()
{
    const int all = static_cast<int>(m_model->runs().size());
    const int selected = static_cast<int>(m_runs->selected().size());
    if (all == 0) {
        setSentence(tr("No runs yet"));
        return;
    }
    const QString chosen = tr("%1 of %Ln run(s) chosen", "%1: how many", all).arg(selected);
    const QString worksOn = dataOfSelected();
    if (selected > static_cast<int>(mostCompared)) {
        setSentence(tr("%1; the first %2 are compared", "5 of 23 runs chosen")
                        .arg(chosen)
                        .arg(static_cast<int>(mostCompared)));
    } else if (!m_comparison.sameData) {
        setSentence(tr("%1; they may not be compared with each other", "5 of 23 runs chosen").arg(chosen));
    } else if (!worksOn.isEmpty() && m_comparison.runs.size() >= 2) {
        setSentence(tr("%1, %2", "5 of 23 runs chosen, films from books").arg(chosen, worksOn));
    } else {
        setSentence(chosen);
    }
}

void ComparePage::retranslate()
{
    m_finished->setText(tr("Select all finished"));
    m_finished->setToolTip(tr("Compare all finished runs that the table shows"));
    m_first->setText(tr("Compare against this run"));
    m_first->setToolTip(tr("Test the others against the run of the current row"));
    m_export->setText(tr("Export comparison"));
    m_export->setToolTip(tr("Save values, intervals and tests of all measures as a CSV file"));
    m_chooseColumns->setText(tr("Columns of the run table"));
    m_chooseColumns->setToolTip(tr("Choose which columns the table of runs shows"));
    m_find->setText(tr("Filter runs"));
    m_find->setToolTip(tr("Show only runs whose name, method, note or state holds some words"));
    m_delete->setText(tr("Delete"));
    m_delete->setToolTip(tr("Delete the selected runs (Del); can be undone"));
    m_toExperiments->setText(tr("Go to experiments"));
    m_toExperiments->setToolTip(tr("Choose a method and train it"));
    emptyState().setTexts(QStringLiteral("compare"),
                          tr("Nothing to compare yet"),
                          tr("Runs stand here side by side once they have been trained: their measures with "
                             "intervals, their curves, and what was set differently."));
    m_choose->setTexts(QStringLiteral("table"),
                       tr("Select the runs to compare"),
                       tr("Click one in the table above, then others with Ctrl or Shift. The first is the "
                          "one that the others are tested against."));
    m_runs->retranslate();
    m_compared->retranslate();
    m_measures->retranslate();
    m_curves->setNothing(tr("None of these runs has curves: methods that learn in epochs draw them."));
    m_curves->retranslate();
    const std::pair<QString, QString> results[] = {
        {tr("Training"), tr("The curves of training")},
        {tr("Person by person"), tr("The measure of every person against that of the first run")},
        {tr("ROC"), tr("True against false positives, for predicted ratings")},
        {tr("Calibration"), tr("Predicted ratings against what was rated")}};
    for (int tab = 0; tab < m_results->count(); ++tab) {
        m_results->setTabText(tab, results[tab].first);
        m_results->setTabToolTip(tab, results[tab].second);
    }
    for (ResultCard* card : std::initializer_list<ResultCard*>{m_differences, m_roc, m_calibration}) {
        card->retranslate();
    }
    m_tabs->setTabText(0, tr("What differs"));
    m_tabs->setTabToolTip(0, tr("The settings in which the runs differ"));
    m_tabs->setTabText(1, tr("For whom"));
    m_tabs->setTabToolTip(
        1, tr("The measure for users with short and long histories, for rare and popular items"));
    m_tabs->setTabText(2, tr("Can it be believed"));
    m_tabs->setTabToolTip(2, tr("Leaks, missing controls and repetitions that the figures do not show"));
    m_specs->retranslate();
    m_segments->retranslate();
    m_findings->retranslate();
    showTests();
    updateActions();
    updateSentence();
}

void ComparePage::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kRows), m_rows->saveState());
    settings.setValue(QLatin1String(kCharts), m_charts->saveState());
    settings.setValue(QLatin1String(kDetails), m_details->saveState());
    settings.setValue(QLatin1String(kMeasure), QString::fromStdString(m_measures->measure()));
    settings.setValue(QLatin1String(kOnlyDifferences), m_specs->showsOnlyDifferences());
    settings.setValue(QLatin1String(kTab), m_tabs->currentIndex());
    settings.setValue(QLatin1String(kResult), m_results->currentIndex());
    m_curves->saveState(settings);
    m_runs->saveState(settings);
}

void ComparePage::restoreState(QSettings& settings)
{
    m_rows->restoreState(settings.value(QLatin1String(kRows)).toByteArray());
    m_charts->restoreState(settings.value(QLatin1String(kCharts)).toByteArray());
    m_details->restoreState(settings.value(QLatin1String(kDetails)).toByteArray());
    m_measures->setMeasure(settings.value(QLatin1String(kMeasure)).toString().toStdString());
    m_curves->restoreState(settings);
    m_specs->setOnlyDifferences(settings.value(QLatin1String(kOnlyDifferences), true).toBool());
    m_tabs->setCurrentIndex(settings.value(QLatin1String(kTab)).toInt());
    m_results->setCurrentIndex(settings.value(QLatin1String(kResult)).toInt());
    m_runs->restoreState(settings);
}

} // namespace transept::ui
