#include "core/experiment/Wilcoxon.h"

#include "core/base/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {

class WilcoxonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallSamplesHaveThePublishedValues_data();
    void smallSamplesHaveThePublishedValues();
    void exactValueIsTheShareOfAllSigns();
    void approximationAgreesWithTheFormula();
    void noDifferenceGivesOne();
    void swappingTheRunsChangesNothing();
    void holmMultipliesStepByStep();
    void holmLeavesMissingTestsOut();
};

namespace {

double rankOf(const std::vector<double>& differences, std::size_t at)
{
    double below = 0.0;
    double equal = 0.0;
    for (const double each : differences) {
        below += std::abs(each) < std::abs(differences[at]) ? 1.0 : 0.0;
        equal += std::abs(each) == std::abs(differences[at]) ? 1.0 : 0.0;
    }
    return below + (equal + 1.0) / 2.0;
}

/// Slow and literal: every assignment of signs is tried.
double byAllSigns(const std::vector<double>& differences)
{
    std::vector<double> ranks;
    double observed = 0.0;
    double total = 0.0;
    for (std::size_t at = 0; at < differences.size(); ++at) {
        ranks.push_back(rankOf(differences, at));
        total += ranks.back();
        observed += differences[at] > 0.0 ? ranks.back() : 0.0;
    }
    const std::uint64_t signs = std::uint64_t{1} << differences.size();
    double asFar = 0.0;
    for (std::uint64_t sign = 0; sign < signs; ++sign) {
        double sum = 0.0;
        for (std::size_t at = 0; at < ranks.size(); ++at) {
            sum += (sign >> at & 1U) != 0 ? ranks[at] : 0.0;
        }
        asFar += std::abs(sum - total / 2.0) >= std::abs(observed - total / 2.0) - 1e-9 ? 1.0 : 0.0;
    }
    return asFar / static_cast<double>(signs);
}

std::vector<double> randomDifferences(std::size_t count, std::uint64_t seed, bool ties)
{
    Random random(seed);
    std::vector<double> differences;
    for (std::size_t at = 0; at < count; ++at) {
        const double value = random.normal() + 0.3;
        differences.push_back(ties ? std::round(value * 2.0) / 2.0 : value);
    }
    std::erase(differences, 0.0);
    return differences;
}

} // namespace

void WilcoxonTest::smallSamplesHaveThePublishedValues_data()
{
    QTest::addColumn<std::vector<double>>("differences");
    QTest::addColumn<double>("expected");

    // Five differences of one sign: 2 / 2^5. The smallest rank against the rest of six: 2 * 2 / 2^6.
    QTest::newRow("all of one sign") << std::vector{1.0, 2.0, 3.0, 4.0, 5.0} << 0.0625;
    QTest::newRow("the smallest differs") << std::vector{-1.0, 2.0, 3.0, 4.0, 5.0, 6.0} << 0.0625;
    // Darwin's maize plants, crossed against self-fertilised (eighths of an inch): W = 96 of 120, p =
    // 0.04126.
    QTest::newRow("Darwin's plants") << std::vector{49.0,
                                                    -67.0,
                                                    8.0,
                                                    16.0,
                                                    6.0,
                                                    23.0,
                                                    28.0,
                                                    41.0,
                                                    14.0,
                                                    29.0,
                                                    56.0,
                                                    24.0,
                                                    75.0,
                                                    60.0,
                                                    -48.0}
                                     << 0.041259765625;
}

void WilcoxonTest::smallSamplesHaveThePublishedValues()
{
    QFETCH(std::vector<double>, differences);
    QFETCH(double, expected);

    QCOMPARE(wilcoxon(differences), expected);
}

void WilcoxonTest::exactValueIsTheShareOfAllSigns()
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const std::vector<double> differences = randomDifferences(2 + seed % 11, seed, seed % 2 == 0);
        QVERIFY(std::abs(wilcoxon(differences) - (differences.empty() ? 1.0 : byAllSigns(differences))) <
                1e-12);
    }
}

void WilcoxonTest::approximationAgreesWithTheFormula()
{
    for (const bool ties : {false, true}) {
        const std::vector<double> differences = randomDifferences(400, 7, ties);
        const auto n = static_cast<double>(differences.size());
        double positive = 0.0;
        double squaredRanks = 0.0; // their quarter is the variance, ties or not
        for (std::size_t at = 0; at < differences.size(); ++at) {
            const double rank = rankOf(differences, at);
            positive += differences[at] > 0.0 ? rank : 0.0;
            squaredRanks += rank * rank;
        }
        const double distance = std::abs(positive - n * (n + 1.0) / 4.0) - 0.5;
        const double expected = std::erfc(distance / std::sqrt(squaredRanks / 4.0) / std::sqrt(2.0));

        QVERIFY(std::abs(wilcoxon(differences) - expected) < 1e-12);
    }
}

void WilcoxonTest::noDifferenceGivesOne()
{
    QCOMPARE(wilcoxon({}), 1.0);
    QCOMPARE(wilcoxon(std::vector{0.0, 0.0}), 1.0);
}

void WilcoxonTest::swappingTheRunsChangesNothing()
{
    std::vector<double> differences = randomDifferences(300, 3, true);
    const double there = wilcoxon(differences);
    for (double& each : differences) {
        each = -each;
    }

    QCOMPARE(wilcoxon(differences), there);
}

void WilcoxonTest::holmMultipliesStepByStep()
{
    const std::vector<double> corrected = holm(std::vector{0.01, 0.04, 0.03, 0.005});

    const std::vector<double> expected{0.03, 0.06, 0.06, 0.02};
    for (std::size_t at = 0; at < expected.size(); ++at) {
        QVERIFY(std::abs(corrected[at] - expected[at]) < 1e-15);
    }
}

void WilcoxonTest::holmLeavesMissingTestsOut()
{
    const std::vector<double> corrected =
        holm(std::vector{0.02, std::numeric_limits<double>::quiet_NaN(), 0.9});

    QCOMPARE(corrected[0], 0.04);
    QVERIFY(std::isnan(corrected[1]));
    QCOMPARE(corrected[2], 0.9);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::WilcoxonTest)
#include "WilcoxonTest.moc"
