#include "core/evaluation/RatingMeasures.h"

#include "core/base/Random.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {

class RatingMeasuresTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsOfFourPairs();
    void withoutPairsNothingApplies();
    void intervalsOfFourPairs();
    void classesAtAThreshold_data();
    void classesAtAThreshold();
    void aucCountsPairsInTheRightOrder();
    void logLossReadsThePlaceOnTheScaleAsAChance();
};

namespace {

const double none = std::nan("");

} // namespace

void RatingMeasuresTest::errorsOfFourPairs()
{
    const std::vector<float> truths{5, 3, 1, 4};
    const std::vector<float> predictions{4, 3.5, 3, 4};
    const RatedPairs pairs{truths, predictions};

    QCOMPARE(meanSquaredError(pairs), (1.0 + 0.25 + 4.0) / 4.0);
    QCOMPARE(meanAbsoluteError(pairs), 3.5 / 4.0);
}

void RatingMeasuresTest::withoutPairsNothingApplies()
{
    QVERIFY(std::isnan(meanSquaredError({})));
    QVERIFY(std::isnan(meanAbsoluteError({})));
    QVERIFY(std::isnan(accuracy(confusionAt({}, 3.0))));
    QVERIFY(std::isnan(rocAuc({}, 3.0)));
    QVERIFY(std::isnan(logLoss({}, 3.0, 1.0, 5.0)));
    QVERIFY(std::isnan(intervalCoverage({}, {})));
}

/// Half widths 1.96 times .3, 1, .01 and 1.1 are .588, 1.960, .020 and 2.156; off are .5, 1.97, .1 and 2.
void RatingMeasuresTest::intervalsOfFourPairs()
{
    const std::vector<float> truths{3, 4, 5, 1};
    const std::vector<float> predictions{3.5, 2.03F, 4.9F, 3};
    std::vector<float> deviations{0.3F, 1, 0.01F, 1.1F};

    QCOMPARE(intervalCoverage({truths, predictions}, deviations), 0.5);
    deviations[1] = 1.01F; // 1.980
    QCOMPARE(intervalCoverage({truths, predictions}, deviations), 0.75);
    deviations[2] = std::nanf("");
    QVERIFY(std::isnan(intervalCoverage({truths, predictions}, deviations)));
}

void RatingMeasuresTest::classesAtAThreshold_data()
{
    using Values = std::vector<float>;
    QTest::addColumn<Values>("truths");
    QTest::addColumn<Values>("predictions");
    QTest::addColumn<double>("accuracyExpected");
    QTest::addColumn<double>("precisionExpected");
    QTest::addColumn<double>("recallExpected");
    QTest::addColumn<double>("f1Expected");

    QTest::newRow("all right") << Values{5, 1} << Values{4, 2} << 1.0 << 1.0 << 1.0 << 1.0;
    QTest::newRow("the threshold itself is relevant")
        << Values{4, 4} << Values{4, 3.9F} << 0.5 << 1.0 << 0.5 << 2.0 / 3.0;
    QTest::newRow("one of each") << Values{5, 5, 1, 1} << Values{5, 1, 5, 1} << 0.5 << 0.5 << 0.5 << 0.5;
    QTest::newRow("nothing said") << Values{5, 1} << Values{1, 1} << 0.5 << 0.0 << 0.0 << 0.0;
    QTest::newRow("nothing to find") << Values{1, 2} << Values{5, 1} << 0.5 << none << none << none;
    QTest::newRow("not a number says no")
        << Values{5, 1} << Values{std::nanf(""), std::nanf("")} << 0.5 << 0.0 << 0.0 << 0.0;
}

void RatingMeasuresTest::classesAtAThreshold()
{
    QFETCH(std::vector<float>, truths);
    QFETCH(std::vector<float>, predictions);
    QFETCH(double, accuracyExpected);
    QFETCH(double, precisionExpected);
    QFETCH(double, recallExpected);
    QFETCH(double, f1Expected);

    const Confusion confusion = confusionAt({truths, predictions}, 4.0);

    QCOMPARE(accuracy(confusion), accuracyExpected);
    QCOMPARE(precision(confusion), precisionExpected);
    QCOMPARE(recall(confusion), recallExpected);
    QCOMPARE(f1(confusion), f1Expected);
}

void RatingMeasuresTest::aucCountsPairsInTheRightOrder()
{
    Random random(1);
    std::vector<float> truths;
    std::vector<float> predictions;
    for (int at = 0; at < 300; ++at) {
        truths.push_back(static_cast<float>(1 + random.below(5)));
        predictions.push_back(static_cast<float>(random.below(20)) / 4.0F); // with ties
    }
    predictions[7] = std::nanf("");
    double wins = 0.0;
    double pairs = 0.0;
    for (std::size_t a = 0; a < truths.size(); ++a) {
        for (std::size_t b = 0; b < truths.size(); ++b) {
            if (truths[a] >= 4.0F && truths[b] < 4.0F) {
                const float left = std::isnan(predictions[a]) ? -1.0F : predictions[a];
                const float right = std::isnan(predictions[b]) ? -1.0F : predictions[b];
                wins += left > right ? 1.0 : left == right ? 0.5 : 0.0;
                pairs += 1.0;
            }
        }
    }

    QCOMPARE(rocAuc({truths, predictions}, 4.0), wins / pairs);
    QVERIFY(std::isnan(rocAuc({truths, predictions}, 6.0)));
    QVERIFY(std::isnan(rocAuc({truths, predictions}, 0.0)));
}

void RatingMeasuresTest::logLossReadsThePlaceOnTheScaleAsAChance()
{
    const std::vector<float> truths{5, 2};
    const std::vector<float> predictions{4, 2};

    QCOMPARE(logLoss({truths, predictions}, 4.0, 1.0, 5.0), -(std::log(0.75) + std::log(0.75)) / 2.0);

    const std::vector<float> sure{1, 1}; // surely wrong is very bad, but not infinitely so
    QCOMPARE(logLoss({truths, sure}, 4.0, 1.0, 5.0),
             -(std::log(std::pow(2.0, -23)) + std::log(1.0 - std::pow(2.0, -23))) / 2.0);
    QVERIFY(std::isnan(logLoss({truths, predictions}, 4.0, 3.0, 3.0)));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RatingMeasuresTest)
#include "RatingMeasuresTest.moc"
