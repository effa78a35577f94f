#include "core/experiment/Comparison.h"

#include "core/experiment/Wilcoxon.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <chrono>
#include <cmath>

namespace transept {

class ComparisonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void intervalsHoldTheValues();
    void pIsThatOfTheCommonUsers();
    void winsCountUsersInTheDirectionOfTheMeasure();
    void runsOnOtherDataAreMarked();
    void runsWithAndWithoutSourcesMayBeCompared();
    void refitsAndSpecsOfOlderVersionsMayBeCompared();
    void specDifferenceNamesThePaths();
    void manyRunsAreComparedQuickly();

private:
    test::Temporary m_folder;
};

namespace {

RunId madeUpRun(const Workspace& workspace, std::size_t users, std::size_t measures, std::uint64_t seed)
{
    const RunStore store(workspace);
    const RunId run = store.add("made up", Json::object()).value();
    RunStore::Outcome outcome;
    for (std::size_t user = 0; user < users; ++user) {
        outcome.users.push_back(PersonId{static_cast<std::int64_t>(user) + 1});
    }
    for (std::size_t measure = 1; measure <= measures; ++measure) {
        Random random(seed, measure);
        const std::string name = fmt::format("ndcg@{}", measure);
        double sum = 0.0;
        for (std::size_t user = 0; user < users; ++user) {
            const double value = random.uniform();
            outcome.perUser[name].push_back(value);
            sum += value;
        }
        outcome.measures[name] = sum / static_cast<double>(users);
    }
    const Status finished = store.finish(run, outcome);
    return finished ? run : RunId{};
}

} // namespace

void ComparisonTest::intervalsHoldTheValues()
{
    const Workspace workspace = m_folder.workspace("intervals.transept");
    test::fill(workspace, test::ratingsPicture("films", 80, 60, 20, 1));
    const std::vector runs{test::finishedRun(workspace, {}).id,
                           test::finishedRun(workspace, {{"method.name", "mf"}, {"method.epochs", 5}}).id};

    const Comparison comparison = compare(workspace, runs, {}).value();

    QVERIFY(comparison.sameData);
    for (const char* name : {"rmse", "mae", "ndcg@10", "recall@10"}) {
        const MeasureComparison& measure = comparison.measures.at(name);
        for (std::size_t run = 0; run < runs.size(); ++run) {
            QCOMPARE(measure.values[run], comparison.runs[run].measures.at(name));
            QVERIFY2(measure.intervals[run].first < measure.values[run], name);
            QVERIFY2(measure.intervals[run].second > measure.values[run], name);
        }
        QVERIFY(measure.p[0][1] > 0.0 && measure.p[0][1] <= 1.0);
        QCOMPARE(measure.p[0][1], measure.p[1][0]);
        QVERIFY(std::isnan(measure.p[0][0]));
    }
    QVERIFY(std::isnan(comparison.measures.at("coverage@10").intervals[0].first));
}

void ComparisonTest::pIsThatOfTheCommonUsers()
{
    const Workspace workspace = m_folder.workspace("common.transept");
    const RunId a = madeUpRun(workspace, 120, 1, 1);
    const RunId b = madeUpRun(workspace, 90, 1, 2);
    const RunStore store(workspace);
    const std::vector<double> ofA = store.perUser(a, "ndcg@1").value();
    const std::vector<double> ofB = store.perUser(b, "ndcg@1").value();
    std::vector<double> differences;
    for (std::size_t user = 0; user < ofB.size(); ++user) {
        differences.push_back(ofA[user] - ofB[user]);
    }

    const Comparison comparison = compare(workspace, std::vector{a, b}, {}).value();

    QCOMPARE(comparison.measures.at("ndcg@1").p[0][1], wilcoxon(differences));
}

void ComparisonTest::winsCountUsersInTheDirectionOfTheMeasure()
{
    const Workspace workspace = m_folder.workspace("wins.transept");
    const RunStore store(workspace);
    const auto runWith = [&](const std::vector<double>& perUser) {
        const RunId run = store.add("made up", Json::object()).value();
        RunStore::Outcome outcome;
        for (std::size_t user = 1; user <= perUser.size(); ++user) {
            outcome.users.push_back(PersonId{static_cast<std::int64_t>(user)});
        }
        for (const char* measure : {"rmse", "ndcg@10"}) {
            outcome.measures[measure] = 0.5;
            outcome.perUser[measure] = perUser;
        }
        return store.finish(run, outcome) ? run : RunId{};
    };
    const std::vector runs{runWith({0.9, 0.9, 0.9, 0.9}), runWith({0.5, 0.5, 0.95, 0.9})};

    const Comparison comparison = compare(workspace, runs, {}).value();

    QCOMPARE(comparison.measures.at("rmse").wins[0][1], 0.625); // two lower, one higher, one equal
    QCOMPARE(comparison.measures.at("ndcg@10").wins[0][1], 0.375);
    QCOMPARE(comparison.measures.at("rmse").wins[1][0], 0.375);
    QVERIFY(std::isnan(comparison.measures.at("rmse").wins[0][0]));
}

void ComparisonTest::runsOnOtherDataAreMarked()
{
    const Workspace workspace = m_folder.workspace("other.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const RunId first = test::finishedRun(workspace, {}).id;
    const RunId otherSplit = test::finishedRun(workspace, {{"split.seed", 2}}).id;
    const RunId otherMethod = test::finishedRun(workspace, {{"method.name", "popularity"}}).id;

    QVERIFY(!compare(workspace, std::vector{first, otherSplit}, {}).value().sameData);
    QVERIFY(compare(workspace, std::vector{first, otherMethod}, {}).value().sameData);
}

void ComparisonTest::runsWithAndWithoutSourcesMayBeCompared()
{
    const Workspace workspace = m_folder.workspace("sources.transept");
    test::fill(workspace,
               test::ratingsPicture("books", 60, 20, 8, 2)); // people who are not in films come first
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const RunId alone = test::finishedRun(workspace, {}).id;
    const RunId together = test::finishedRun(workspace, {{"data.sources", Json::array({"books"})}}).id;

    QVERIFY(compare(workspace, std::vector{alone, together}, {}).value().sameData);
}

void ComparisonTest::refitsAndSpecsOfOlderVersionsMayBeCompared()
{
    const Workspace workspace = m_folder.workspace("refit.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const RunRecord run = test::finishedRun(workspace, {});
    const RunRecord refit = test::finishedRun(workspace, {{"split.refit", true}});
    RunRecord older = run;
    older.spec["split"].erase("refit");
    older.spec["split"].erase("periods");
    RunRecord other = run;
    other.spec["split"]["seed"] = 7;

    QVERIFY(mayBeCompared(run, refit));
    QVERIFY(mayBeCompared(run, older));
    QVERIFY(mayBeCompared(older, refit));
    QVERIFY(!mayBeCompared(run, other));
    const Comparison comparison = compare(workspace, std::vector{run.id, refit.id}, {}).value();
    QVERIFY(comparison.sameData);
    QCOMPARE(comparison.runs[0].users, comparison.runs[1].users);
    QCOMPARE(comparison.specDifference.size(), std::size_t{1});
    QVERIFY(comparison.specDifference.contains("split.refit"));
}

void ComparisonTest::specDifferenceNamesThePaths()
{
    const Workspace workspace = m_folder.workspace("difference.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const RunId first = test::finishedRun(workspace, {{"seed", 1}}).id;
    const RunId second = test::finishedRun(workspace, {{"seed", 2}, {"name", "another"}}).id;

    const Comparison comparison = compare(workspace, std::vector{first, second}, {}).value();

    QCOMPARE(comparison.specDifference.size(), std::size_t{1});
    QCOMPARE(Json(comparison.specDifference.at("seed")).dump(), std::string("[1,2]"));
    QCOMPARE(compare(workspace, std::vector{RunId{99}}, {}).error().code, ErrorCode::NotFound);
}

void ComparisonTest::manyRunsAreComparedQuickly()
{
    const Workspace workspace = m_folder.workspace("many.transept");
    std::vector<RunId> runs;
    for (std::uint64_t run = 1; run <= 10; ++run) {
        runs.push_back(madeUpRun(workspace, 50'000, 10, run));
    }
    const auto start = std::chrono::steady_clock::now();

    const Result<Comparison> comparison = compare(workspace, runs, {});

    QVERIFY_OK(comparison);
    QVERIFY(comparison->measures.at("ndcg@3").intervals[4].first < 0.5);
    qInfo("10 runs x 10 measures x 50,000 users: %.2f s",
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ComparisonTest)
#include "ComparisonTest.moc"
