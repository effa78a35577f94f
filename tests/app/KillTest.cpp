#include "core/base/Random.h"
#include "core/experiment/Runner.h"
#include "core/store/ImportLog.h"
#include "core/store/KnowledgeStore.h"
#include "core/store/RunCheckpoint.h"
#include "tests/support/Temporary.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <fmt/format.h>

#include <functional>

namespace transept {
namespace {

constexpr int importKills = 10;
constexpr int extractionKills = 4;
constexpr int trainingKills = 4;
constexpr int rows = 150'000;

QStringList words(std::initializer_list<std::string> arguments)
{
    QStringList list;
    for (const std::string& argument : arguments) {
        list << QString::fromStdString(argument);
    }
    return list;
}

/// Runs the program to its end; says how many milliseconds that took, nothing when it did not succeed.
std::optional<int> runToEnd(const QStringList& arguments)
{
    QElapsedTimer undisturbed;
    undisturbed.start();
    QProcess program;
    program.start(QStringLiteral(TRANSEPT_PROGRAM), arguments);
    if (!program.waitForFinished(120'000) || program.exitCode() != 0) {
        qWarning() << arguments << program.readAllStandardError();
        return std::nullopt;
    }
    return static_cast<int>(undisturbed.elapsed());
}

/// Kills the program at random moments of a piece of work.
class Killer
{
public:
    Killer(int undisturbed, std::uint64_t seed) : m_undisturbed(undisturbed), m_random(seed) {}

    /// Starts the program and kills it within the first three quarters of the time that the work takes. A
    /// machine that has become faster than that shows in a program that ended before: then that is the time.
    void strike(const QStringList& arguments)
    {
        const auto moment = static_cast<int>(m_undisturbed * (0.05 + 0.7 * m_random.uniform()));
        QElapsedTimer passed;
        passed.start();
        QProcess program;
        program.start(QStringLiteral(TRANSEPT_PROGRAM), arguments);
        program.waitForStarted();
        if (program.waitForFinished(moment)) {
            m_undisturbed = std::min(m_undisturbed, static_cast<int>(passed.elapsed()));
            return;
        }
        program.kill(); // SIGKILL
        program.waitForFinished();
        ++m_hits;
    }

    /// Starts the program and kills it as soon as `isTime` says so; false when it ended before.
    static bool strikeWhen(const QStringList& arguments, const std::function<bool()>& isTime)
    {
        QProcess program;
        program.start(QStringLiteral(TRANSEPT_PROGRAM), arguments);
        program.waitForStarted();
        while (!program.waitForFinished(5)) {
            if (isTime()) {
                program.kill();
                program.waitForFinished();
                return true;
            }
        }
        return false;
    }

    int hits() const { return m_hits; } ///< how often the program was still at work

private:
    int m_undisturbed;
    Random m_random;
    int m_hits = 0;
};

std::string ratingsFile()
{
    std::string content = "user,item,rating,timestamp\n";
    Random random(11);
    for (int row = 0; row < rows; ++row) {
        content += fmt::format(
            "u{},i{},{},{}\n", row % 5'000, row / 5'000 * 37 + random.below(37), 1 + random.below(5), row);
    }
    return content;
}

std::int64_t count(const Workspace& workspace, std::string_view sql)
{
    const auto value = workspace.database().scalar(sql);
    return value ? value->value_or(-1) : -1;
}

void checkIntegrity(const Workspace& workspace)
{
    auto check = workspace.database().prepare("PRAGMA integrity_check");
    QVERIFY_OK(check);
    QVERIFY(check->step().value_or(false));
    QCOMPARE(std::string(check->text(0)), std::string("ok"));
    auto keys = workspace.database().prepare("PRAGMA foreign_key_check");
    QVERIFY_OK(keys);
    QVERIFY(!keys->step().value_or(true));
}

} // namespace

/// The promise behind "what was committed survives the process being killed at any moment".
class KillTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedImportKeepsWhatItCommittedAndGoesOn();
    void killedExtractionKeepsWhatItCommittedAndGoesOn();
    void killedTrainingGoesOnToTheSameResult_data();
    void killedTrainingGoesOnToTheSameResult();

private:
    test::Temporary m_temporary;
    std::string m_csv;
    std::string m_sample;
};

void KillTest::initTestCase()
{
    m_csv = m_temporary.write("ratings.csv", ratingsFile()).string();
    m_sample = m_temporary.path("sample.transept").string();
    QVERIFY(runToEnd(words({"sample", m_sample})));
}

void KillTest::killedImportKeepsWhatItCommittedAndGoesOn()
{
    const std::optional<int> undisturbed =
        runToEnd(words({"import", m_temporary.path("timed.transept").string(), m_csv, "--domain", "films"}));
    QVERIFY(undisturbed);
    Killer killer(*undisturbed, 2026);
    for (int round = 0; round < importKills; ++round) {
        const std::string file = m_temporary.path(fmt::format("import-{}.transept", round)).string();
        const QStringList import =
            words({"import", file, m_csv, "--domain", "films", "--duplicates", "keep"});
        killer.strike(import);
        if (!std::filesystem::exists(file)) {
            continue; // killed before there was anything to keep
        }
        auto workspace = Workspace::open(file);
        if (!workspace) {
            continue; // killed while the empty file was being made: it never was a workspace
        }
        checkIntegrity(*workspace);
        QCOMPARE(count(*workspace, "SELECT count(*) FROM interaction"),
                 count(*workspace, "SELECT coalesce(sum(imported), 0) FROM import"));
        QVERIFY(count(*workspace,
                      "SELECT coalesce(sum(rows_read - imported - rejected - skipped), 0) FROM import") == 0);

        const auto interrupted = workspace->findInterrupted();
        QVERIFY_OK(interrupted);
        QCOMPARE(count(*workspace, "SELECT count(*) FROM import WHERE state = 'running'"), 0);
        const std::int64_t unfinished =
            count(*workspace, "SELECT count(*) FROM import WHERE state = 'interrupted'");
        const ImportLog log(*workspace);
        if (log.lacksItemIndex().value_or(false)) { // as the window does when it opens the workspace
            QVERIFY_OK(log.restoreItemIndex());
        }
        QCOMPARE(log.lacksItemIndex().value_or(true), false);
        QCOMPARE(count(*workspace, "SELECT count(*) FROM sqlite_master WHERE name = 'interaction_item'"), 1);
        QStringList again = import;
        if (unfinished > 0) {
            again << QStringLiteral("--resume");
        }
        if (count(*workspace, "SELECT count(*) FROM import WHERE state = 'finished'") == 0) {
            QVERIFY(runToEnd(again));
        }
        QCOMPARE(count(*workspace, "SELECT count(*) FROM interaction"), std::int64_t{rows});
        checkIntegrity(*workspace);
    }
    QVERIFY2(killer.hits() >= importKills / 2, "the kills came too late to prove anything");
}

void KillTest::killedExtractionKeepsWhatItCommittedAndGoesOn()
{
    const QStringList extract = words({"knowledge", m_sample, "--extractor", "lexical", "--name"});
    const std::optional<int> undisturbed = runToEnd(extract + words({"whole"}));
    QVERIFY(undisturbed);
    const auto facetsOf = [&](const Workspace& workspace, const std::string& name) {
        return count(
            workspace,
            fmt::format("SELECT count(*) FROM facet JOIN knowledge_base ON knowledge_base.id = facet.kb"
                        " WHERE knowledge_base.name = '{}'",
                        name));
    };
    Killer killer(*undisturbed, 2027);
    for (int round = 0; round < extractionKills; ++round) {
        const std::string name = fmt::format("kb{}", round);
        killer.strike(extract + words({name}));
        auto workspace = Workspace::open(m_sample);
        QVERIFY_OK(workspace);
        checkIntegrity(*workspace);
        QVERIFY_OK(workspace->findInterrupted());
        QCOMPARE(count(*workspace, "SELECT count(*) FROM knowledge_base WHERE state = 'running'"), 0);

        const auto found = KnowledgeStore(*workspace).find(name);
        if (!found || found->state != "finished") {
            QVERIFY(runToEnd(extract + words({name})));
        }
        QCOMPARE(facetsOf(*workspace, name), facetsOf(*workspace, "whole"));
    }
    QVERIFY2(killer.hits() >= extractionKills / 2, "the kills came too late to prove anything");
}

void KillTest::killedTrainingGoesOnToTheSameResult_data()
{
    QTest::addColumn<QString>("method"); // %1: the factors
    QTest::addColumn<bool>("isLong");    // long enough for checkpoints, on whatever machine
    QTest::newRow("mf, 10 epochs") << R"({"name": "mf", "epochs": 10, "factors": %1})" << false;
    QTest::newRow("mf") << R"({"name": "mf", "epochs": 1000, "optimizer": "adam", "factors": %1})" << true;
    QTest::newRow("ials") << R"({"name": "ials", "epochs": 150, "factors": %1})" << true;
}

/// Is killed at random moments and goes on from what the workspace holds; in the end right after a
/// checkpoint, from which it has to go on.
void KillTest::killedTrainingGoesOnToTheSameResult()
{
    QFETCH(QString, method);
    QFETCH(bool, isLong);
    const QStringList run = words({"run", m_sample, m_temporary.path("spec.json").string()});
    std::optional<int> undisturbed;
    constexpr int mostFactors = 512; // of both methods
    int factors = 32;
    do {
        QVERIFY2(factors <= mostFactors, "this machine is too fast for a run of several checkpoints");
        m_temporary.write("spec.json",
                          fmt::format(R"({{"data": {{"target": "films"}}, "split": {{"kind": "warm"}},
        "method": {}, "stop": {{"patience": 0}}, "measures": ["ndcg@10"], "seed": 3}})",
                                      method.arg(factors).toStdString()));
        undisturbed = runToEnd(run);
        QVERIFY(undisturbed);
        factors += factors / 2; // an epoch of ials takes up to the cube of that
    } while (isLong && *undisturbed < 4 * CheckpointPace().least.count());
    auto workspace = Workspace::open(m_sample);
    QVERIFY_OK(workspace);
    const RunStore runs(*workspace);
    const RunRecord straight = runs.all().value().back();
    QCOMPARE(straight.state, RunState::Finished);
    const auto newestHasCheckpoint = [&] {
        const RunId newest = runs.all().value().back().id;
        return newest != straight.id && checkpointOf(*workspace, newest).value().has_value();
    };

    Killer killer(*undisturbed, 2028);
    for (int round = 0; round <= trainingKills; ++round) {
        if (round < trainingKills) {
            killer.strike(run);
        } else if (isLong) {
            QVERIFY2(Killer::strikeWhen(run, newestHasCheckpoint), "it ended without a checkpoint");
            QVERIFY(newestHasCheckpoint());
        } else {
            break;
        }
        checkIntegrity(*workspace);
        QVERIFY_OK(workspace->findInterrupted());
        const RunRecord last = runs.all().value().back();
        QVERIFY(last.state != RunState::Running && last.state != RunState::Paused);
        if (last.state != RunState::Finished) {
            QVERIFY(runToEnd(words({"run", m_sample, "--resume", std::to_string(number(last.id))})));
        }
        const RunRecord after = runs.find(last.id).value();
        QCOMPARE(after.state, RunState::Finished);
        QVERIFY(after.measures == straight.measures && after.validation == straight.validation);
        QVERIFY(runs.model(after.id).value() == runs.model(straight.id).value()); // to the last bit
        QCOMPARE(runs.curves(after.id)->at("train loss").size(),
                 runs.curves(straight.id)->at("train loss").size());
        QVERIFY(!checkpointOf(*workspace, after.id).value().has_value());
    }
    QVERIFY2(killer.hits() >= trainingKills / 2, "the kills came too late to prove anything");
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KillTest)
#include "KillTest.moc"
