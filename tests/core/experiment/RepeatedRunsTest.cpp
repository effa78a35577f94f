#include "core/experiment/RepeatedRuns.h"

#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {

class RepeatedRunsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairedTestIsThePublishedOne();
    void overlapOfTrainingPartsMakesTheTestStricter();
    void tooFewDifferencesGiveNoTest();
    void seedsAndFoldsAreRepetitionsOfOneExperiment();
    void onlyRunsWithEqualSeedsArePaired();
    void otherSplitsAreRefused();
    void unfinishedRunIsRefused();

private:
    Workspace filled(const char* name) const
    {
        Workspace workspace = m_folder.workspace(name);
        test::fill(workspace, test::ratingsPicture("films", 60, 40, 20, 1));
        return workspace;
    }

    test::Temporary m_folder;
};

namespace {

/// Extra hours of sleep with two drugs, ten patients (Student 1908); t = 4.0621, p = 0.002833 are in every
/// book.
const std::vector<double> sleep{1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};

} // namespace

void RepeatedRunsTest::pairedTestIsThePublishedOne()
{
    QVERIFY(std::abs(resampledT(sleep, 0.0) - 0.002832890197384273) < 1e-12);
}

/// t = 1.58 / sqrt((1 / 10 + 1 / 9) 1.5129) = 2.7957 with 9 degrees of freedom.
void RepeatedRunsTest::overlapOfTrainingPartsMakesTheTestStricter()
{
    QVERIFY(std::abs(resampledT(sleep, 1.0 / 9.0) - 0.020857022957686808) < 1e-12);
    QVERIFY(std::abs(resampledT(sleep, 0.125) - 0.024072857472083417) < 1e-12);
}

void RepeatedRunsTest::tooFewDifferencesGiveNoTest()
{
    QVERIFY(std::isnan(resampledT({}, 0.1)));
    QVERIFY(std::isnan(resampledT(std::vector{0.3}, 0.1)));
    QCOMPARE(resampledT(std::vector{0.0, 0.0, 0.0}, 0.1), 1.0);
}

void RepeatedRunsTest::seedsAndFoldsAreRepetitionsOfOneExperiment()
{
    const Workspace workspace = filled("folds.transept");
    std::vector<RunId> runs;
    std::vector<double> differences;
    double sum = 0.0;
    for (int fold = 0; fold < 3; ++fold) {
        const auto finished = [&](const char* method) {
            const RunRecord run = test::finishedRun(workspace,
                                                    {{"method.name", method},
                                                     {"split.kind", "k-fold"},
                                                     {"split.folds", 3},
                                                     {"split.validation", 0.0},
                                                     {"split.fold", fold},
                                                     {"measures", Json::array({"rmse"})}});
            runs.push_back(run.id);
            return run.measures.at("rmse");
        };
        const double bias = finished("bias");
        differences.push_back(finished("mf") - bias);
        sum += bias;
    }

    const Result<RepeatedComparison> comparison = compareRepeated(workspace, runs);

    QVERIFY_OK(comparison);
    QCOMPARE(comparison->groups.size(), std::size_t{2});
    QCOMPARE(comparison->groups[0].runs.size(), std::size_t{3});
    QCOMPARE(comparison->splits, std::size_t{3});
    const RepeatedMeasure& rmse = comparison->measures.at("rmse");
    QVERIFY(std::abs(rmse.means[0] - sum / 3.0) < 1e-12);
    QVERIFY(rmse.deviations[0] > 0.0);
    QCOMPARE(rmse.p[0][1], resampledT(differences, 0.5));
    QCOMPARE(rmse.p[1][0], rmse.p[0][1]);
    QVERIFY(std::isnan(rmse.p[0][0]));
}

void RepeatedRunsTest::onlyRunsWithEqualSeedsArePaired()
{
    const Workspace workspace = filled("pairs.transept");
    std::vector<RunId> runs;
    for (const auto& [method, seed] :
         {std::pair("bias", 1), std::pair("bias", 2), std::pair("mf", 2), std::pair("mf", 3)}) {
        runs.push_back(test::finishedRun(workspace, {{"method.name", method}, {"split.seed", seed}}).id);
    }

    const RepeatedComparison comparison = compareRepeated(workspace, runs).value();

    QCOMPARE(comparison.groups.size(), std::size_t{2});
    QVERIFY(std::isnan(comparison.measures.at("rmse").p[0][1])); // one common split
}

void RepeatedRunsTest::otherSplitsAreRefused()
{
    const Workspace workspace = filled("other.transept");
    const std::vector runs{test::finishedRun(workspace, {{"method.name", "bias"}}).id,
                           test::finishedRun(workspace, {{"split.kind", "leave-one-out"}}).id};

    QCOMPARE(compareRepeated(workspace, runs).error().code, ErrorCode::InvalidInput);
}

void RepeatedRunsTest::unfinishedRunIsRefused()
{
    const Workspace workspace = m_folder.workspace("queued.transept");
    const std::vector runs{RunStore(workspace).add("waits", Json::object()).value(), RunId{77}};

    QCOMPARE(compareRepeated(workspace, runs).error().code, ErrorCode::InvalidInput);
    QCOMPARE(compareRepeated(workspace, std::span(runs).last(1)).error().code, ErrorCode::NotFound);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RepeatedRunsTest)
#include "RepeatedRunsTest.moc"
