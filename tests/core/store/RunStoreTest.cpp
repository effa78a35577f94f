#include "core/store/RunStore.h"

#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>

namespace transept {

class RunStoreTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newRunIsQueuedAndTakesTheNextColour();
    void nameIsNoPartOfTheSpecHash();
    void runIsClaimedOnlyOnce();
    void finishedRunCannotBeClaimed();
    void onlyARunAtWorkIsPausedAndResumed();
    void readersSeeThatAKilledRunWasInterrupted();
    void deletedRunIsHiddenUntilItIsBroughtBack();
    void latestFinishedRunsComeLastOneFirst();
    void curvesKeepWhatIsNoNumber();
    void outcomeComesBackAsItWasStored();
    void stopWhileStoringLeavesNothing();
    void clearedRunHasNoResults();
    void failureKeepsItsSentenceAndArguments();
    void labelsAreKept();
    void unknownRunIsNotFound();

private:
    test::Temporary m_folder;
};

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

RunId added(const Workspace& workspace)
{
    return RunStore(workspace).add("first", Json{{"name", "first"}, {"seed", 1}}).value();
}

RunStore::Outcome smallOutcome()
{
    return {.bestEpoch = 3,
            .load = {.seconds = 0.5, .peakMb = 9.0},
            .train = {.seconds = 1.5, .peakMb = 12.0},
            .evaluate = {.seconds = 0.25},
            .measures = {{"rmse", 0.875}, {"ndcg@10", notANumber}},
            .perUser = {{"rmse", {0.1, 0.2}}},
            .users = {PersonId{4}, PersonId{9}},
            .lists = {{.person = PersonId{4},
                       .items = {ItemId{7}, ItemId{5'000'000'000}},
                       .scores = {0.5F, -0.25F},
                       .relevant = {ItemId{7}}},
                      {.person = PersonId{9}}},
            .predictions = {.persons = {PersonId{4}},
                            .items = {ItemId{7}},
                            .truths = {3.5F},
                            .predictions = {3.25F}},
            .model = std::string("bytes\0more", 10)};
}

} // namespace

void RunStoreTest::newRunIsQueuedAndTakesTheNextColour()
{
    const Workspace workspace = m_folder.workspace("queued.transept");
    const RunStore store(workspace);

    std::vector<int> colours;
    for (int run = 0; run < 10; ++run) {
        colours.push_back(store.find(added(workspace)).value().colour);
    }

    QCOMPARE(colours, (std::vector{0, 1, 2, 3, 4, 5, 6, 7, 0, 1}));
    const RunRecord first = store.find(RunId{1}).value();
    QCOMPARE(wordOf(first.state), std::string_view("queued"));
    QCOMPARE(first.spec.at("seed").get<int>(), 1);
    QVERIFY(!first.started.has_value());
    QCOMPARE(number(store.nextQueued().value().value()), 1);
}

void RunStoreTest::nameIsNoPartOfTheSpecHash()
{
    const Workspace workspace = m_folder.workspace("hash.transept");
    const RunStore store(workspace);

    const auto hashOf = [&](const Json& spec) {
        return store.find(store.add("run", spec).value()).value().specHash;
    };

    QCOMPARE(hashOf({{"name", "a"}, {"seed", 1}}), hashOf({{"name", "b"}, {"seed", 1}}));
    QVERIFY(hashOf({{"seed", 1}}) != hashOf({{"seed", 2}}));
}

void RunStoreTest::runIsClaimedOnlyOnce()
{
    const Workspace workspace = m_folder.workspace("claim.transept");
    Result<Workspace> other = Workspace::open(workspace.file());
    QVERIFY_OK(other);
    const RunId run = added(workspace);

    QVERIFY(RunStore(workspace).claim(run, "1.0").value());
    QVERIFY(!RunStore(*other).claim(run, "1.0").value());

    const RunRecord record = RunStore(*other).find(run).value();
    QVERIFY(record.state == RunState::Running);
    QCOMPARE(record.version, std::string("1.0"));
    QVERIFY(record.started.has_value());
    QVERIFY(!RunStore(workspace).nextQueued().value().has_value());
}

void RunStoreTest::onlyARunAtWorkIsPausedAndResumed()
{
    const Workspace workspace = m_folder.workspace("pause.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);
    const auto stateAfter = [&](bool paused) {
        return store.setPaused(run, paused) ? store.find(run).value().state : RunState::Failed;
    };

    QVERIFY(stateAfter(true) == RunState::Queued);
    QVERIFY(store.claim(run, "1.0").value());
    QVERIFY(stateAfter(true) == RunState::Paused);
    QVERIFY(stateAfter(false) == RunState::Running);
    QVERIFY_OK(store.setState(run, RunState::Finished));
    QVERIFY(stateAfter(false) == RunState::Finished);
    QVERIFY(stateAfter(true) == RunState::Finished);
}

void RunStoreTest::readersSeeThatAKilledRunWasInterrupted()
{
    const Workspace workspace = m_folder.workspace("killed.transept");
    const RunId run = added(workspace);
    QVERIFY(RunStore(workspace).claim(run, "1.0").value());
    const Result<Workspace> reader = Workspace::open(workspace.file(), Access::ReadOnly);
    QVERIFY_OK(reader);
    QVERIFY(RunStore(*reader).find(run).value().state == RunState::Running);

    // The process id of another start of this machine: what a killed program leaves.
    const std::int64_t gone = processId() ^ (std::int64_t{1} << 40);
    QVERIFY_OK(workspace.database().execute("UPDATE run SET process = " + std::to_string(gone)));

    QVERIFY(RunStore(*reader).find(run).value().state == RunState::Interrupted);
    QVERIFY(RunStore(*reader).all().value().front().state == RunState::Interrupted);
}

void RunStoreTest::latestFinishedRunsComeLastOneFirst()
{
    const Workspace workspace = m_folder.workspace("latest.transept");
    const RunStore store(workspace);
    std::vector<RunId> runs;
    for (int nth = 0; nth < 5; ++nth) {
        runs.push_back(added(workspace));
        if (nth != 3) {
            QVERIFY_OK(store.finish(runs.back(), smallOutcome()));
        }
    }
    QVERIFY_OK(store.setDeleted(runs[1], true));

    const auto latest = store.latestFinished(2).value();

    QCOMPARE(latest.size(), std::size_t{2});
    QVERIFY(latest[0].first == runs[4] && latest[1].first == runs[2]);
    QCOMPARE(latest[0].second, store.find(runs[4])->name);
    QCOMPARE(store.latestFinished(10)->size(), std::size_t{3});
}

void RunStoreTest::finishedRunCannotBeClaimed()
{
    const Workspace workspace = m_folder.workspace("finished.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);
    QVERIFY_OK(store.finish(run, smallOutcome()));

    QVERIFY(!store.claim(run, "1.0").value());
    QVERIFY_OK(store.setState(run, RunState::Interrupted));
    QVERIFY(store.claim(run, "1.0").value());
}

void RunStoreTest::deletedRunIsHiddenUntilItIsBroughtBack()
{
    const Workspace workspace = m_folder.workspace("deleted.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);

    QVERIFY_OK(store.setDeleted(run, true));
    QVERIFY(store.all().value().empty());
    QCOMPARE(store.find(run).error().code, ErrorCode::NotFound);
    QVERIFY(!store.claim(run, "1.0").value());
    QVERIFY(!store.nextQueued().value().has_value());

    QVERIFY_OK(store.setDeleted(run, false));
    QCOMPARE(store.all().value().size(), std::size_t{1});
}

void RunStoreTest::curvesKeepWhatIsNoNumber()
{
    const Workspace workspace = m_folder.workspace("curves.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);

    QVERIFY_OK(store.addCurvePoints(run, 1, {{"train loss", 2.0}, {"valid rmse", 1.0}}));
    QVERIFY_OK(store.addCurvePoints(run, 2, {{"train loss", std::numeric_limits<double>::infinity()}}));

    const auto curves = store.curves(run).value();
    QCOMPARE(curves.size(), std::size_t{2});
    QCOMPARE(curves.at("train loss").size(), std::size_t{2});
    QCOMPARE(curves.at("train loss")[0].value, 2.0);
    QVERIFY(std::isnan(curves.at("train loss")[1].value));
    QCOMPARE(store.find(run).value().epoch, 2);
}

void RunStoreTest::outcomeComesBackAsItWasStored()
{
    const Workspace workspace = m_folder.workspace("outcome.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);

    QVERIFY_OK(store.finish(run, smallOutcome()));

    const RunRecord record = store.all().value().front();
    QVERIFY(record.state == RunState::Finished);
    QVERIFY(record.finished.has_value());
    QCOMPARE(record.bestEpoch, 3);
    QCOMPARE(record.trainSeconds.value(), 1.5);
    QCOMPARE(record.memoryMb.value(), 12.0);
    QVERIFY(record.phaseMb == (std::map<std::string, double>{{"load", 9.0}, {"train", 12.0}}));
    QVERIFY(record.diagnostics.empty());
    QVERIFY(store.curves(run).value().empty());
    QCOMPARE(record.users.value(), 2);
    QCOMPARE(record.measures.at("rmse"), 0.875);
    QVERIFY(std::isnan(record.measures.at("ndcg@10")));
    QCOMPARE(store.users(run).value(), (std::vector{PersonId{4}, PersonId{9}}));
    QCOMPARE(store.perUser(run, "rmse").value(), (std::vector{0.1, 0.2}));
    QVERIFY(store.perUser(run, "mae").value().empty());
    const StoredList list = store.list(run, PersonId{4}).value().value();
    QCOMPARE(list.items, (std::vector{ItemId{7}, ItemId{5'000'000'000}}));
    QCOMPARE(list.scores, (std::vector{0.5F, -0.25F}));
    QCOMPARE(list.relevant, (std::vector{ItemId{7}}));
    QCOMPARE(store.lists(run).value().size(), std::size_t{2});
    QVERIFY(!store.list(run, PersonId{5}).value().has_value());
    QCOMPARE(store.predictions(run).value().predictions, (std::vector{3.25F}));
    QCOMPARE(store.model(run).value().value(), std::string("bytes\0more", 10));
}

void RunStoreTest::stopWhileStoringLeavesNothing()
{
    const Workspace workspace = m_folder.workspace("stopped.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);
    std::stop_source stop;
    stop.request_stop();

    const Status stored = store.finish(run, smallOutcome(), {.stop = stop.get_token()});

    QCOMPARE(stored.error().code, ErrorCode::Cancelled);
    QVERIFY(store.find(run).value().measures.empty());
    QVERIFY(store.lists(run).value().empty());
    QVERIFY(store.find(run).value().state == RunState::Queued);
}

void RunStoreTest::clearedRunHasNoResults()
{
    const Workspace workspace = m_folder.workspace("cleared.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);
    QVERIFY_OK(store.addCurvePoints(run, 1, {{"train loss", 2.0}}));
    QVERIFY_OK(store.finish(run, smallOutcome()));

    QVERIFY_OK(store.clearResults(run));

    QVERIFY(store.curves(run).value().empty());
    QVERIFY(store.lists(run).value().empty());
    QVERIFY(store.predictions(run).value().items.empty());
    QVERIFY(!store.model(run).value().has_value());
    QVERIFY(store.find(run).value().measures.empty());
    QVERIFY(!store.find(run).value().trainSeconds.has_value());
    QCOMPARE(workspace.database().scalar("SELECT count(*) FROM curve")->value(), std::int64_t{0});
    QVERIFY_OK(store.finish(run, smallOutcome()));
}

void RunStoreTest::failureKeepsItsSentenceAndArguments()
{
    const Workspace workspace = m_folder.workspace("failed.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);
    const Error reason{
        .code = ErrorCode::Diverged, .sentence = "Ran away in epoch %1.", .arguments = {"7 \"x\""}};

    QVERIFY_OK(store.setState(run, RunState::Failed, &reason));

    const RunRecord record = store.find(run).value();
    QVERIFY(record.state == RunState::Failed);
    QCOMPARE(describe(record.reason), std::string("Ran away in epoch 7 \"x\"."));
    QVERIFY(record.finished.has_value());
    QVERIFY_OK(store.setState(run, RunState::Queued));
    QVERIFY(store.find(run).value().reason.sentence.empty());
}

void RunStoreTest::labelsAreKept()
{
    const Workspace workspace = m_folder.workspace("labels.transept");
    const RunStore store(workspace);
    const RunId run = added(workspace);

    QVERIFY_OK(store.rename(run, "better"));
    QVERIFY_OK(store.setNote(run, "a note"));
    QVERIFY_OK(store.setStar(run, true));
    QVERIFY_OK(store.setTags(run, "one two"));

    const RunRecord record = store.find(run).value();
    QCOMPARE(record.name, std::string("better"));
    QCOMPARE(record.note, std::string("a note"));
    QVERIFY(record.star);
    QCOMPARE(record.tags, std::string("one two"));
}

void RunStoreTest::unknownRunIsNotFound()
{
    const Workspace workspace = m_folder.workspace("unknown.transept");

    const Result<RunRecord> run = RunStore(workspace).find(RunId{12});

    QCOMPARE(run.error().code, ErrorCode::NotFound);
    QVERIFY(describe(run.error()).find("12") != std::string::npos);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RunStoreTest)
#include "RunStoreTest.moc"
