#include "core/experiment/Runner.h"

#include "core/base/Parallel.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/EpochWatch.h"
#include "tests/support/EveryMethod.h"
#include "tests/support/Temporary.h"

#include <QtCore/QCoreApplication>
#include <QtTest/QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <iterator>
#include <limits>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace transept {
namespace {

constexpr const char* trainAndDie = "--train-and-die";

/// Comes back only when the run ends before its third epoch.
int trainUntilKilled(const char* file, const char* run)
{
    const Result<Workspace> workspace = Workspace::open(file);
    const Result<RunId> id = runNumber(run);
    const RunContext context{.onEpoch = [](const RunProgress& progress) {
        if (progress.epoch == 3) {
            kill(getpid(), SIGKILL);
        }
    }};
    return workspace && id && execute(*workspace, *id, context) ? 0 : 1;
}

/// Trains a run in a process of this program, see main(); what killed it, or 0. Not QProcess: its fork of a
/// process with threads is what the thread sanitizer does not bear.
int signalThatEnded(const std::filesystem::path& file, RunId run)
{
    std::vector<std::string> words{QCoreApplication::applicationFilePath().toStdString(),
                                   trainAndDie,
                                   file.string(),
                                   std::to_string(number(run))};
    std::vector<char*> arguments;
    std::ranges::transform(
        words, std::back_inserter(arguments), [](std::string& word) { return word.data(); });
    arguments.push_back(nullptr);
    pid_t child{};
    int status = 0;
    const bool ended =
        posix_spawn(&child, words.front().c_str(), nullptr, nullptr, arguments.data(), environ) == 0 &&
        waitpid(child, &status, 0) == child;
    return ended && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

} // namespace

class RunnerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishedRunKeepsEverything();
    void namelessRunGetsAName();
    void curvesAreThereWhileTheRunGoesOn();
    void bestEpochIsKeptAndPatienceEndsTheRun();
    void refitTrainsOnValidationForAllItsEpochs();
    void epochsAsGoodAsTheBestDoNotTryThePatience();
    void recordSaysWhatTheKeptModelIsWorthOnValidation_data();
    void recordSaysWhatTheKeptModelIsWorthOnValidation();
    void withoutValidationTheRecordHasNoneOfItsMeasures();
    void specThatNothingIsLeftForAddsNoRun_data();
    void specThatNothingIsLeftForAddsNoRun();
    void loadedRunIsTheSameRun();
    void reopenedRunRanksAsItsListsDo_data();
    void reopenedRunRanksAsItsListsDo();
    void stopEndsARunWithinATenthOfASecond_data();
    void stopEndsARunWithinATenthOfASecond();
    void cancelledRunCanBeRunAgain();
    void pauseIsShownAndEndsOnResume();
    void pausedRunCanBeStopped();
    void lossThatRunsAwayNamesTheEpochAndARemedy();
    void failedRunKeepsItsSentence();
    void killedRunIsFoundInterruptedAndResumes();
    void runInProgressCannotBeTakenTwice();

private:
    Workspace filled(std::string_view name) const;

    test::Temporary m_folder;
};

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

const std::map<std::string, Json> longRun{
    {"method.name", "mf"}, {"method.epochs", 1000}, {"stop.patience", 0}};

/// Scores every item by its row; stands for whatever a method might hand to the watch.
class RowModel final : public Model
{
public:
    explicit RowModel(std::size_t items) : m_items(items) {}
    std::size_t itemCount() const noexcept override { return m_items; }
    void score(UserRow, std::span<float> scores) const override
    {
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = static_cast<float>(item);
        }
    }

private:
    std::size_t m_items;
};

} // namespace

Workspace RunnerTest::filled(std::string_view name) const
{
    Workspace workspace = m_folder.workspace(name);
    test::fill(workspace, test::ratingsPicture("films", 80, 60, 20, 1));
    test::fill(workspace, test::ratingsPicture("books", 80, 50, 12, 2));
    return workspace;
}

void RunnerTest::finishedRunKeepsEverything()
{
    const Workspace workspace = filled("whole.transept");

    const RunRecord run = test::finishedRun(workspace, {{"method.name", "mf"}, {"method.epochs", 6}});

    QVERIFY(run.state == RunState::Finished);
    QVERIFY(!run.fingerprint.empty());
    QVERIFY(!run.version.empty());
    QVERIFY(run.bestEpoch >= 1);
    QVERIFY(run.measures.at("rmse") > 0.0 && run.measures.at("rmse") < 2.0);
    QVERIFY(run.measures.contains("ndcg@10"));
    QVERIFY(run.loadSeconds.has_value() && run.trainSeconds.has_value() && run.evaluateSeconds.has_value());
    double most = 0.0;
    for (const char* phase : {"load", "train", "evaluate"}) {
        QVERIFY2(run.phaseMb.at(phase) > 1.0, phase);
        most = std::max(most, run.phaseMb.at(phase));
    }
    QCOMPARE(run.memoryMb.value(), most);
    const RunStore store(workspace);
    QVERIFY(store.curves(run.id).value().contains("train loss"));
    QVERIFY(store.curves(run.id).value().contains("valid rmse"));
    QCOMPARE(store.users(run.id).value().size(), static_cast<std::size_t>(run.users.value()));
    QCOMPARE(store.perUser(run.id, "rmse").value().size(), static_cast<std::size_t>(run.users.value()));
    QVERIFY(store.lists(run.id).value().front().items.size() >= 10);
    QVERIFY(!store.predictions(run.id).value().items.empty());
}

void RunnerTest::namelessRunGetsAName()
{
    const Workspace workspace = filled("name.transept");

    QCOMPARE(test::finishedRun(workspace, {}).name, std::string("bias · films"));
    QCOMPARE(test::finishedRun(workspace, {{"name", "mine"}}).name, std::string("mine"));
}

void RunnerTest::curvesAreThereWhileTheRunGoesOn()
{
    const Workspace workspace = filled("live.transept");
    const RunId run = enqueue(workspace, test::specOf(longRun)).value();
    const Result<Workspace> reader = Workspace::open(workspace.file(), Access::ReadOnly);
    std::stop_source stop;
    int epochs = 0;
    std::size_t seen = 0;
    const RunContext context{.job = {.stop = stop.get_token()}, .onEpoch = [&](const RunProgress& progress) {
                                 ++epochs;
                                 QCOMPARE(progress.epoch, epochs);
                                 QCOMPARE(progress.epochs, 1000);
                                 std::this_thread::sleep_for(10ms);
                                 seen = RunStore(*reader).curves(run).value()["train loss"].size();
                                 if (seen > 0) {
                                     stop.request_stop();
                                 }
                             }};

    QCOMPARE(execute(workspace, run, context).error().code, ErrorCode::Cancelled);

    QVERIFY(seen > 0);
    QCOMPARE(RunStore(workspace).curves(run).value().at("train loss").size(),
             static_cast<std::size_t>(epochs));
}

void RunnerTest::bestEpochIsKeptAndPatienceEndsTheRun()
{
    const Workspace workspace = filled("patience.transept");

    const RunRecord run = test::finishedRun(workspace,
                                            {{"method.name", "mf"},
                                             {"method.epochs", 300},
                                             {"method.regularisation", 0.00001},
                                             {"stop.measure", "rmse"},
                                             {"stop.patience", 3}});

    const auto curve = test::valueOf(RunStore(workspace).curves(run.id)).at("valid rmse");
    QVERIFY(curve.size() < 300);
    const auto best =
        std::min_element(curve.begin(), curve.end(), [](const CurvePoint& a, const CurvePoint& b) {
            return a.value < b.value;
        });
    QCOMPARE(best->step, run.bestEpoch);
    const auto isClearlyWorse = [&](const CurvePoint& point) { return point.value > best->value * 1.0005; };
    const auto lastGood = std::find_if_not(curve.rbegin(), curve.rend(), isClearlyWorse);
    QCOMPARE(lastGood - curve.rbegin(), std::ptrdiff_t{3});
}

void RunnerTest::recordSaysWhatTheKeptModelIsWorthOnValidation_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("hasEpochs");

    QTest::newRow("epochs") << "mf" << true;
    QTest::newRow("no epochs") << "bias" << false;
}

void RunnerTest::recordSaysWhatTheKeptModelIsWorthOnValidation()
{
    QFETCH(QString, method);
    QFETCH(bool, hasEpochs);
    const Workspace workspace = filled((method + QStringLiteral(".transept")).toStdString());

    const RunRecord run = test::finishedRun(workspace, {{"method.name", method.toStdString()}});

    const auto kept = test::valueOf(reopen(workspace, run.id, {}));
    double squares = 0.0;
    for (const Event& event : kept->parts.validation.events) {
        float score = 0.0F;
        kept->model->scoreItems(event.user, std::span(&event.item, 1), std::span(&score, 1));
        const float clipped = std::clamp(score, 1.0F, 5.0F);
        squares += (clipped - event.value) * (clipped - event.value);
    }
    const double rmse = std::sqrt(squares / static_cast<double>(kept->parts.validation.events.size()));
    QVERIFY(std::abs(run.validation.at("rmse") - rmse) < 1e-6);
    QVERIFY(run.validation.contains("ndcg@10"));
    const RunStore store(workspace);
    QCOMPARE(store.curves(run.id)->contains("valid rmse"), hasEpochs); // a curve is drawn over epochs
    QVERIFY(store.all()->front().validation == run.validation);
}

void RunnerTest::withoutValidationTheRecordHasNoneOfItsMeasures()
{
    const Workspace workspace = filled("none.transept");

    const RunRecord run = test::finishedRun(
        workspace, {{"split.kind", "k-fold"}, {"split.validation", 0}, {"method.name", "bias"}});

    QVERIFY(run.validation.empty());
    QVERIFY(run.measures.contains("rmse"));
}

void RunnerTest::refitTrainsOnValidationForAllItsEpochs()
{
    const Workspace workspace = m_folder.workspace("refit.transept");
    test::fill(workspace, test::ratingsPicture("films", 60, 40, 15, 1));
    const auto runWith = [&](bool refit, const char* kind) {
        return test::finishedRun(workspace,
                                 {{"method.name", "mf"},
                                  {"method.epochs", 12},
                                  {"method.learning-rate", 0.2},
                                  {"stop.patience", 1},
                                  {"split.kind", kind},
                                  {"split.refit", refit}});
    };
    for (const char* kind : {"warm", "leave-one-out", "temporal"}) {
        const RunRecord apart = runWith(false, kind);
        const RunRecord refit = runWith(true, kind);

        QVERIFY(apart.epoch < 12); // it was stopped by validation
        QCOMPARE(refit.epoch, 12);
        QVERIFY(refit.validation.empty());
        QCOMPARE(refit.users, apart.users);
        const Prepared before = prepareAgain(workspace, apart, KnowledgeOfRun::Left, {}).value();
        const Prepared after = prepareAgain(workspace, refit, KnowledgeOfRun::Left, {}).value();
        QCOMPARE(after.parts.training->target.interactions.size(),
                 before.parts.training->target.interactions.size() + before.parts.validation.events.size());
        QVERIFY(RunStore(workspace).users(refit.id).value() == RunStore(workspace).users(apart.id).value());
    }
}

void RunnerTest::epochsAsGoodAsTheBestDoNotTryThePatience()
{
    const Workspace workspace = filled("plateau.transept");
    const Spec spec = test::specOf({{"method.name", "mf"}, {"stop.patience", 2}});
    const Prepared prepared = test::valueOf(prepare(workspace, spec, {}));
    EpochWatch watch(workspace, enqueue(workspace, spec).value(), spec, prepared.parts, {});
    const auto model = std::make_shared<const RowModel>(prepared.data.target.items.size());

    for (int epoch = 1; epoch <= 10; ++epoch) {
        QVERIFY(watch.epochDone({.epoch = epoch, .trainLoss = 1.0}, model) == Verdict::Continue);
    }
    QCOMPARE(watch.bestEpoch(), 1);
}

void RunnerTest::specThatNothingIsLeftForAddsNoRun_data()
{
    QTest::addColumn<QString>("changes");

    QTest::newRow("users with so many interactions") << R"({"data.where": {"min_user": 1000}})";
    QTest::newRow("items with so many interactions") << R"({"data.where": {"min_item": 1000}})";
    QTest::newRow("values") << R"({"data.where": {"min_value": 5, "min_user": 50}})";
    QTest::newRow("parts") << R"({"split.kind": "given"})";
}

void RunnerTest::specThatNothingIsLeftForAddsNoRun()
{
    QFETCH(QString, changes);
    const Workspace workspace = filled(std::string("left-") + QTest::currentDataTag() + ".transept");
    const Spec spec = test::specOf(Json::parse(changes.toStdString()).get<std::map<std::string, Json>>());

    const auto run = enqueueLoaded(workspace, spec, {});

    QVERIFY(!run.has_value());
    QCOMPARE(run.error().code, ErrorCode::InvalidInput);
    QVERIFY(RunStore(workspace).all().value().empty());
}

void RunnerTest::loadedRunIsTheSameRun()
{
    const Workspace workspace = filled("loaded.transept");
    const std::map<std::string, Json> changes{{"method.name", "mf"}, {"method.epochs", 3}};
    auto queued = enqueueLoaded(workspace, test::specOf(changes), {});
    QVERIFY_OK(queued);

    const auto loaded = execute(workspace, std::move(*queued), {});

    QVERIFY_OK(loaded);
    const RunRecord other = test::finishedRun(workspace, changes);
    QVERIFY(test::learntBy(workspace, *loaded) == test::learntBy(workspace, other));
    QCOMPARE(loaded->fingerprint, other.fingerprint);
    QVERIFY(loaded->loadSeconds.value_or(0.0) > 0.0);
}

void RunnerTest::reopenedRunRanksAsItsListsDo_data()
{
    QTest::addColumn<QString>("method");

    QTest::newRow("popularity") << "popularity";
    QTest::newRow("bias") << "bias";
    QTest::newRow("item-knn") << "item-knn";
    QTest::newRow("ease") << "ease";
    QTest::newRow("mf") << "mf";
}

void RunnerTest::reopenedRunRanksAsItsListsDo()
{
    QFETCH(QString, method);
    const Workspace workspace = filled("reopen-" + method.toStdString());
    const RunRecord run = test::finishedRun(
        workspace, {{"method.name", method.toStdString()}, {"measures", Json::array({"ndcg@10"})}});

    const auto fitted = reopen(workspace, run.id, {});

    QVERIFY_OK(fitted);
    const Evaluation evaluation = evaluate(*(*fitted)->model,
                                           *(*fitted)->parts.training,
                                           (*fitted)->parts.test,
                                           &(*fitted)->parts.validation,
                                           {.measures = {"ndcg@10"}, .listLength = 20},
                                           {})
                                      .value();
    const std::vector<StoredList> stored = RunStore(workspace).lists(run.id).value();
    QCOMPARE(evaluation.lists.size(), stored.size());
    for (std::size_t at = 0; at < stored.size(); ++at) {
        QCOMPARE(evaluation.lists[at].scores, stored[at].scores);
        QCOMPARE((*fitted)->data.target.items[index(evaluation.lists[at].items.front())],
                 stored[at].items.front());
    }
}

void RunnerTest::stopEndsARunWithinATenthOfASecond_data()
{
    QTest::addColumn<int>("milliseconds");

    QTest::newRow("at once") << 0;
    QTest::newRow("while loading") << 2;
    QTest::newRow("early") << 15;
    QTest::newRow("in training") << 120;
}

void RunnerTest::stopEndsARunWithinATenthOfASecond()
{
    QFETCH(int, milliseconds);
    const Workspace workspace = filled("stop" + std::to_string(milliseconds));
    const RunId run = enqueue(workspace, test::specOf(longRun)).value();
    std::stop_source stop;
    std::atomic<Clock::time_point> asked{};
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        asked = Clock::now();
        stop.request_stop();
    });

    const Result<RunRecord> record = execute(workspace, run, {.job = {.stop = stop.get_token()}});

    const auto waited = Clock::now() - asked.load();
    QCOMPARE(record.error().code, ErrorCode::Cancelled);
    QVERIFY(RunStore(workspace).find(run).value().state == RunState::Cancelled);
    QVERIFY(RunStore(workspace).find(run).value().measures.empty());
    QVERIFY2(waited < 100ms, std::to_string(std::chrono::duration<double>(waited).count()).c_str());
}

void RunnerTest::cancelledRunCanBeRunAgain()
{
    const Workspace workspace = filled("again.transept");
    const std::map<std::string, Json> changes{{"method.name", "mf"}, {"method.epochs", 4}};
    const RunId run = enqueue(workspace, test::specOf(changes)).value();
    std::stop_source stop;
    const RunContext stopping{.job = {.stop = stop.get_token()}, .onEpoch = [&](const RunProgress& progress) {
                                  if (progress.epoch == 2) {
                                      stop.request_stop();
                                  }
                              }};
    QVERIFY(!execute(workspace, run, stopping).has_value());
    QVERIFY(!execute(workspace, run, {}).has_value());
    QVERIFY_OK(RunStore(workspace).setState(run, RunState::Queued));

    const Result<RunRecord> record = execute(workspace, run, {});

    QVERIFY_OK(record);
    QVERIFY(test::learntBy(workspace, *record) ==
            test::learntBy(workspace, test::finishedRun(workspace, changes)));
}

void RunnerTest::pauseIsShownAndEndsOnResume()
{
    const Workspace workspace = filled("pause.transept");
    const Result<Workspace> reader = Workspace::open(workspace.file(), Access::ReadOnly);
    const RunId run =
        enqueue(workspace, test::specOf({{"method.name", "mf"}, {"method.epochs", 10}, {"stop.patience", 0}}))
            .value();
    PauseGate gate;
    std::atomic<int> epochs = 0;
    Result<RunRecord> record = cancelled();
    std::jthread worker([&] {
        const Result<Workspace> own = Workspace::open(workspace.file());
        record = execute(*own, run, {.job = {.gate = &gate}, .onEpoch = [&](const RunProgress& progress) {
                                         epochs = progress.epoch;
                                         if (progress.epoch == 3) {
                                             gate.pause();
                                         }
                                     }});
    });

    const auto stateIs = [&](RunState state) { return RunStore(*reader).find(run).value().state == state; };
    QTRY_VERIFY(stateIs(RunState::Paused));
    QTest::qWait(60);
    QCOMPARE(epochs.load(), 3);
    gate.resume();
    worker.join();

    QVERIFY_OK(record);
    QVERIFY(stateIs(RunState::Finished));
    QCOMPARE(epochs.load(), 10);
}

void RunnerTest::pausedRunCanBeStopped()
{
    const Workspace workspace = filled("paused-stop.transept");
    const RunId run = enqueue(workspace, test::specOf(longRun)).value();
    PauseGate gate;
    gate.pause();
    std::stop_source stop;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(50ms);
        stop.request_stop();
    });

    const Result<RunRecord> record =
        execute(workspace, run, {.job = {.stop = stop.get_token(), .gate = &gate}});

    QCOMPARE(record.error().code, ErrorCode::Cancelled);
    QVERIFY(RunStore(workspace).find(run).value().state == RunState::Cancelled);
}

void RunnerTest::lossThatRunsAwayNamesTheEpochAndARemedy()
{
    const Workspace workspace = filled("diverged.transept");
    const Spec spec = test::specOf({});
    const Prepared prepared = prepare(workspace, spec, {}).value();
    const RunId run = enqueue(workspace, spec).value();
    EpochWatch watch(workspace, run, spec, prepared.parts, {});
    const auto model = std::make_shared<const RowModel>(prepared.data.target.items.size());

    QVERIFY(watch.epochDone({.epoch = 1, .trainLoss = 1.0}, model) == Verdict::Continue);
    QVERIFY(watch.epochDone({.epoch = 2, .trainLoss = std::numeric_limits<double>::quiet_NaN()}, model) ==
            Verdict::Stop);
    QVERIFY_OK(watch.commitAll());

    QCOMPARE(watch.failure()->code, ErrorCode::Diverged);
    const std::string sentence = describe(*watch.failure());
    QVERIFY(sentence.find("epoch 2") != std::string::npos);
    QVERIFY(sentence.find("learning rate") != std::string::npos);
    const auto curve = test::valueOf(RunStore(workspace).curves(run)).at("train loss");
    QCOMPARE(curve.size(), std::size_t{2});
    QVERIFY(std::isnan(curve[1].value));
}

void RunnerTest::failedRunKeepsItsSentence()
{
    const Workspace workspace = filled("failed.transept");
    const RunId run = enqueue(workspace, test::specOf({})).value();
    QVERIFY_OK(Catalog(workspace).setDeleted(Catalog(workspace).domain("films").value().id, true));

    const Result<RunRecord> record = execute(workspace, run, {});

    QCOMPARE(record.error().code, ErrorCode::NotFound);
    const RunRecord stored = RunStore(workspace).find(run).value();
    QVERIFY(stored.state == RunState::Failed);
    QCOMPARE(describe(stored.reason), describe(record.error()));
}

void RunnerTest::killedRunIsFoundInterruptedAndResumes()
{
    const std::filesystem::path file = filled("killed.transept").file();
    const std::map<std::string, Json> changes{{"method.name", "mf"}, {"method.epochs", 5}};
    RunId run{};
    {
        const Workspace workspace = Workspace::open(file).value();
        run = enqueue(workspace, test::specOf(changes)).value();
    }
    QCOMPARE(signalThatEnded(file, run), SIGKILL);

    Workspace workspace = Workspace::open(file).value();
    const std::vector<Interrupted> found = workspace.findInterrupted().value();
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found.front().id, number(run));
    QVERIFY(RunStore(workspace).find(run).value().state == RunState::Interrupted);

    const Result<RunRecord> record = execute(workspace, run, {});

    QVERIFY_OK(record);
    QVERIFY(test::learntBy(workspace, *record) ==
            test::learntBy(workspace, test::finishedRun(workspace, changes)));
}

void RunnerTest::runInProgressCannotBeTakenTwice()
{
    const Workspace workspace = filled("twice.transept");
    const RunId run = enqueue(workspace, test::specOf({})).value();
    QVERIFY(RunStore(workspace).claim(run, "1").value());

    const Result<RunRecord> record = execute(workspace, run, {});

    QCOMPARE(record.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(record.error()).find("already") != std::string::npos);
    QVERIFY_OK(RunStore(workspace).setState(run, RunState::Cancelled));
    QVERIFY_OK(RunStore(workspace).setDeleted(run, true));
    QCOMPARE(execute(workspace, run, {}).error().code, ErrorCode::NotFound);
}

} // namespace transept

/// With trainAndDie, a workspace and a run the program trains that run and is killed in the middle.
int main(int argc, char** argv)
{
    if (argc == 4 && std::string_view(argv[1]) == transept::trainAndDie) {
        return transept::trainUntilKilled(argv[2], argv[3]);
    }
    const QCoreApplication application(argc, argv);
    transept::RunnerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "RunnerTest.moc"
