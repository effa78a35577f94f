#include "core/knowledge/TsneLayout.h"

#include "core/base/Lanes.h"
#include "core/base/Parallel.h"
#include "core/base/Processors.h"
#include "core/base/TaskGuard.h"
#include "core/knowledge/NearestLists.h"
#include "core/knowledge/QuadTree.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t pointsPerTask = 512;
constexpr std::size_t groupsPerTask = 64;
constexpr double startDeviation = 1e-4;

/// The conditional affinities of one point by its squared distances: p(j|i), the sum is 1.
void conditional(std::span<const double> squares, double perplexity, std::span<double> affinities)
{
    const double target = std::log(perplexity);
    const double nearest = *std::ranges::min_element(squares);
    double beta = 1.0;
    double low = 0.0;
    double high = std::numeric_limits<double>::infinity();
    for (int step = 0; step < 200; ++step) {
        double sum = 0.0;
        double weighted = 0.0;
        for (std::size_t at = 0; at < squares.size(); ++at) {
            affinities[at] = std::exp(-beta * (squares[at] - nearest));
            sum += affinities[at];
            weighted += affinities[at] * (squares[at] - nearest);
        }
        for (double& affinity : affinities) {
            affinity /= sum;
        }
        const double entropy = std::log(sum) + beta * weighted / sum; // in nats
        if (std::abs(entropy - target) < 1e-7 || beta > 1e30) {       // of equal distances it cannot be lower
            return;
        }
        (entropy > target ? low : high) = beta;
        beta = std::isinf(high) ? 2.0 * beta : 0.5 * (low + high);
    }
}

/// p(j|i) of every point, columns ascending.
Result<SparseRows> conditionalRows(const Matrix& points,
                                   const NearestLists& near,
                                   double perplexity,
                                   const JobContext& job)
{
    const auto count = static_cast<std::size_t>(points.rows());
    SparseRows rows{.columnCount = count};
    rows.columns = near.rows; // every list is full
    rows.values.resize(near.rows.size());
    rows.starts.resize(count + 1);
    for (std::size_t row = 0; row <= count; ++row) {
        rows.starts[row] = row * near.most;
    }
    TaskGuard guard(job);
    forEachBlock(count, pointsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        std::vector<double> squares(near.most);
        std::vector<double> affinities(near.most);
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            const std::span columns(rows.columns.data() + rows.starts[row], near.most);
            std::ranges::sort(columns);
            for (std::size_t at = 0; at < near.most; ++at) {
                squares[at] = static_cast<double>(
                    (points.row(static_cast<Eigen::Index>(row)) - points.row(columns[at])).squaredNorm());
            }
            conditional(squares, perplexity, affinities);
            for (std::size_t at = 0; at < near.most; ++at) {
                rows.values[rows.starts[row] + at] = static_cast<float>(affinities[at]);
            }
        }
    });
    const Status status = guard.status();
    return status ? Result<SparseRows>(std::move(rows)) : passOn(status);
}

/// factor * (a + b), whose columns ascend.
SparseRows sum(const SparseRows& a, const SparseRows& b, float factor)
{
    SparseRows total{.columnCount = a.columnCount};
    total.columns.reserve(a.columns.size() * 2);
    total.values.reserve(a.columns.size() * 2);
    for (std::size_t row = 0; row < a.rowCount(); ++row) {
        std::size_t at = a.starts[row];
        std::size_t other = b.starts[row];
        while (at < a.starts[row + 1] || other < b.starts[row + 1]) {
            const bool hasA = at < a.starts[row + 1];
            const bool hasB = other < b.starts[row + 1];
            const std::int32_t column = !hasB                              ? a.columns[at]
                                        : !hasA                            ? b.columns[other]
                                        : a.columns[at] < b.columns[other] ? a.columns[at]
                                                                           : b.columns[other];
            float value = 0.0F;
            if (hasA && a.columns[at] == column) {
                value += a.values[at++];
            }
            if (hasB && b.columns[other] == column) {
                value += b.values[other++];
            }
            total.add(column, factor * value);
        }
        total.endRow();
    }
    return total;
}

/// What pushes the points of a group apart: z = sum m q, (x, y) = sum m q^2 (y_i - y_j), q = 1 / (1 + d^2).
struct Repulsion
{
    float x[laneCount];
    float y[laneCount];
    float z[laneCount];
};

/// `here` holds the positions of the group's points, and anything behind them.
template<std::size_t Bytes>
[[gnu::always_inline]] inline void repel(const QuadTree::Actors& actors,
                                         const float* hereX,
                                         const float* hereY,
                                         Repulsion& out) noexcept
{
    using Lanes = LaneParts<float, Bytes>;
    Lanes x;
    Lanes y;
    x.load(hereX);
    y.load(hereY);
    Lanes forceX = {};
    Lanes forceY = {};
    Lanes z = {};
    for (std::size_t at = 0; at < actors.x.size(); ++at) {
#pragma GCC unroll 4
        for (std::size_t part = 0; part < Lanes::count; ++part) {
            const auto dx = x.parts[part] - actors.x[at];
            const auto dy = y.parts[part] - actors.y[at];
            const auto q = 1.0F / (1.0F + dx * dx + dy * dy);
            const auto mass = q * actors.mass[at];
            const auto pull = mass * q;
            z.parts[part] += mass;
            forceX.parts[part] += pull * dx;
            forceY.parts[part] += pull * dy;
        }
    }
    forceX.store(out.x);
    forceY.store(out.y);
    z.store(out.z);
}

void repelGroup(const QuadTree& tree,
                const QuadTree::Group& group,
                const QuadTree::Actors& actors,
                Repulsion& out)
{
    float x[laneCount] = {};
    float y[laneCount] = {};
    for (std::uint32_t place = group.first; place < group.last; ++place) {
        x[place - group.first] = tree.x(place);
        y[place - group.first] = tree.y(place);
    }
    atThisWidth(EVERY_WIDTH_OF(repel),
                std::cref(actors),
                static_cast<const float*>(x),
                static_cast<const float*>(y),
                std::ref(out));
}

/// Fills `forces` with sum_j q^2 (y_i - y_j) and returns Z = sum over all pairs of q.
double repulsion(const QuadTree& tree, float theta, Matrix& forces, TaskGuard& guard)
{
    std::vector<double> parts((tree.groups().size() + groupsPerTask - 1) / groupsPerTask);
    forEachBlock(
        tree.groups().size(), groupsPerTask, [&](std::size_t block, std::size_t first, std::size_t last) {
            QuadTree::Actors actors;
            Repulsion sums;
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                const QuadTree::Group& group = tree.groups()[at];
                tree.actorsOn(group, theta, actors);
                repelGroup(tree, group, actors, sums);
                for (std::uint32_t place = group.first; place < group.last; ++place) {
                    const std::uint32_t lane = place - group.first;
                    forces(tree.point(place), 0) = sums.x[lane];
                    forces(tree.point(place), 1) = sums.y[lane];
                    parts[block] += static_cast<double>(sums.z[lane]) - 1.0; // without itself
                }
            }
        });
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

/// Adds up sum_j p_ij q (y_i - y_j) for the points of a block, and the divergence but for the logarithm of Z.
double attractBlock(const SparseRows& affinities,
                    const Matrix& positions,
                    std::pair<std::size_t, std::size_t> range,
                    bool wantsDivergence,
                    Matrix& forces)
{
    double divergence = 0.0;
    const float* all = positions.data();
    for (std::size_t point = range.first; point < range.second; ++point) {
        const float x = all[2 * point];
        const float y = all[2 * point + 1];
        float forceX = 0.0F;
        float forceY = 0.0F;
        for (std::size_t at = affinities.starts[point]; at < affinities.starts[point + 1]; ++at) {
            const auto other = static_cast<std::size_t>(affinities.columns[at]);
            const float dx = x - all[2 * other];
            const float dy = y - all[2 * other + 1];
            const float inverse = 1.0F + dx * dx + dy * dy;
            const float pull = affinities.values[at] / inverse;
            forceX += pull * dx;
            forceY += pull * dy;
            if (wantsDivergence && affinities.values[at] > 0.0F) {
                const auto p = static_cast<double>(affinities.values[at]);
                divergence += p * std::log(p * static_cast<double>(inverse)); // p ln(p / q) without Z
            }
        }
        forces(static_cast<Eigen::Index>(point), 0) = forceX;
        forces(static_cast<Eigen::Index>(point), 1) = forceY;
    }
    return divergence;
}

double attraction(const SparseRows& affinities,
                  const Matrix& positions,
                  bool wantsDivergence,
                  Matrix& forces,
                  TaskGuard& guard)
{
    std::vector<double> parts((affinities.rowCount() + pointsPerTask - 1) / pointsPerTask);
    forEachBlock(
        affinities.rowCount(), pointsPerTask, [&](std::size_t block, std::size_t first, std::size_t last) {
            if (guard.mayGoOn()) {
                parts[block] = attractBlock(affinities, positions, {first, last}, wantsDivergence, forces);
            }
        });
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

/// What is wanted of a gradient.
struct Forces
{
    double exaggeration = 1.0;
    double theta = 0.5;
    bool divergence = false; ///< takes as long as the rest
};

Result<TsneGradient> gradientOf(const SparseRows& affinities,
                                const Matrix& positions,
                                const Forces& wanted,
                                const JobContext& job)
{
    TaskGuard guard(job);
    Matrix apart(positions.rows(), 2);
    Matrix together(positions.rows(), 2);
    const QuadTree tree(positions);
    const double z = repulsion(tree, static_cast<float>(wanted.theta), apart, guard);
    const double divergence = attraction(affinities, positions, wanted.divergence, together, guard);
    const Status status = guard.status();
    if (!status) {
        return passOn(status);
    }
    TsneGradient found{.gradient = static_cast<float>(4.0 * wanted.exaggeration) * together -
                                   static_cast<float>(4.0 / z) * apart};
    if (wanted.divergence) {
        double total = 0.0; // 1, but for rounding
        for (const float affinity : affinities.values) {
            total += static_cast<double>(affinity);
        }
        found.divergence = divergence + total * std::log(z);
    }
    return found;
}

/// Gradient descent with momentum and a step width of its own for every coordinate (Jacobs 1988).
class Descent
{
public:
    Descent(SparseRows affinities, Matrix positions, const TsneOptions& options)
        : m_affinities(std::move(affinities))
        , m_positions(std::move(positions))
        , m_options(options)
        , m_rate(std::max(200.0, static_cast<double>(m_positions.rows()) / 12.0))
        , m_velocity(Matrix::Zero(m_positions.rows(), 2))
        , m_gains(Matrix::Ones(m_positions.rows(), 2))
    {
    }

    Status step(int iteration, const JobContext& job)
    {
        const bool isEarly = iteration < m_options.earlyIterations;
        const Forces wanted{.exaggeration = isEarly ? m_options.exaggeration : 1.0, .theta = m_options.theta};
        const Result<TsneGradient> found = gradientOf(m_affinities, m_positions, wanted, job);
        if (!found) {
            return passOn(found);
        }
        const auto momentum = isEarly ? 0.5F : 0.8F;
        const auto rate = static_cast<float>(m_rate / 4.0); // those of the literature leave the 4 out
        for (Eigen::Index at = 0; at < m_positions.size(); ++at) {
            const float slope = found->gradient.data()[at];
            float& velocity = m_velocity.data()[at];
            float& gain = m_gains.data()[at];
            gain = (slope > 0.0F) == (velocity > 0.0F) ? std::max(0.01F, gain * 0.8F) : gain + 0.2F;
            velocity = momentum * velocity - rate * gain * slope;
            m_positions.data()[at] += velocity;
        }
        const Eigen::RowVector2d centre = m_positions.cast<double>().colwise().mean();
        m_positions.rowwise() -= centre.cast<float>();
        return {};
    }

    const Matrix& positions() const { return m_positions; }

    Result<TsneLayout> layout(const JobContext& job) const
    {
        const Result<TsneGradient> last =
            gradientOf(m_affinities, m_positions, {.theta = m_options.theta, .divergence = true}, job);
        return last ? Result<TsneLayout>(TsneLayout{m_positions, last->divergence}) : passOn(last);
    }

private:
    SparseRows m_affinities;
    Matrix m_positions;
    const TsneOptions& m_options;
    double m_rate;
    Matrix m_velocity;
    Matrix m_gains;
};

Matrix scaledStart(const Matrix& start)
{
    const Eigen::RowVectorXd mean = start.cast<double>().colwise().mean();
    const Eigen::MatrixXd centred = start.cast<double>().rowwise() - mean;
    const double deviation = std::sqrt(centred.col(0).squaredNorm() / static_cast<double>(start.rows()));
    return (centred * (deviation > 0.0 ? startDeviation / deviation : 0.0)).cast<float>();
}

} // namespace

Result<SparseRows> tsneAffinities(const Matrix& points, double perplexity, const JobContext& job)
{
    const auto count = static_cast<std::size_t>(points.rows());
    std::vector<std::int32_t> all(count);
    std::iota(all.begin(), all.end(), 0);
    std::vector<float> penalties;
    for (Eigen::Index row = 0; row < points.rows(); ++row) {
        penalties.push_back(0.5F * points.row(row).squaredNorm());
    }
    const double possible = std::min(perplexity, static_cast<double>(count - 1) / 3.0);
    const auto neighbours = std::min(count - 1, static_cast<std::size_t>(3.0 * possible));
    const Result<NearestLists> near =
        nearestLists(points, points, penalties, {.rows = all, .most = neighbours}, job);
    const Result<SparseRows> rows =
        near ? conditionalRows(points, *near, possible, job) : Result<SparseRows>(passOn(near));
    const Result<SparseRows> columns = rows ? transposed(*rows, job) : passOn(rows);
    if (!columns) {
        return passOn(columns);
    }
    return sum(*rows, *columns, 0.5F / static_cast<float>(count));
}

Result<TsneGradient> tsneGradient(const SparseRows& affinities,
                                  const Matrix& positions,
                                  double exaggeration,
                                  double theta,
                                  const JobContext& job)
{
    return gradientOf(
        affinities, positions, {.exaggeration = exaggeration, .theta = theta, .divergence = true}, job);
}

Result<TsneLayout> tsneLayout(const Matrix& points,
                              const Matrix& start,
                              const TsneOptions& options,
                              const JobContext& job)
{
    constexpr Eigen::Index fewest = 5; // fewer have no neighbourhoods to speak of
    if (points.rows() < fewest) {
        return TsneLayout{.positions = start};
    }
    if (!points.allFinite() || !start.allFinite()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The vectors hold values that are not finite numbers, so the items cannot be "
                         "placed on a map. Extract the knowledge base anew."));
    }
    job.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Finding neighbours")});
    Result<SparseRows> affinities = tsneAffinities(points, options.perplexity, job);
    if (!affinities) {
        return passOn(affinities);
    }
    Descent descent(std::move(*affinities), scaledStart(start), options);
    auto shown = std::chrono::steady_clock::now();
    for (int iteration = 0; iteration < options.iterations; ++iteration) {
        job.progress({.fraction = 0.1 + 0.9 * iteration / options.iterations,
                      .stage = TRANSLATABLE("stages", "Arranging neighbourhoods")});
        if (const Status done = descent.step(iteration, job); !done) {
            return passOn(done);
        }
        if (const auto now = std::chrono::steady_clock::now();
            options.onPositions && now - shown >= std::chrono::seconds(1)) {
            shown = now;
            options.onPositions(descent.positions());
        }
    }
    return descent.layout(job);
}

} // namespace transept
