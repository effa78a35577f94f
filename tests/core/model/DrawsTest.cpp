#include "core/model/Draws.h"

#include <Eigen/LU>
#include <QtTest/QTest>

#include <cmath>
#include <vector>

using namespace transept;

class DrawsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void normalsFillTheBellCurve();
    void normalsReachTheTailAsOftenAsTheyShould();
    void gammaHasItsMoments_data();
    void gammaHasItsMoments();
    void wishartHasItsMoments();
    void priorHasTheMomentsOfItsDistribution_data();
    void priorHasTheMomentsOfItsDistribution();
};

namespace {

constexpr int draws = 1'000'000;

double belowProbability(double x)
{
    return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// Mean and variance of what is added.
struct Tally
{
    double sum = 0.0;
    double squares = 0.0;
    int count = 0;

    void add(double value)
    {
        sum += value;
        squares += value * value;
        ++count;
    }
    double mean() const { return sum / count; }
    double variance() const { return squares / count - mean() * mean(); }
};

bool near(double value, double expected, double tolerance)
{
    const bool isNear = std::abs(value - expected) <= tolerance;
    if (!isNear) {
        qWarning("%g, expected %g within %g", value, expected, tolerance);
    }
    return isNear;
}

std::vector<float> normals(std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> values(draws);
    drawNormals(random, values);
    return values;
}

} // namespace

void DrawsTest::normalsFillTheBellCurve()
{
    constexpr int cells = 80; // of .1 each from -4 to 4
    std::vector<double> counts(cells + 2);
    for (const float value : normals(1)) {
        const double cell = std::floor((static_cast<double>(value) + 4.0) * 10.0) + 1.0;
        ++counts[static_cast<std::size_t>(std::clamp(cell, 0.0, cells + 1.0))];
    }

    double statistic = 0.0;
    for (int cell = 0; cell <= cells + 1; ++cell) {
        const double low = cell == 0 ? 0.0 : belowProbability(-4.0 + 0.1 * (cell - 1));
        const double high = cell == cells + 1 ? 1.0 : belowProbability(-4.0 + 0.1 * cell);
        const double expected = draws * (high - low);
        const double off = counts[static_cast<std::size_t>(cell)] - expected;
        statistic += off * off / expected;
    }
    constexpr double freedom = cells + 1.0;
    QVERIFY2(statistic < freedom + 5.0 * std::sqrt(2.0 * freedom), qPrintable(QString::number(statistic)));
}

void DrawsTest::normalsReachTheTailAsOftenAsTheyShould()
{
    const std::vector<float> values = normals(2);
    for (const double edge : {3.7, 4.0, 4.5}) { // beyond the last layer, which ends at 3.654
        const auto beyond = std::ranges::count_if(
            values, [&](float value) { return std::abs(static_cast<double>(value)) > edge; });
        const double expected = draws * 2.0 * belowProbability(-edge);
        QVERIFY(near(static_cast<double>(beyond), expected, 5.0 * std::sqrt(expected)));
    }
}

void DrawsTest::gammaHasItsMoments_data()
{
    QTest::addColumn<double>("shape");
    for (const double shape : {0.5, 1.0, 3.7, 1000.0}) {
        QTest::addRow("%g", shape) << shape;
    }
}

void DrawsTest::gammaHasItsMoments()
{
    QFETCH(double, shape);
    constexpr int count = 200'000;
    Random random(3);
    Tally tally;

    for (int draw = 0; draw < count; ++draw) {
        const double value = drawGamma(random, shape);
        QVERIFY(value > 0.0);
        tally.add(value);
    }

    // Of n draws the mean scatters by sqrt(a / n), the variance by a sqrt((2 + 6 / a) / n).
    QVERIFY(near(tally.mean(), shape, 5.0 * std::sqrt(shape / count)));
    QVERIFY(near(tally.variance(), shape, 5.0 * shape * std::sqrt((2.0 + 6.0 / shape) / count)));
}

void DrawsTest::wishartHasItsMoments()
{
    constexpr int count = 50'000;
    constexpr double freedom = 5.0;
    Eigen::Matrix3d root;
    root << 1.0, 0.3, 0.0, 0.0, 0.8, -0.5, 0.2, 0.0, 1.5;
    const Eigen::Matrix3d scale = root * root.transpose();
    Random random(4);
    Tally tallies[3][3];

    for (int draw = 0; draw < count; ++draw) {
        const Eigen::MatrixXd value = drawWishart(random, root, freedom);
        for (Eigen::Index row = 0; row < 3; ++row) {
            for (Eigen::Index column = 0; column < 3; ++column) {
                tallies[row][column].add(value(row, column));
            }
        }
    }

    for (Eigen::Index row = 0; row < 3; ++row) {
        for (Eigen::Index column = 0; column < 3; ++column) {
            const Tally& tally = tallies[row][column];
            const double variance =
                freedom * (scale(row, column) * scale(row, column) + scale(row, row) * scale(column, column));
            QVERIFY(near(tally.mean(), freedom * scale(row, column), 5.0 * std::sqrt(variance / count)));
            QVERIFY(near(tally.variance(), variance, 0.06 * variance));
        }
    }
}

void DrawsTest::priorHasTheMomentsOfItsDistribution_data()
{
    QTest::addColumn<int>("aroundZero");
    QTest::newRow("rows alone") << 0;
    QTest::newRow("with 5 rows around 0") << 5;
}

/// Salakhutdinov and Mnih 2008, equation 14, with mu0 = 0, W0 = I / scatter, nu0 = D, beta0 = weight; each
/// row z around 0 adds zz' to the inverse scale and 1 to the degrees of freedom.
void DrawsTest::priorHasTheMomentsOfItsDistribution()
{
    QFETCH(int, aroundZero);
    constexpr int count = 50'000;
    constexpr double scatter = 2.0;
    constexpr double weight = 3.0;
    const std::vector<Eigen::Vector2d> rows{
        {1.0, 0.5}, {2.0, -0.5}, {0.0, 0.2}, {1.5, 1.0}, {0.7, 0.1}, {1.1, -1.2}};
    const auto known = static_cast<double>(rows.size());
    Moments moments{.count = known, .sum = Eigen::Vector2d::Zero(), .products = Eigen::Matrix2d::Zero()};
    for (const Eigen::Vector2d& row : rows) {
        moments.sum += row;
        moments.products += row * row.transpose();
    }
    const Eigen::Vector2d mean = moments.sum / known;
    Eigen::Matrix2d inverseScale = scatter * Eigen::Matrix2d::Identity();
    for (const Eigen::Vector2d& row : rows) {
        inverseScale += (row - mean) * (row - mean).transpose();
    }
    inverseScale += weight * known / (weight + known) * mean * mean.transpose();
    Moments zero{.count = static_cast<double>(aroundZero), .sum = {}, .products = Eigen::Matrix2d::Zero()};
    for (int row = 0; row < aroundZero; ++row) {
        const Eigen::Vector2d z(0.4 * row - 1.0, 0.9 - 0.3 * row);
        zero.products += z * z.transpose();
    }
    inverseScale += zero.products;
    const Eigen::Matrix2d scale = inverseScale.inverse();
    const double freedom = 2.0 + known + aroundZero;

    Random random(5);
    Eigen::Matrix2d precisions = Eigen::Matrix2d::Zero();
    Eigen::Vector2d means = Eigen::Vector2d::Zero();
    Eigen::Matrix2d products = Eigen::Matrix2d::Zero();
    for (int draw = 0; draw < count; ++draw) {
        const GaussianPrior prior = drawPrior(random, moments, scatter, weight, zero);
        precisions += prior.precision / count;
        means += prior.mean / count;
        products += prior.mean * prior.mean.transpose() / count;
    }

    const Eigen::Vector2d centre = known * mean / (weight + known);
    const Eigen::Matrix2d spread = inverseScale / (weight + known) / (freedom - 3.0); // nu - D - 1
    const Eigen::Matrix2d covariance = products - means * means.transpose();
    for (Eigen::Index row = 0; row < 2; ++row) {
        QVERIFY(near(means[row], centre[row], 5.0 * std::sqrt(spread(row, row) / count)));
        for (Eigen::Index column = 0; column < 2; ++column) {
            const double size = std::sqrt(scale(row, row) * scale(column, column));
            QVERIFY(near(precisions(row, column), freedom * scale(row, column), 0.02 * freedom * size));
            const double width = std::sqrt(spread(row, row) * spread(column, column));
            QVERIFY(near(covariance(row, column), spread(row, column), 0.05 * width));
        }
    }
}

QTEST_GUILESS_MAIN(DrawsTest)
#include "DrawsTest.moc"
