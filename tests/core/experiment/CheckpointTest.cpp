#include "core/base/Parallel.h"
#include "core/store/Deletion.h"
#include "core/store/RunCheckpoint.h"
#include "tests/support/EveryMethod.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <thread>

namespace transept {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr CheckpointPace asOftenAsPossible{.least = 0ms, .share = 1.0};

/// Waits until the run's checkpoint is of this epoch or a later one, a tenth of a second at most: the writer
/// may have been busy when the epoch ended.
int checkpointReaching(const Workspace& workspace, RunId run, int epoch)
{
    const Clock::time_point end = Clock::now() + 100ms;
    int reached = 0;
    do {
        const std::optional<RunCheckpoint> found = test::valueOf(checkpointOf(workspace, run));
        reached = found ? found->epoch : 0;
    } while (reached < epoch && Clock::now() < end && (std::this_thread::sleep_for(1ms), true));
    return reached;
}

/// Starts a run and stops it when the epoch has ended, as somebody does who presses Ctrl-C.
RunId stoppedRun(const Workspace& workspace, const std::map<std::string, Json>& changes, int epoch)
{
    const RunId run = test::valueOf(enqueue(workspace, test::specOf(changes)));
    std::stop_source stop;
    const RunContext context{.job = {.stop = stop.get_token()},
                             .onEpoch =
                                 [&](const RunProgress& progress) {
                                     if (progress.epoch == epoch) {
                                         checkpointReaching(workspace, run, epoch - 1);
                                         stop.request_stop();
                                     }
                                 },
                             .checkpoints = asOftenAsPossible};
    const Result<RunRecord> record = execute(workspace, run, context);
    if (record || record.error().code != ErrorCode::Cancelled) {
        throw std::runtime_error("the run was not stopped");
    }
    return run;
}

struct Resumed
{
    RunRecord run;
    int from = 0;       ///< the epoch after which it went on; 0: it started anew
    int firstEpoch = 0; ///< that it reported
};

Resumed resumed(const Workspace& workspace, RunId run)
{
    test::valueOf(RunStore(workspace).setState(run, RunState::Queued).map([] { return 0; }));
    Resumed result;
    const RunContext context{.onEpoch =
                                 [&](const RunProgress& progress) {
                                     result.firstEpoch =
                                         result.firstEpoch == 0 ? progress.epoch : result.firstEpoch;
                                 },
                             .onResume = [&](RunId, int epoch) { result.from = epoch; }};
    result.run = test::valueOf(execute(workspace, run, context));
    return result;
}

} // namespace

/// A run that was interrupted goes on after its last checkpoint and ends as if it had never been interrupted.
class CheckpointTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { setThreadCount(0); }
    void everyIterativeMethodGoesOnWithTheSameBits_data();
    void everyIterativeMethodGoesOnWithTheSameBits();
    void patienceCountsOnAcrossTheInterruption();
    void otherDataStartsAnew();
    void otherKnowledgeStartsAnew();
    void checkpointIsEnoughWithoutTheStart_data();
    void checkpointIsEnoughWithoutTheStart();
    void withoutCheckpointTheStartIsNeeded();
    void damagedCheckpointIsThrownAway();
    void checkpointsStayWithinTheirShareOfTheTime();

private:
    Workspace opened(const QString& file) const
    {
        return test::valueOf(Workspace::open(m_folder.path(file.toStdString())));
    }

    test::Temporary m_folder;
};

namespace {

const std::map<std::string, Json> longMf{{"method.name", "mf"}, {"method.epochs", 12}, {"stop.patience", 0}};

void remove(const Workspace& workspace, RunId run)
{
    const std::string name = std::to_string(number(run));
    test::valueOf(deleteNamed(workspace, Deletable::Run, std::span(&name, 1)).map([] { return 0; }));
}

} // namespace

void CheckpointTest::initTestCase()
{
    for (const char* name : {"explicit.transept", "implicit.transept"}) {
        test::fillForEveryMethod(m_folder.workspace(name), name == std::string_view("implicit.transept"));
    }
}

void CheckpointTest::everyIterativeMethodGoesOnWithTheSameBits_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("value");
    const auto add = [](const std::string& method, bool ratings, const char* setting, const char* value) {
        QTest::addRow("%s, %s, %s=%s", method.c_str(), ratings ? "ratings" : "implicit", setting, value)
            << (ratings ? QStringLiteral("explicit.transept") : QStringLiteral("implicit.transept"))
            << QString::fromStdString(method) << QString::fromLatin1(setting) << QString::fromLatin1(value);
    };
    for (const MethodDescription& method : methods()) {
        if (!method.iterative) {
            continue;
        }
        add(method.name, true, "seed", "3");
        if (!method.needs.explicitFeedback) {
            add(method.name, false, "seed", "3");
        }
        for (const Parameter& parameter : method.parameters) {
            for (const std::string& choice : parameter.choices) { // each may keep numbers of its own
                add(method.name, true, ("method." + parameter.name).c_str(), choice.c_str());
            }
        }
    }
}

void CheckpointTest::everyIterativeMethodGoesOnWithTheSameBits()
{
    QFETCH(QString, file);
    QFETCH(QString, method);
    QFETCH(QString, setting);
    QFETCH(QString, value);
    const Workspace workspace = opened(file);
    std::map<std::string, Json> changes =
        test::shortRunOf(*test::valueOf(findMethod(method.toStdString())), 6);
    const Json parsed = Json::parse(value.toStdString(), nullptr, false);
    changes[setting.toStdString()] = parsed.is_discarded() ? Json(value.toStdString()) : parsed;
    const test::Learnt straight = test::learntBy(workspace, test::finishedRun(workspace, changes));

    setThreadCount(1);
    const RunId run = stoppedRun(workspace, changes, 4);
    setThreadCount(4);
    const Resumed again = resumed(workspace, run);

    QVERIFY(again.from > 0);
    QCOMPARE(again.firstEpoch, again.from + 1);
    const test::Learnt anew = test::learntBy(workspace, again.run);
    QVERIFY(anew.measures == straight.measures);
    QVERIFY(anew.curves == straight.curves);
    QVERIFY(anew.predictions == straight.predictions);
    QVERIFY(anew.model == straight.model);
    QVERIFY(anew == straight);
    QVERIFY(!test::valueOf(checkpointOf(workspace, run)).has_value());
}

void CheckpointTest::patienceCountsOnAcrossTheInterruption()
{
    const Workspace workspace = opened(QStringLiteral("explicit.transept"));
    const std::map<std::string, Json> changes{{"method.name", "mf"},
                                              {"method.epochs", 200},
                                              {"method.learning-rate", 0.2},
                                              {"method.regularisation", 1e-5},
                                              {"stop.patience", 6}};
    const RunRecord straight = test::finishedRun(workspace, changes);
    const auto epochs = static_cast<int>(test::learntBy(workspace, straight).curves.at("train loss").size());
    QVERIFY(epochs < 200 && straight.bestEpoch < epochs);

    const RunId run = stoppedRun(workspace, changes, epochs - 1); // the best epoch is in the past
    const Resumed again = resumed(workspace, run);

    QVERIFY(again.from > 0);
    QVERIFY(test::learntBy(workspace, again.run) == test::learntBy(workspace, straight));
}

void CheckpointTest::otherDataStartsAnew()
{
    const Workspace workspace = m_folder.workspace("grown.transept");
    test::fillForEveryMethod(workspace, false);
    const RunId run = stoppedRun(workspace, longMf, 4);
    test::fill(workspace, "films: u1 i999 5");

    const Resumed again = resumed(workspace, run);

    QCOMPARE(again.from, 0);
    QCOMPARE(again.firstEpoch, 1);
    QVERIFY(test::learntBy(workspace, again.run) ==
            test::learntBy(workspace, test::finishedRun(workspace, longMf)));
}

void CheckpointTest::otherKnowledgeStartsAnew()
{
    const Workspace workspace = m_folder.workspace("reread.transept");
    test::fillForEveryMethod(workspace, false);
    const std::map<std::string, Json> changes = test::shortRunOf(*test::valueOf(findMethod("kfmf")), 6);
    const RunId run = stoppedRun(workspace, changes, 4);
    QVERIFY_OK(workspace.database().execute("UPDATE knowledge_base SET name = 'old' WHERE name = 'kb'"));
    test::addKnowledge(workspace, "kb");

    QCOMPARE(resumed(workspace, run).from, 0);
}

void CheckpointTest::checkpointIsEnoughWithoutTheStart_data()
{
    QTest::addColumn<QString>("method");
    for (const MethodDescription& method : methods()) {
        if (method.startsWarm) {
            QTest::newRow(method.name.c_str()) << QString::fromStdString(method.name);
        }
    }
}

void CheckpointTest::checkpointIsEnoughWithoutTheStart()
{
    QFETCH(QString, method);
    const Workspace workspace = opened(QStringLiteral("explicit.transept"));
    std::map<std::string, Json> changes =
        test::shortRunOf(*test::valueOf(findMethod(method.toStdString())), 6);
    const RunId start = test::finishedRun(workspace, changes).id;
    changes["start.run"] = number(start);
    const test::Learnt straight = test::learntBy(workspace, test::finishedRun(workspace, changes));
    const RunId run = stoppedRun(workspace, changes, 4);
    remove(workspace, start);

    const Resumed again = resumed(workspace, run);

    QVERIFY(again.from > 0);
    QVERIFY(test::learntBy(workspace, again.run) == straight);
}

void CheckpointTest::withoutCheckpointTheStartIsNeeded()
{
    const Workspace workspace = opened(QStringLiteral("explicit.transept"));
    std::map<std::string, Json> changes = longMf;
    const RunId start = test::finishedRun(workspace, changes).id;
    changes["start.run"] = number(start);
    const RunId run = test::valueOf(enqueue(workspace, test::specOf(changes)));
    remove(workspace, start);

    const Result<RunRecord> failed = execute(workspace, run, {});

    QVERIFY(!failed);
    QVERIFY(describe(failed.error()).find("start.run") != std::string::npos);
    QVERIFY(RunStore(workspace).find(run)->state == RunState::Failed);
}

void CheckpointTest::damagedCheckpointIsThrownAway()
{
    const Workspace workspace = opened(QStringLiteral("explicit.transept"));
    const RunId run = stoppedRun(workspace, longMf, 4);
    QVERIFY_OK(workspace.database().execute(
        "UPDATE checkpoint SET training = CAST(substr(training, 1, length(training) - 9) || x'FF'"
        " || substr(training, -8) AS BLOB)"));
    QVERIFY_OK(RunStore(workspace).setState(run, RunState::Queued));

    const Result<RunRecord> failed = execute(workspace, run, {});

    QVERIFY(!failed);
    QVERIFY(describe(failed.error()).find("checkpoint") != std::string::npos);
    QVERIFY(RunStore(workspace).find(run)->state == RunState::Failed);
    const Resumed again = resumed(workspace, run);
    QCOMPARE(again.from, 0);
    QVERIFY(test::learntBy(workspace, again.run) ==
            test::learntBy(workspace, test::finishedRun(workspace, longMf)));
}

void CheckpointTest::checkpointsStayWithinTheirShareOfTheTime()
{
    const Workspace workspace = opened(QStringLiteral("explicit.transept"));
    const RunId run = test::valueOf(enqueue(workspace, test::specOf(longMf)));
    const Clock::time_point before = Clock::now();
    CheckpointWriter writer(workspace.file(), run, {.least = 5ms, .share = 0.1});
    const auto waitUntilDue = [&] {
        while (!writer.isDue()) {
            std::this_thread::sleep_for(1ms);
        }
    };
    waitUntilDue();
    QVERIFY(Clock::now() - before >= 5ms);

    const Clock::time_point written = Clock::now();
    writer.write({.epoch = 1, .basis = "a", .training = "b", .watch = "c", .best = "d"}, 10ms);
    waitUntilDue();
    QVERIFY(Clock::now() - written >= 100ms); // ten times what it cost

    writer.write({.epoch = 2, .basis = "a", .training = "e", .watch = "f"}, 0ms);
    waitUntilDue();
    const std::optional<RunCheckpoint> last = test::valueOf(checkpointOf(workspace, run));
    QCOMPARE(last->epoch, 2);
    QCOMPARE(last->training, std::string("e"));
    QCOMPARE(*last->best, std::string("d")); // not replaced
    QVERIFY(!writer.hasFailed());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CheckpointTest)
#include "CheckpointTest.moc"
