#include "core/model/Propagation.h"

#include "core/base/Lanes.h"
#include "core/base/Parallel.h"
#include "core/base/Processors.h"

#include <cmath>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t rowsPerTask = 64;
constexpr std::size_t ahead = 4; ///< so many neighbours ahead the rows are fetched

/// A node's neighbours, and what it makes of their rows.
struct Node
{
    std::span<const std::uint32_t> neighbours;
    float weight = 0.0F;
    float* next = nullptr;
    const float* before = nullptr;
    float* sum = nullptr; ///< may be `before`
};

/// next = weight * sum of weights[n] * row n over the neighbours, in their order;  sum = before + next
template<std::size_t Bytes>
[[gnu::always_inline]] inline void gather(const Node& node,
                                          const float* weights,
                                          const float* rows,
                                          std::size_t stride) noexcept
{
    for (std::size_t line = 0; line < stride; line += laneCount) {
        LaneParts<float, Bytes> total{};
        LaneParts<float, Bytes> row;
        for (std::size_t at = 0; at < node.neighbours.size(); ++at) {
            if (at + ahead < node.neighbours.size()) {
                __builtin_prefetch(rows + node.neighbours[at + ahead] * stride + line);
            }
            const std::uint32_t neighbour = node.neighbours[at];
            row.load(rows + neighbour * stride + line);
            total.addScaled(weights[neighbour], row);
        }
        total *= node.weight;
        total.store(node.next + line);
        row.load(node.before + line);
        row += total;
        row.store(node.sum + line);
    }
}

std::vector<float> weightsOf(std::span<const std::size_t> starts)
{
    std::vector<float> weights(starts.size() - 1);
    for (std::size_t node = 0; node < weights.size(); ++node) {
        const auto neighbours = static_cast<double>(starts[node + 1] - starts[node]);
        weights[node] = neighbours > 0.0 ? static_cast<float>(1.0 / std::sqrt(neighbours)) : 0.0F;
    }
    return weights;
}

void divide(FactorMatrix& matrix, float divisor)
{
    forEachBlock(matrix.values.size(), 1U << 16U, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            matrix.values[at] /= divisor;
        }
    });
}

void shapeAs(const NodeVectors& model, NodeVectors& vectors)
{
    if (vectors.users.values.size() != model.users.values.size() ||
        vectors.items.values.size() != model.items.values.size()) {
        vectors = {.users = FactorMatrix(model.users.rows, model.users.width),
                   .items = FactorMatrix(model.items.rows, model.items.width)};
    }
}

} // namespace

Propagation::Propagation(const Positives& positives)
{
    m_users.starts = positives.starts;
    m_users.neighbours = positives.columns;
    m_items.starts.resize(positives.columnCount() + 1);
    for (const std::uint32_t column : positives.columns) {
        ++m_items.starts[column + std::size_t{1}];
    }
    std::partial_sum(m_items.starts.begin(), m_items.starts.end(), m_items.starts.begin());
    std::vector<std::size_t> next(m_items.starts.begin(), m_items.starts.end() - 1);
    m_items.neighbours.resize(positives.columns.size());
    for (std::size_t user = 0; user < positives.userCount(); ++user) {
        for (std::size_t at = positives.starts[user]; at < positives.starts[user + 1]; ++at) {
            m_items.neighbours[next[positives.columns[at]]++] = static_cast<std::uint32_t>(user);
        }
    }
    m_users.weights = weightsOf(m_users.starts);
    m_items.weights = weightsOf(m_items.starts);
}

void Propagation::step(const Side& to,
                       const Side& from,
                       const FactorMatrix& x,
                       FactorMatrix& next,
                       const FactorMatrix& before,
                       FactorMatrix& sum)
{
    forEachBlock(next.rows, rowsPerTask, [&](std::size_t /*block*/, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last; ++row) {
            const auto neighbours =
                std::span(to.neighbours).subspan(to.starts[row], to.starts[row + 1] - to.starts[row]);
            const Node node{.neighbours = neighbours,
                            .weight = to.weights[row],
                            .next = next.at(row),
                            .before = before.at(row),
                            .sum = sum.at(row)};
            atThisWidth(EVERY_WIDTH_OF(gather), node, from.weights.data(), x.values.data(), x.stride);
        }
    });
}

Status Propagation::mean(
    const NodeVectors& x, int layers, NodeVectors& sum, Workspace& work, const JobContext& job) const
{
    shapeAs(x, sum);
    shapeAs(x, work.now);
    shapeAs(x, work.next);
    if (layers == 0) {
        sum = x;
    }
    for (int layer = 0; layer < layers; ++layer) {
        const NodeVectors& now = layer == 0 ? x : work.now;
        const NodeVectors& before = layer == 0 ? x : sum;
        step(m_users, m_items, now.items, work.next.users, before.users, sum.users);
        if (Status status = job.checkpoint(); !status) {
            return status;
        }
        step(m_items, m_users, now.users, work.next.items, before.items, sum.items);
        if (Status status = job.checkpoint(); !status) {
            return status;
        }
        std::swap(work.now, work.next);
    }
    divide(sum.users, static_cast<float>(layers + 1));
    divide(sum.items, static_cast<float>(layers + 1));
    return {};
}

} // namespace transept
