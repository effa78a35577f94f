#include "core/evaluation/TopItems.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {
namespace {

struct Candidate
{
    float score = 0.0F;
    ItemRow item{};
};

bool isBetter(const Candidate& a, const Candidate& b)
{
    return a.score != b.score ? a.score > b.score : a.item < b.item;
}

/// Items come in ascending order, so one that only equals the worst kept score can never enter a full heap.
class BoundedHeap
{
public:
    explicit BoundedHeap(std::size_t capacity) : m_capacity(capacity) { m_heap.reserve(capacity); }

    void offerAll(std::span<const float> scores, std::size_t first, std::size_t last)
    {
        std::size_t item = first;
        for (; item < last && m_heap.size() < m_capacity; ++item) {
            const float score =
                std::isnan(scores[item]) ? -std::numeric_limits<float>::infinity() : scores[item];
            m_heap.push_back({score, ItemRow{static_cast<std::int32_t>(item)}});
            std::push_heap(m_heap.begin(), m_heap.end(), isBetter);
        }
        for (; item < last; ++item) {
            if (scores[item] > m_heap.front().score) {
                std::pop_heap(m_heap.begin(), m_heap.end(), isBetter);
                m_heap.back() = {scores[item], ItemRow{static_cast<std::int32_t>(item)}};
                std::push_heap(m_heap.begin(), m_heap.end(), isBetter);
            }
        }
    }

    std::vector<Candidate> sorted()
    {
        std::sort_heap(m_heap.begin(), m_heap.end(), isBetter);
        return std::move(m_heap);
    }

private:
    std::size_t m_capacity;
    std::vector<Candidate> m_heap; ///< the worst kept candidate first
};

} // namespace

TopItems topItems(std::span<const float> scores, std::span<const ItemRow> excluded, std::size_t count)
{
    TopItems top;
    if (count == 0) {
        return top;
    }
    BoundedHeap heap(std::min(count, scores.size()));
    std::size_t first = 0;
    for (const ItemRow gap : excluded) {
        heap.offerAll(scores, first, index(gap));
        first = index(gap) + 1;
    }
    heap.offerAll(scores, first, scores.size());
    for (const Candidate& candidate : heap.sorted()) {
        top.items.push_back(candidate.item);
        top.scores.push_back(candidate.score);
    }
    return top;
}

} // namespace transept
