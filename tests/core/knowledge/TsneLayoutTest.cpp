#include "core/knowledge/TsneLayout.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Temporary.h"
#include "tests/support/VectorWidths.h"

#include <QtTest/QTest>

#include <Eigen/Eigenvalues>

#include <cmath>
#include <numeric>

namespace transept {
namespace {

Matrix normals(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed, double scale = 1.0)
{
    Random random(seed);
    return Matrix::NullaryExpr(rows, columns, [&] { return static_cast<float>(scale * random.normal()); });
}

/// Clouds in a space of ten dimensions whose centres need more than two to be told apart; cloud = row %
/// clouds.
Matrix clouds(Eigen::Index rows, Eigen::Index count = 6)
{
    Matrix points = normals(rows, 10, 3, 0.35);
    for (Eigen::Index row = 0; row < rows; ++row) {
        points(row, row % count) += 3.0F;
    }
    return points;
}

/// The first two principal components, densely.
Matrix components(const Matrix& points)
{
    const Eigen::MatrixXd centred =
        points.cast<double>().rowwise() - points.cast<double>().colwise().mean().eval();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(centred.transpose() * centred);
    return (centred * eigen.eigenvectors().rightCols(2).rowwise().reverse()).cast<float>();
}

Eigen::MatrixXd dense(const SparseRows& rows)
{
    const auto count = static_cast<Eigen::Index>(rows.rowCount());
    Eigen::MatrixXd made = Eigen::MatrixXd::Zero(count, count);
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        for (std::size_t at = rows.starts[row]; at < rows.starts[row + 1]; ++at) {
            made(static_cast<Eigen::Index>(row), rows.columns[at]) = static_cast<double>(rows.values[at]);
        }
    }
    return made;
}

/// KL(P|Q) over all pairs, in double.
double slowDivergence(const Eigen::MatrixXd& p, const Eigen::MatrixXd& y)
{
    Eigen::MatrixXd q(p.rows(), p.cols());
    for (Eigen::Index a = 0; a < p.rows(); ++a) {
        for (Eigen::Index b = 0; b < p.cols(); ++b) {
            q(a, b) = a == b ? 0.0 : 1.0 / (1.0 + (y.row(a) - y.row(b)).squaredNorm());
        }
    }
    q /= q.sum();
    double sum = 0.0;
    for (Eigen::Index a = 0; a < p.rows(); ++a) {
        for (Eigen::Index b = 0; b < p.cols(); ++b) {
            sum += p(a, b) > 0.0 ? p(a, b) * std::log(p(a, b) / q(a, b)) : 0.0;
        }
    }
    return sum;
}

/// 4 sum_j (e p_ij - q_ij) (y_i - y_j) / (1 + d^2) over all pairs.
Eigen::MatrixXd slowGradient(const Eigen::MatrixXd& p, const Eigen::MatrixXd& y, double exaggeration)
{
    double z = 0.0;
    for (Eigen::Index a = 0; a < p.rows(); ++a) {
        for (Eigen::Index b = 0; b < p.cols(); ++b) {
            z += a == b ? 0.0 : 1.0 / (1.0 + (y.row(a) - y.row(b)).squaredNorm());
        }
    }
    Eigen::MatrixXd gradient = Eigen::MatrixXd::Zero(p.rows(), 2);
    for (Eigen::Index a = 0; a < p.rows(); ++a) {
        for (Eigen::Index b = 0; b < p.cols(); ++b) {
            const double near = 1.0 / (1.0 + (y.row(a) - y.row(b)).squaredNorm());
            gradient.row(a) += 4.0 * (exaggeration * p(a, b) - near / z) * near * (y.row(a) - y.row(b));
        }
    }
    return gradient;
}

/// How far near points of the picture were near before (Venna and Kaski 2001), for k neighbours.
double trustworthiness(const Matrix& points, const Matrix& picture, Eigen::Index k)
{
    const Eigen::Index count = points.rows();
    const auto ranked = [&](const Matrix& of, Eigen::Index row) {
        std::vector<Eigen::Index> order(static_cast<std::size_t>(count));
        std::iota(order.begin(), order.end(), Eigen::Index{0});
        std::erase(order, row);
        std::ranges::sort(
            order, {}, [&](Eigen::Index other) { return (of.row(row) - of.row(other)).squaredNorm(); });
        return order;
    };
    double penalty = 0.0;
    for (Eigen::Index row = 0; row < count; ++row) {
        const std::vector<Eigen::Index> before = ranked(points, row);
        const std::vector<Eigen::Index> after = ranked(picture, row);
        for (Eigen::Index at = 0; at < k; ++at) {
            const auto rank =
                std::ranges::find(before, after[static_cast<std::size_t>(at)]) - before.begin() + 1;
            penalty += std::max(0.0, static_cast<double>(rank - k));
        }
    }
    const auto n = static_cast<double>(count);
    const auto neighbours = static_cast<double>(k);
    return 1.0 - 2.0 / (n * neighbours * (2.0 * n - 3.0 * neighbours - 1.0)) * penalty;
}

} // namespace

class TsneLayoutTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void affinitiesHaveThePerplexityAskedFor();
    void exactGradientIsThatOverAllPairs();
    void gradientIsTheSlopeOfTheDivergence();
    void farPointsActTogether();
    void pointsThatCoincideAreNoTrouble();
    void divergenceFallsAndCloudsComeApart();
    void bitsDependNeitherOnThreadsNorOnTheProcessor();
    void fewPointsStayWhereTheyAre();
    void pointsThatAreNoNumbersAreRefused();
    void stopsWithinTheWork();
};

void TsneLayoutTest::affinitiesHaveThePerplexityAskedFor()
{
    const Matrix points = normals(120, 6, 1);
    constexpr double perplexity = 12.0;

    const auto affinities = tsneAffinities(points, perplexity, {});

    QVERIFY_OK(affinities);
    const Eigen::MatrixXd p = dense(*affinities);
    QVERIFY(std::abs(p.sum() - 1.0) < 1e-5);
    QVERIFY((p - p.transpose()).cwiseAbs().maxCoeff() < 1e-9);
    // Slowly: of every point the 36 nearest, beta by a scan that ever halves its step.
    Eigen::MatrixXd slow = Eigen::MatrixXd::Zero(120, 120);
    for (Eigen::Index row = 0; row < 120; ++row) {
        std::vector<std::pair<double, Eigen::Index>> near;
        for (Eigen::Index other = 0; other < 120; ++other) {
            if (other != row) {
                near.emplace_back((points.row(row) - points.row(other)).cast<double>().squaredNorm(), other);
            }
        }
        std::ranges::sort(near);
        near.resize(36);
        double low = 1e-9;
        double high = 1e9;
        for (int step = 0; step < 300; ++step) {
            const double beta = std::sqrt(low * high);
            double sum = 0.0;
            for (const auto& each : near) {
                sum += std::exp(-beta * each.first);
            }
            double entropy = 0.0;
            for (const auto& each : near) {
                const double share = std::exp(-beta * each.first) / sum;
                entropy -= share > 0.0 ? share * std::log2(share) : 0.0;
                slow(row, each.second) = share;
            }
            (entropy > std::log2(perplexity) ? low : high) = beta;
        }
    }
    const Eigen::MatrixXd expected = (slow + slow.transpose()) / 240.0;
    QVERIFY((p - expected).cwiseAbs().maxCoeff() < 1e-6);
}

void TsneLayoutTest::exactGradientIsThatOverAllPairs()
{
    const Matrix points = clouds(150);
    const auto affinities = tsneAffinities(points, 15.0, {});
    for (const double scale : {1e-4, 1.0, 30.0}) {
        const Matrix positions = normals(150, 2, 4, scale);
        for (const double exaggeration : {1.0, 12.0}) {
            const auto found = tsneGradient(*affinities, positions, exaggeration, 0.0, {});
            QVERIFY_OK(found);
            const Eigen::MatrixXd slow =
                slowGradient(dense(*affinities), positions.cast<double>(), exaggeration);
            QVERIFY((found->gradient.cast<double>() - slow).norm() < 1e-4 * slow.norm());
            const double divergence = slowDivergence(dense(*affinities), positions.cast<double>());
            QVERIFY(std::abs(found->divergence - divergence) < 1e-4 * divergence);
        }
    }
}

void TsneLayoutTest::gradientIsTheSlopeOfTheDivergence()
{
    const auto affinities = tsneAffinities(clouds(60), 8.0, {});
    const Matrix positions = normals(60, 2, 5, 3.0);
    const auto found = tsneGradient(*affinities, positions, 1.0, 0.0, {});
    // The affinities add up to 1 but for rounding, and the slope is that of a sum of exactly 1.
    Eigen::MatrixXd p = dense(*affinities);
    p /= p.sum();
    constexpr double step = 1e-4;
    for (const Eigen::Index point : {0, 17, 59}) {
        for (const Eigen::Index axis : {0, 1}) {
            Eigen::MatrixXd moved = positions.cast<double>();
            moved(point, axis) += step;
            const double above = slowDivergence(p, moved);
            moved(point, axis) -= 2.0 * step;
            const double slope = (above - slowDivergence(p, moved)) / (2.0 * step);
            QVERIFY(std::abs(static_cast<double>(found->gradient(point, axis)) - slope) < 1e-6);
        }
    }
}

void TsneLayoutTest::farPointsActTogether()
{
    const auto affinities = tsneAffinities(clouds(1500), 30.0, {});
    const Matrix positions = normals(1500, 2, 6, 20.0);
    const auto exact = tsneGradient(*affinities, positions, 1.0, 0.0, {});
    const auto fast = tsneGradient(*affinities, positions, 1.0, 0.5, {});

    QVERIFY_OK(fast);
    const double error =
        static_cast<double>((fast->gradient - exact->gradient).norm() / exact->gradient.norm());
    QVERIFY2(error < 0.01, qPrintable(QString::number(error)));
    QVERIFY(error > 0.0);
    QVERIFY(std::abs(fast->divergence - exact->divergence) < 0.01 * exact->divergence);
}

void TsneLayoutTest::pointsThatCoincideAreNoTrouble()
{
    Matrix points = clouds(200);
    points.topRows(100).rowwise() = points.row(0).eval();
    const auto affinities = tsneAffinities(points, 10.0, {});
    Matrix positions = normals(200, 2, 7);
    positions.topRows(90).setZero();

    const auto found = tsneGradient(*affinities, positions, 1.0, 0.0, {});
    const auto layout = tsneLayout(points, components(points), {.iterations = 100}, {});

    QVERIFY_OK(found);
    const Eigen::MatrixXd slow = slowGradient(dense(*affinities), positions.cast<double>(), 1.0);
    QVERIFY((found->gradient.cast<double>() - slow).norm() < 1e-4 * slow.norm());
    QVERIFY_OK(layout);
    QVERIFY(layout->positions.allFinite());
}

void TsneLayoutTest::divergenceFallsAndCloudsComeApart()
{
    const Matrix points = clouds(600);
    const Matrix start = components(points);
    double before = std::numeric_limits<double>::infinity();
    for (const int iterations : {260, 350, 750}) {
        const auto layout = tsneLayout(points, start, {.iterations = iterations}, {});
        QVERIFY_OK(layout);
        QVERIFY2(layout->divergence < before, qPrintable(QString::number(layout->divergence)));
        before = layout->divergence;
    }

    const auto layout = tsneLayout(points, start, {}, {});

    const double ours = trustworthiness(points, layout->positions, 10);
    const double linear = trustworthiness(points, start, 10);
    QVERIFY2(ours > 0.95 && ours > linear + 0.05, qPrintable(QStringLiteral("%1 %2").arg(ours).arg(linear)));
    int same = 0; // whose nearest point is of the same cloud
    for (Eigen::Index row = 0; row < points.rows(); ++row) {
        Eigen::Index nearest = row == 0 ? 1 : 0;
        for (Eigen::Index other = 0; other < points.rows(); ++other) {
            const auto away = [&](Eigen::Index to) {
                return (layout->positions.row(row) - layout->positions.row(to)).squaredNorm();
            };
            nearest = other != row && away(other) < away(nearest) ? other : nearest;
        }
        same += row % 6 == nearest % 6 ? 1 : 0;
    }
    QVERIFY(same > 595);
}

void TsneLayoutTest::bitsDependNeitherOnThreadsNorOnTheProcessor()
{
    const Matrix points = clouds(700);
    const Matrix start = components(points);
    const TsneOptions options{.iterations = 60, .earlyIterations = 30};
    setThreadCount(1);
    const auto once = tsneLayout(points, start, options, {});
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const auto again = tsneLayout(points, start, options, {});
        QVERIFY(again->positions == once->positions);
        QCOMPARE(again->divergence, once->divergence);
    }
    setThreadCount(0);
    const auto affinities = tsneAffinities(points, 30.0, {});
    const auto gradient = tsneGradient(*affinities, once->positions, 1.0, 0.5, {});
    for (const std::size_t bytes : test::vectorWidths()) {
        limitVectorBytes(bytes);
        QVERIFY(tsneGradient(*affinities, once->positions, 1.0, 0.5, {})->gradient == gradient->gradient);
    }
    limitVectorBytes(64);
}

void TsneLayoutTest::fewPointsStayWhereTheyAre()
{
    const Matrix start = normals(4, 2, 9);
    const auto layout = tsneLayout(normals(4, 3, 9), start, {}, {});
    QVERIFY_OK(layout);
    QVERIFY(layout->positions == start);
    QVERIFY_OK(tsneLayout(clouds(5), normals(5, 2, 9), {.iterations = 20}, {}));
    QVERIFY_OK(tsneLayout(Matrix(0, 3), Matrix(0, 2), {}, {}));
}

void TsneLayoutTest::pointsThatAreNoNumbersAreRefused()
{
    Matrix points = clouds(30);
    const Matrix start = components(points);
    for (const float odd :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        points(7, 3) = odd;
        QCOMPARE(tsneLayout(points, start, {}, {}).error().code, ErrorCode::InvalidInput);
    }
}

void TsneLayoutTest::stopsWithinTheWork()
{
    const Matrix points = clouds(300);
    std::stop_source source;
    int reports = 0;
    const JobContext job{.stop = source.get_token(), .progress = [&](const Progress& progress) {
                             QVERIFY(progress.fraction >= 0.0 && progress.fraction <= 1.0);
                             if (++reports == 20) {
                                 source.request_stop();
                             }
                         }};

    const auto layout = tsneLayout(points, components(points), {}, job);

    QCOMPARE(layout.error().code, ErrorCode::Cancelled);
    QCOMPARE(reports, 20);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::TsneLayoutTest)
#include "TsneLayoutTest.moc"
