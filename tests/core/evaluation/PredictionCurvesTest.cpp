#include "core/evaluation/PredictionCurves.h"

#include "core/base/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {

class PredictionCurvesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rocOfFourPairsIsDrawnByHand();
    void rocGoesThroughEqualPredictionsStraight();
    void areaIsTheMeasureAuc();
    void rocCountsAtEveryThreshold();
    void rocNeedsBothSides();
    void calibrationOfSixPairsIsDrawnByHand();
    void equalPredictionsShareABin();
    void calibrationBinsHoldEveryPairOnce();
    void honestPredictionsLieOnTheDiagonal();
    void whatIsNotANumberIsLeftOut();
};

namespace {

using Values = std::vector<float>;

struct Pairs
{
    Values truths;
    Values predictions;
    RatedPairs rated() const { return {.truths = truths, .predictions = predictions}; }
};

/// Ratings 1 ... 5 and predictions with ties.
Pairs randomPairs(std::uint64_t seed, std::size_t count = 400)
{
    Random random(seed);
    Pairs pairs;
    for (std::size_t at = 0; at < count; ++at) {
        pairs.truths.push_back(static_cast<float>(1 + random.below(5)));
        pairs.predictions.push_back(static_cast<float>(random.below(30)) / 8.0F + pairs.truths.back() / 3.0F);
    }
    return pairs;
}

} // namespace

void PredictionCurvesTest::rocOfFourPairsIsDrawnByHand()
{
    // Highest first: relevant, other, relevant, other.
    const Pairs pairs{.truths = {5, 2, 4, 1}, .predictions = {4.5F, 4.0F, 3.0F, 2.0F}};

    const std::vector<RocPoint> curve = rocCurve(pairs.rated(), 4.0);

    const std::vector<std::array<double, 3>> expected{{std::numeric_limits<double>::infinity(), 0, 0},
                                                      {4.5, 0, 0.5},
                                                      {4.0, 0.5, 0.5},
                                                      {3.0, 0.5, 1},
                                                      {2.0, 1, 1}};
    QCOMPARE(curve.size(), expected.size());
    for (std::size_t at = 0; at < curve.size(); ++at) {
        QCOMPARE(curve[at].threshold, expected[at][0]);
        QCOMPARE(curve[at].falsePositives, expected[at][1]);
        QCOMPARE(curve[at].truePositives, expected[at][2]);
    }
    QCOMPARE(areaUnder(curve), 0.75);
}

void PredictionCurvesTest::rocGoesThroughEqualPredictionsStraight()
{
    const Pairs pairs{.truths = {5, 1, 5, 1}, .predictions = {3, 3, 3, 3}};

    const std::vector<RocPoint> curve = rocCurve(pairs.rated(), 4.0);

    QCOMPARE(curve.size(), std::size_t{2}); // (0, 0) and (1, 1)
    QCOMPARE(areaUnder(curve), 0.5);
}

void PredictionCurvesTest::areaIsTheMeasureAuc()
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Pairs pairs = randomPairs(seed);
        pairs.predictions[seed] = std::nanf("");

        const double area = areaUnder(rocCurve(pairs.rated(), 4.0));

        QVERIFY(std::abs(area - rocAuc(pairs.rated(), 4.0)) < 1e-12);
    }
}

void PredictionCurvesTest::rocCountsAtEveryThreshold()
{
    const Pairs pairs = randomPairs(3);
    for (const RocPoint& point : rocCurve(pairs.rated(), 4.0)) {
        double right = 0.0;
        double wrong = 0.0;
        double rights = 0.0;
        for (std::size_t at = 0; at < pairs.truths.size(); ++at) {
            const bool isRelevant = pairs.truths[at] >= 4.0F;
            const bool said = static_cast<double>(pairs.predictions[at]) >= point.threshold;
            rights += isRelevant ? 1.0 : 0.0;
            right += said && isRelevant ? 1.0 : 0.0;
            wrong += said && !isRelevant ? 1.0 : 0.0;
        }
        QCOMPARE(point.truePositives, right / rights);
        QCOMPARE(point.falsePositives, wrong / (static_cast<double>(pairs.truths.size()) - rights));
    }
}

void PredictionCurvesTest::rocNeedsBothSides()
{
    const Pairs pairs{.truths = {1, 2}, .predictions = {1, 2}};

    QVERIFY(rocCurve(pairs.rated(), 5.0).empty());
    QVERIFY(rocCurve(pairs.rated(), 1.0).empty());
    QVERIFY(rocCurve({}, 1.0).empty());
    QVERIFY(std::isnan(areaUnder({})));
}

void PredictionCurvesTest::calibrationOfSixPairsIsDrawnByHand()
{
    const Pairs pairs{.truths = {5, 1, 3, 2, 4, 4}, .predictions = {4.5F, 1.0F, 3.0F, 2.0F, 3.5F, 4.0F}};

    const std::vector<CalibrationBin> curve = calibrationCurve(pairs.rated(), 3);

    QCOMPARE(curve.size(), std::size_t{3});
    QCOMPARE(curve[0].pairs, std::size_t{2}); // truths 1 and 2
    QCOMPARE(curve[0].low, 1.0);
    QCOMPARE(curve[0].high, 2.0);
    QCOMPARE(curve[0].meanPrediction, 1.5);
    QCOMPARE(curve[0].meanTruth, 1.5);
    QCOMPARE(curve[0].standardError, 0.5); // deviation sqrt(0.5), over sqrt(2)
    QCOMPARE(curve[1].meanPrediction, 3.25);
    QCOMPARE(curve[1].meanTruth, 3.5);
    QCOMPARE(curve[2].meanPrediction, 4.25);
    QCOMPARE(curve[2].meanTruth, 4.5);
}

void PredictionCurvesTest::equalPredictionsShareABin()
{
    const Pairs pairs{.truths = {1, 2, 3, 4, 5, 5}, .predictions = {3, 3, 3, 3, 3, 4}};

    const std::vector<CalibrationBin> curve = calibrationCurve(pairs.rated(), 3);

    QCOMPARE(curve.size(), std::size_t{2});
    QCOMPARE(curve[0].pairs, std::size_t{5});
    QCOMPARE(curve[0].meanTruth, 3.0);
    QCOMPARE(curve[1].pairs, std::size_t{1});
    QVERIFY(std::isnan(curve[1].standardError));
}

void PredictionCurvesTest::calibrationBinsHoldEveryPairOnce()
{
    for (const std::size_t bins : {std::size_t{1}, std::size_t{7}, std::size_t{10}, std::size_t{1000}}) {
        const Pairs pairs = randomPairs(bins);

        const std::vector<CalibrationBin> curve = calibrationCurve(pairs.rated(), bins);

        std::size_t count = 0;
        double truths = 0.0;
        for (std::size_t at = 0; at < curve.size(); ++at) {
            count += curve[at].pairs;
            truths += curve[at].meanTruth * static_cast<double>(curve[at].pairs);
            QVERIFY(at == 0 || curve[at - 1].high < curve[at].low);
            QVERIFY(curve[at].low <= curve[at].meanPrediction && curve[at].meanPrediction <= curve[at].high);
        }
        double all = 0.0;
        for (const float truth : pairs.truths) {
            all += static_cast<double>(truth);
        }
        QCOMPARE(count, pairs.truths.size());
        QVERIFY(curve.size() <= bins);
        QVERIFY(std::abs(truths - all) < 1e-9);
    }
}

void PredictionCurvesTest::honestPredictionsLieOnTheDiagonal()
{
    Random random(11);
    Pairs pairs;
    for (int at = 0; at < 40'000; ++at) {
        pairs.predictions.push_back(static_cast<float>(1.0 + 4.0 * random.uniform()));
        pairs.truths.push_back(pairs.predictions.back() + 0.5F * static_cast<float>(random.normal()));
    }

    const std::vector<CalibrationBin> curve = calibrationCurve(pairs.rated(), 10);

    QCOMPARE(curve.size(), std::size_t{10});
    for (const CalibrationBin& bin : curve) {
        QCOMPARE(bin.pairs, std::size_t{4000});
        QVERIFY(std::abs(bin.meanTruth - bin.meanPrediction) < 5.0 * bin.standardError);
        // The truths of a bin spread by the noise and by the width of the bin, 0.4.
        const double spread = std::sqrt(0.25 + 0.16 / 12.0);
        QVERIFY(std::abs(bin.standardError * std::sqrt(4000.0) - spread) < 0.03);
    }
}

void PredictionCurvesTest::whatIsNotANumberIsLeftOut()
{
    const Pairs pairs{.truths = {1, 2, 5}, .predictions = {1, std::nanf(""), 4}};

    const std::vector<CalibrationBin> curve = calibrationCurve(pairs.rated(), 1);

    QCOMPARE(curve.size(), std::size_t{1});
    QCOMPARE(curve[0].pairs, std::size_t{2});
    QCOMPARE(curve[0].meanTruth, 3.0);
    QVERIFY(calibrationCurve({}, 10).empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::PredictionCurvesTest)
#include "PredictionCurvesTest.moc"
