#include "core/knowledge/NearestLists.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <algorithm>
#include <limits>

namespace transept {
namespace {

constexpr std::size_t listsAtOnce = 64;
constexpr Eigen::Index rowsAtOnce = 1024; ///< of the right matrix: a tile stays in the cache

struct Found
{
    float similarity = 0.0F;
    std::int32_t row = -1;

    /// Better ones first.
    friend bool operator<(const Found& a, const Found& b) noexcept
    {
        return a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row;
    }
};

/// The best of what is offered in ascending rows; a heap with the worst on top.
class BestRows
{
public:
    explicit BestRows(std::size_t most) : m_most(most) { m_heap.reserve(most); }

    void offer(float similarity, std::int32_t row)
    {
        if (!(similarity > m_bar) || m_most == 0) { // of equals the earlier row stays; NaN is near nothing
            return;
        }
        if (m_heap.size() == m_most) {
            std::pop_heap(m_heap.begin(), m_heap.end());
            m_heap.pop_back();
        }
        m_heap.push_back({similarity, row});
        std::push_heap(m_heap.begin(), m_heap.end());
        m_bar = m_heap.size() == m_most ? m_heap.front().similarity : m_bar;
    }

    /// Writes the list, and starts anew.
    void moveTo(NearestLists& lists, std::size_t list)
    {
        std::sort_heap(m_heap.begin(), m_heap.end());
        for (std::size_t at = 0; at < m_heap.size(); ++at) {
            lists.rows[list * m_most + at] = m_heap[at].row;
            lists.similarities[list * m_most + at] = m_heap[at].similarity;
        }
        m_heap.clear();
        m_bar = lowest;
    }

private:
    static constexpr float lowest = std::numeric_limits<float>::lowest();

    std::size_t m_most;
    float m_bar = lowest; ///< what an offer has to exceed
    std::vector<Found> m_heap;
};

NearestLists emptyLists(const NearestQuery& query)
{
    return {.most = query.most,
            .rows = std::vector<std::int32_t>(query.rows.size() * query.most, -1),
            .similarities = std::vector<float>(query.rows.size() * query.most)};
}

/// What dense rows are asked.
struct DenseQuery
{
    const Matrix& left;
    const Matrix& right;
    std::span<const float> penalties;
    const NearestQuery& query;

    float penaltyOf(std::int32_t row) const
    {
        return penalties.empty() ? 0.0F : penalties[static_cast<std::size_t>(row)];
    }
};

/// The lists first ... last-1 of dense rows.
void findDense(
    const DenseQuery& of, std::size_t first, std::size_t last, NearestLists& lists, TaskGuard& guard)
{
    Matrix asked(static_cast<Eigen::Index>(last - first), of.left.cols());
    for (std::size_t at = first; at < last; ++at) {
        asked.row(static_cast<Eigen::Index>(at - first)) = of.left.row(of.query.rows[at]);
    }
    std::vector<BestRows> best(last - first, BestRows(of.query.most));
    Matrix products;
    for (Eigen::Index from = 0; from < of.right.rows() && guard.mayGoOn(); from += rowsAtOnce) {
        const Eigen::Index count = std::min(rowsAtOnce, of.right.rows() - from);
        products.noalias() = asked * of.right.middleRows(from, count).transpose();
        for (std::size_t at = first; at < last; ++at) {
            const float* row = products.row(static_cast<Eigen::Index>(at - first)).data();
            const std::int32_t self = of.query.isSame ? of.query.rows[at] : -1;
            for (Eigen::Index column = 0; column < count; ++column) {
                const auto other = static_cast<std::int32_t>(from + column);
                if (other != self) {
                    best[at - first].offer(row[column] - of.penaltyOf(other), other);
                }
            }
        }
    }
    for (std::size_t at = first; at < last; ++at) {
        best[at - first].moveTo(lists, at);
    }
}

} // namespace

std::span<const std::int32_t> NearestLists::rowsOf(std::size_t list) const noexcept
{
    const std::span<const std::int32_t> all(rows.data() + list * most, most);
    return all.first(static_cast<std::size_t>(std::ranges::find(all, -1) - all.begin()));
}

Result<NearestLists> nearestLists(const Matrix& left,
                                  const Matrix& right,
                                  std::span<const float> penalties,
                                  const NearestQuery& query,
                                  const JobContext& job)
{
    NearestLists lists = emptyLists(query);
    TaskGuard guard(job);
    forEachBlock(query.rows.size(), listsAtOnce, [&](std::size_t, std::size_t first, std::size_t last) {
        findDense({left, right, penalties, query}, first, last, lists, guard);
    });
    const Status status = guard.status();
    return status ? Result<NearestLists>(std::move(lists)) : passOn(status);
}

Result<NearestLists> nearestLists(const SparseRows& left,
                                  const SparseRows& right,
                                  const NearestQuery& query,
                                  const JobContext& job)
{
    const Result<SparseRows> postings = transposed(right, job);
    if (!postings) {
        return passOn(postings);
    }
    NearestLists lists = emptyLists(query);
    TaskGuard guard(job);
    forEachBlock(query.rows.size(), listsAtOnce, [&](std::size_t, std::size_t first, std::size_t last) {
        std::vector<float> sums(right.rowCount());
        BestRows best(query.most);
        for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
            const auto asked = static_cast<std::size_t>(query.rows[at]);
            std::ranges::fill(sums, 0.0F);
            for (std::size_t entry = left.starts[asked]; entry < left.starts[asked + 1]; ++entry) {
                const auto column = static_cast<std::size_t>(left.columns[entry]);
                if (column >= postings->rowCount()) {
                    break; // columns of the left alone
                }
                const auto rows = postings->columnsOf(column);
                const auto values = postings->valuesOf(column);
                for (std::size_t place = 0; place < rows.size(); ++place) {
                    sums[static_cast<std::size_t>(rows[place])] += left.values[entry] * values[place];
                }
            }
            for (std::size_t row = 0; row < sums.size(); ++row) {
                if (sums[row] > 0.0F && !(query.isSame && row == asked)) {
                    best.offer(sums[row], static_cast<std::int32_t>(row));
                }
            }
            best.moveTo(lists, at);
        }
    });
    const Status status = guard.status();
    return status ? Result<NearestLists>(std::move(lists)) : passOn(status);
}

} // namespace transept
