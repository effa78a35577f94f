#include "core/experiment/ResultCurves.h"

#include "core/experiment/Comparison.h"
#include "core/experiment/Wilcoxon.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>

namespace transept {

class ResultCurvesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void areaIsTheMeasureAuc_data();
    void areaIsTheMeasureAuc();
    void calibrationCountsEveryTestPair();
    void differencesAreThoseOfThePeople_data();
    void differencesAreThoseOfThePeople();
    void differencesTurnRoundWithTheRuns();
    void whatCannotBeDrawnSaysWhy();

private:
    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
    RunRecord m_bias;
    RunRecord m_mf;
    RunRecord m_ease;
};

namespace {

const Json shown = Json::array({"rmse", "auc", "ndcg@10", "ndcg@10~9"});

std::string sentenceOf(const Error& error)
{
    return describe(error);
}

} // namespace

void ResultCurvesTest::initTestCase()
{
    m_workspace = m_folder.workspace();
    test::fill(*m_workspace, test::ratingsPicture("films", 90, 60, 25, 1));
    m_bias = test::finishedRun(*m_workspace, {{"measures", shown}});
    m_mf =
        test::finishedRun(*m_workspace, {{"method.name", "mf"}, {"method.epochs", 8}, {"measures", shown}});
    m_ease =
        test::finishedRun(*m_workspace, {{"method.name", "ease"}, {"measures", {"ndcg@10", "ndcg@10~9"}}});
}

void ResultCurvesTest::areaIsTheMeasureAuc_data()
{
    QTest::addColumn<double>("positive"); ///< 0: the middle of the scale
    QTest::newRow("middle of the scale") << 0.0;
    QTest::newRow("relevant from 4") << 4.0;
}

void ResultCurvesTest::areaIsTheMeasureAuc()
{
    QFETCH(double, positive);
    std::map<std::string, Json> changes{{"measures", shown}};
    if (positive > 0.0) {
        changes["data.positive"] = positive;
    }
    const RunRecord run = test::finishedRun(*m_workspace, changes);

    const Result<RunRoc> roc = rocOf(*m_workspace, run.id);

    QVERIFY_OK(roc);
    QCOMPARE(roc->relevant, positive > 0.0 ? positive : 3.0);
    QVERIFY(std::abs(roc->area - run.measures.at("auc")) < 1e-12);
    QVERIFY(roc->area > 0.5);
}

void ResultCurvesTest::calibrationCountsEveryTestPair()
{
    const StoredPredictions stored = test::valueOf(RunStore(*m_workspace).predictions(m_mf.id));

    const auto curve = test::valueOf(calibrationOf(*m_workspace, m_mf.id));

    std::size_t pairs = 0;
    for (const CalibrationBin& bin : curve) {
        pairs += bin.pairs;
    }
    QCOMPARE(curve.size(), calibrationBins);
    QCOMPARE(pairs, stored.predictions.size());
    QVERIFY(curve.back().meanTruth > curve.front().meanTruth);
}

void ResultCurvesTest::differencesAreThoseOfThePeople_data()
{
    QTest::addColumn<QString>("measure");
    QTest::addColumn<double>("sign");
    QTest::newRow("ranking") << "ndcg@10" << 1.0;
    QTest::newRow("error") << "rmse" << -1.0;
    QTest::newRow("sampled") << "ndcg@10~9" << 1.0;
}

void ResultCurvesTest::differencesAreThoseOfThePeople()
{
    QFETCH(QString, measure);
    QFETCH(double, sign);
    const std::string name = measure.toStdString();
    const RunStore store(*m_workspace);
    const std::vector<double> first = test::valueOf(store.perUser(m_bias.id, name));
    const std::vector<double> second = test::valueOf(store.perUser(m_mf.id, name));
    std::vector<double> expected;
    double better = 0.0;
    double sum = 0.0;
    for (std::size_t user = 0; user < first.size(); ++user) {
        if (!std::isnan(first[user]) && !std::isnan(second[user])) {
            expected.push_back(sign * (second[user] - first[user]));
            better += expected.back() > 0.0 ? 1.0 : 0.0;
            sum += expected.back();
        }
    }
    const auto people = static_cast<double>(expected.size());
    const double p = wilcoxon(expected);
    std::ranges::sort(expected);

    const UserDifferences found = test::valueOf(differencesOf(*m_workspace, m_bias.id, m_mf.id, name, {}));

    QCOMPARE(found.gains, expected);
    QCOMPARE(found.better, better / people);
    QVERIFY(std::abs(found.mean - sum / people) < 1e-12);
    QCOMPARE(found.p, p);
    QVERIFY(found.interval.first < found.mean && found.mean < found.interval.second);
}

void ResultCurvesTest::differencesTurnRoundWithTheRuns()
{
    const UserDifferences forth =
        test::valueOf(differencesOf(*m_workspace, m_bias.id, m_mf.id, "ndcg@10", {}));
    const UserDifferences back =
        test::valueOf(differencesOf(*m_workspace, m_mf.id, m_bias.id, "ndcg@10", {}));
    const UserDifferences none = test::valueOf(differencesOf(*m_workspace, m_mf.id, m_mf.id, "ndcg@10", {}));

    QCOMPARE(forth.better, back.worse);
    QCOMPARE(forth.worse, back.better);
    QCOMPARE(forth.p, back.p);
    QCOMPARE(forth.gains.front(), -back.gains.back());
    QCOMPARE(none.better + none.worse, 0.0);
    QCOMPARE(none.p, 1.0);
}

void ResultCurvesTest::whatCannotBeDrawnSaysWhy()
{
    const Result<RunRoc> ranker = rocOf(*m_workspace, m_ease.id);
    QVERIFY(!ranker);
    QVERIFY(ranker.error().code == ErrorCode::InvalidInput);
    QVERIFY(sentenceOf(ranker.error()).find("neither ratings nor probabilities") != std::string::npos);
    QVERIFY(!calibrationOf(*m_workspace, m_ease.id));
    const RunId queued = test::valueOf(enqueue(*m_workspace, test::specOf({})));
    QVERIFY(sentenceOf(rocOf(*m_workspace, queued).error()).find("queued") != std::string::npos);
    QVERIFY(rocOf(*m_workspace, RunId{999}).error().code == ErrorCode::NotFound);

    const auto unknown = differencesOf(*m_workspace, m_bias.id, m_ease.id, "rmse", {});
    QVERIFY(!unknown);
    QVERIFY(sentenceOf(unknown.error()).find("rmse") != std::string::npos);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ResultCurvesTest)
#include "ResultCurvesTest.moc"
