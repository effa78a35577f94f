#include "core/evaluation/TopItems.h"

#include "core/base/Processors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {
namespace {

/// So many scores are compared with the bar at once; hardly any stretch holds one above it.
constexpr std::size_t stretch = 16;

/// The candidates that may wait are this many times those that are wanted.
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

} // namespace

bool BestItems::Better::operator()(const Candidate& a, const Candidate& b) const noexcept
{
    return a.score != b.score ? a.score > b.score : a.item < b.item;
}

BestItems::BestItems(std::span<const ItemRow> excluded, std::size_t count)
    : m_excluded(excluded)
    , m_wanted(count)
    , m_full(std::max(leastWaiting, spare * count))
    , m_bar(count == 0 ? std::numeric_limits<float>::infinity() : -std::numeric_limits<float>::infinity())
{
}

/// Items come in ascending order, so one that only equals the worst of enough better ones can never be among
/// the best.
void BestItems::offer(std::span<const float> scores)
{
    m_waiting.reserve(m_full);
    std::size_t at = 0;
    for (; at < scores.size() && m_waiting.size() < m_wanted; ++at) { // also what is no number
        add(std::isnan(scores[at]) ? -std::numeric_limits<float>::infinity() : scores[at], m_offered + at);
        if (m_waiting.size() == m_wanted) {
            pickBest();
        }
    }
    for (at = nextAbove(scores.data(), at, scores.size(), m_bar); at < scores.size();
         at = nextAbove(scores.data(), at + 1, scores.size(), m_bar)) {
        add(scores[at], m_offered + at);
        if (m_waiting.size() == m_full) {
            pickBest();
        }
    }
    m_offered += scores.size();
}

TopItems BestItems::take()
{
    pickBest();
    std::sort(m_waiting.begin(), m_waiting.end(), Better());
    TopItems top;
    top.items.reserve(m_waiting.size());
    top.scores.reserve(m_waiting.size());
    for (const Candidate& candidate : m_waiting) {
        top.items.push_back(candidate.item);
        top.scores.push_back(candidate.score);
    }
    return top;
}

void BestItems::add(float score, std::size_t item)
{
    const ItemRow row{static_cast<std::int32_t>(item)};
    while (m_nextExcluded < m_excluded.size() && m_excluded[m_nextExcluded] < row) {
        ++m_nextExcluded;
    }
    if (m_nextExcluded == m_excluded.size() || m_excluded[m_nextExcluded] != row) {
        m_waiting.push_back({score, row});
    }
}

void BestItems::pickBest()
{
    if (m_waiting.size() > m_wanted) {
        const auto end = m_waiting.begin() + static_cast<std::ptrdiff_t>(m_wanted);
        std::nth_element(m_waiting.begin(), end - 1, m_waiting.end(), Better());
        m_waiting.erase(end, m_waiting.end());
        m_bar = m_waiting.back().score;
    } else if (m_waiting.size() == m_wanted && m_wanted > 0) {
        m_bar = std::max_element(m_waiting.begin(), m_waiting.end(), Better())->score;
    }
}

TopItems topItems(std::span<const float> scores, std::span<const ItemRow> excluded, std::size_t count)
{
    BestItems best(excluded, std::min(count, scores.size()));
    best.offer(scores);
    return best.take();
}

} // namespace transept
