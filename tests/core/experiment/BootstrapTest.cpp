#include "core/experiment/Bootstrap.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {

class BootstrapTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void intervalOfAMeanAgreesWithTheNormalOne();
    void usersWithoutAValueAreLeftOut();
    void rootOfWeightedSquaresIsTheRmse();
    void threadsDoNotChangeABit();
    void seriesWithoutValuesHaveNoInterval();
    void stopIsHeard();

private:
    static UserSeries normalSeries(std::size_t users, std::uint64_t seed);
};

UserSeries BootstrapTest::normalSeries(std::size_t users, std::uint64_t seed)
{
    Random random(seed);
    UserSeries series;
    for (std::size_t user = 0; user < users; ++user) {
        series.weighted.push_back(static_cast<float>(2.0 + random.normal()));
    }
    return series;
}

void BootstrapTest::intervalOfAMeanAgreesWithTheNormalOne()
{
    constexpr std::size_t users = 5000;
    const std::vector series{normalSeries(users, 1)};
    double mean = 0.0;
    double squares = 0.0;
    for (const float each : series[0].weighted) {
        mean += static_cast<double>(each) / users;
        squares += static_cast<double>(each * each) / users;
    }
    const double error = std::sqrt((squares - mean * mean) / users);

    const auto interval = bootstrapIntervals(series, {}).value().front();

    QVERIFY(std::abs(interval.first - (mean - 1.96 * error)) < 0.25 * error);
    QVERIFY(std::abs(interval.second - (mean + 1.96 * error)) < 0.25 * error);
    QVERIFY(std::abs(figureOf(series[0]) - mean) < 1e-6);
}

void BootstrapTest::usersWithoutAValueAreLeftOut()
{
    const UserSeries plain = normalSeries(1000, 2);
    UserSeries padded = plain;
    padded.weights.assign(1000, 1.0F);
    padded.weighted.resize(3000);
    padded.weights.resize(3000);

    const auto interval = bootstrapIntervals(std::vector{padded}, {}).value().front();

    const auto expected = bootstrapIntervals(std::vector{plain}, {}).value().front();
    const double width = expected.second - expected.first;
    QVERIFY(std::abs(interval.first - expected.first) < 0.15 * width);
    QVERIFY(std::abs(interval.second - expected.second) < 0.15 * width);
}

void BootstrapTest::rootOfWeightedSquaresIsTheRmse()
{
    const UserSeries series{.weighted = {2.0F, 6.0F, 1.0F}, .weights = {2.0F, 3.0F, 1.0F}, .root = true};

    QCOMPARE(figureOf(series), std::sqrt(9.0 / 6.0));
    const auto interval = bootstrapIntervals(std::vector{series}, {}).value().front();
    QCOMPARE(interval.first, 1.0);
    QCOMPARE(interval.second, std::sqrt(2.0));
}

void BootstrapTest::threadsDoNotChangeABit()
{
    const std::vector series{normalSeries(3000, 3), normalSeries(3000, 4)};

    setThreadCount(1);
    const auto one = bootstrapIntervals(series, {}).value();
    setThreadCount(2);
    const auto two = bootstrapIntervals(series, {}).value();
    setThreadCount(0);

    QVERIFY(one == two);
}

void BootstrapTest::seriesWithoutValuesHaveNoInterval()
{
    const UserSeries none{.weighted = {0.0F, 0.0F}, .weights = {0.0F, 0.0F}};

    const auto interval = bootstrapIntervals(std::vector{none}, {}).value().front();

    QVERIFY(std::isnan(interval.first));
    QVERIFY(std::isnan(interval.second));
    QVERIFY(bootstrapIntervals({}, {}).value().empty());
}

void BootstrapTest::stopIsHeard()
{
    std::stop_source stop;
    stop.request_stop();

    const auto intervals = bootstrapIntervals(std::vector{normalSeries(1000, 5)}, {.stop = stop.get_token()});

    QCOMPARE(intervals.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::BootstrapTest)
#include "BootstrapTest.moc"
