#include "core/base/Curves.h"
#include "core/base/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace transept;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

std::vector<double> placesUpTo(std::size_t count)
{
    std::vector<double> x(count);
    for (std::size_t at = 0; at < count; ++at) {
        x[at] = static_cast<double>(at);
    }
    return x;
}

} // namespace

class CurvesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smoothedValueIsTheWeightedMeanOfAllBefore();
    void constantStaysConstant();
    void withoutSmoothingNothingChanges();
    void averageGoesOnBehindAGap();
    void viewKeepsOneNeighbourOnEachSide();
    void curveIsCutAtItsGaps();
    void shortCurveKeepsEveryPoint();
    void noExtremeIsLost();
};

void CurvesTest::smoothedValueIsTheWeightedMeanOfAllBefore()
{
    const std::vector<double> values{4.0, 2.0, 7.0, 1.0};
    const double smoothing = 0.6;
    const std::vector<double> smooth = curves::smoothed(values, smoothing);
    for (std::size_t at = 0; at < values.size(); ++at) {
        double sum = 0.0;
        double weights = 0.0;
        for (std::size_t before = 0; before <= at; ++before) {
            const double weight = std::pow(smoothing, static_cast<double>(at - before));
            sum += weight * values[before];
            weights += weight;
        }
        QVERIFY(std::abs(smooth[at] - sum / weights) < 1e-12);
    }
    QCOMPARE(smooth.front(), 4.0); // no pull towards zero at the start
}

void CurvesTest::constantStaysConstant()
{
    for (const double value : curves::smoothed(std::vector<double>(50, 0.3), 0.97)) {
        QVERIFY(std::abs(value - 0.3) < 1e-12);
    }
}

void CurvesTest::withoutSmoothingNothingChanges()
{
    const std::vector<double> values{1.0, -2.0, 1e300};
    QCOMPARE(curves::smoothed(values, 0.0), values);
}

void CurvesTest::averageGoesOnBehindAGap()
{
    const auto smooth = curves::smoothed(std::vector<double>{2.0, gap, 2.0, 6.0}, 0.5);
    QVERIFY(std::isnan(smooth[1]));
    QCOMPARE(smooth[2], 2.0);
    QVERIFY(smooth[3] > 2.0 && smooth[3] < 6.0);
}

void CurvesTest::viewKeepsOneNeighbourOnEachSide()
{
    const std::vector<double> x{0.0, 1.0, 2.0, 3.0, 4.0};
    QCOMPARE(curves::visiblePlaces(x, 1.5, 2.5), (std::pair<std::size_t, std::size_t>{1, 4}));
    QCOMPARE(curves::visiblePlaces(x, -5.0, 9.0), (std::pair<std::size_t, std::size_t>{0, 5}));
}

void CurvesTest::curveIsCutAtItsGaps()
{
    const std::vector<double> y{gap, 1.0, 2.0, gap, gap, 3.0};
    const auto pieces = curves::pieces(placesUpTo(6), y, 0.0, 5.0, 100);
    QCOMPARE(pieces.size(), std::size_t{2});
    QCOMPARE(pieces[0], (std::vector<curves::Point>{{1.0, 1.0}, {2.0, 2.0}}));
    QCOMPARE(pieces[1], (std::vector<curves::Point>{{5.0, 3.0}}));
}

void CurvesTest::shortCurveKeepsEveryPoint()
{
    const auto pieces = curves::pieces(placesUpTo(30), std::vector<double>(30, 1.0), 0.0, 29.0, 10);
    QCOMPARE(pieces.front().size(), std::size_t{30});
}

void CurvesTest::noExtremeIsLost()
{
    constexpr std::size_t count = 100'000;
    constexpr std::size_t columns = 250;
    const std::vector<double> x = placesUpTo(count);
    std::vector<double> y(count);
    Random random(7, 0);
    for (double& value : y) {
        value = random.normal();
    }
    const auto pieces = curves::pieces(x, y, 0.0, static_cast<double>(count - 1), columns);
    QCOMPARE(pieces.size(), std::size_t{1});
    const std::vector<curves::Point>& drawn = pieces.front();
    QVERIFY(drawn.size() <= 4 * (columns + 1));
    QVERIFY(std::ranges::is_sorted(drawn, {}, &curves::Point::x));
    const double width = static_cast<double>(count - 1) / columns;
    for (std::size_t column = 0; column < columns; ++column) {
        const auto isIn = [&](double place) {
            return std::floor(place / width) == static_cast<double>(column);
        };
        double lowest = std::numeric_limits<double>::infinity();
        double highest = -lowest;
        for (std::size_t at = 0; at < count; ++at) {
            if (isIn(x[at])) {
                lowest = std::min(lowest, y[at]);
                highest = std::max(highest, y[at]);
            }
        }
        const auto has = [&](double value) {
            return std::ranges::any_of(
                drawn, [&](const curves::Point& point) { return point.y == value && isIn(point.x); });
        };
        QVERIFY(has(lowest) && has(highest));
    }
}

QTEST_GUILESS_MAIN(CurvesTest)
#include "CurvesTest.moc"
