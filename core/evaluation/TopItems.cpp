#include "core/evaluation/TopItems.h"

#include "core/base/Processors.h"

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

struct Better
{
    bool operator()(const Candidate& a, const Candidate& b) const noexcept
    {
        return a.score != b.score ? a.score > b.score : a.item < b.item;
    }
};

/// So many scores are compared with the bar at once; hardly any stretch holds one above it.
constexpr std::size_t stretch = 16;

/// The candidates that wait are this many times those that are wanted before the best are picked out.
constexpr std::size_t spare = 4;
constexpr std::size_t leastWaiting = 64;

/// The first place from `from` on whose score is above the bar; `count` when there is none.
FOR_EVERY_PROCESSOR
std::size_t nextAbove(const float* scores, std::size_t from, std::size_t count, float bar) noexcept
{
    for (; from + stretch <= count; from += stretch) {
        int above = 0;
        for (std::size_t at = 0; at < stretch; ++at) {
            above |= static_cast<int>(scores[from + at] > bar);
        }
        if (above != 0) {
            break;
        }
    }
    while (from < count && !(scores[from] > bar)) {
        ++from;
    }
    return from;
}

/// The best items so far. They come in ascending order, so one that only equals the worst of enough better
/// ones can never be among the best.
class BestItems
{
public:
    BestItems(std::span<const ItemRow> excluded, std::size_t wanted)
        : m_excluded(excluded)
        , m_wanted(wanted)
        , m_full(std::max(leastWaiting, spare * wanted))
    {
        m_waiting.reserve(m_full);
    }

    void offerAll(std::span<const float> scores)
    {
        std::size_t item = 0;
        for (; item < scores.size() && m_waiting.size() < m_wanted; ++item) { // also what is no number
            add(std::isnan(scores[item]) ? -std::numeric_limits<float>::infinity() : scores[item], item);
        }
        if (m_waiting.size() == m_wanted) {
            pickBest();
        }
        for (item = nextAbove(scores.data(), item, scores.size(), m_bar); item < scores.size();
             item = nextAbove(scores.data(), item + 1, scores.size(), m_bar)) {
            add(scores[item], item);
            if (m_waiting.size() == m_full) {
                pickBest();
            }
        }
    }

    std::vector<Candidate> sorted()
    {
        pickBest();
        std::sort(m_waiting.begin(), m_waiting.end(), Better());
        return std::move(m_waiting);
    }

private:
    void add(float score, std::size_t item)
    {
        const ItemRow row{static_cast<std::int32_t>(item)};
        while (m_nextExcluded < m_excluded.size() && m_excluded[m_nextExcluded] < row) {
            ++m_nextExcluded;
        }
        if (m_nextExcluded == m_excluded.size() || m_excluded[m_nextExcluded] != row) {
            m_waiting.push_back({score, row});
        }
    }

    void pickBest()
    {
        if (m_waiting.size() > m_wanted) {
            const auto end = m_waiting.begin() + static_cast<std::ptrdiff_t>(m_wanted);
            std::nth_element(m_waiting.begin(), end - 1, m_waiting.end(), Better());
            m_waiting.erase(end, m_waiting.end());
            m_bar = m_waiting.back().score;
        } else if (m_waiting.size() == m_wanted) {
            m_bar = std::max_element(m_waiting.begin(), m_waiting.end(), Better())->score;
        }
    }

    std::span<const ItemRow> m_excluded;
    std::size_t m_nextExcluded = 0;
    std::size_t m_wanted;
    std::size_t m_full;
    std::vector<Candidate> m_waiting;
    float m_bar = -std::numeric_limits<float>::infinity(); ///< of the worst that may still be wanted
};

} // namespace

TopItems topItems(std::span<const float> scores, std::span<const ItemRow> excluded, std::size_t count)
{
    TopItems top;
    if (count == 0 || scores.empty()) {
        return top;
    }
    BestItems best(excluded, std::min(count, scores.size()));
    best.offerAll(scores);
    for (const Candidate& candidate : best.sorted()) {
        top.items.push_back(candidate.item);
        top.scores.push_back(candidate.score);
    }
    return top;
}

TopItems firstItems(std::span<const ImportedModel::Entry> list, std::size_t count)
{
    TopItems first;
    for (const ImportedModel::Entry& entry : list.first(std::min(count, list.size()))) {
        first.items.push_back(entry.item);
        first.scores.push_back(entry.value);
    }
    return first;
}

} // namespace transept
