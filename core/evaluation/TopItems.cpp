#include "core/evaluation/TopItems.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace transept {
namespace {

/// So many scores are compared with the bar at once; most stretches hold none above it.
constexpr std::size_t stretch = 16;
constexpr std::size_t longStretch = 64;

/// The candidates that may wait are this many times those that are wanted.
constexpr std::size_t spare = 4;
constexpr std::size_t leastWaiting = 64;

/// Appends the candidates above the bar to `waiting`, which holds `count`, from the place `from` of the
/// scores on. Returns the place where it stopped: the end, or where there is no room for another stretch.
FOR_EVERY_PROCESSOR
std::size_t collectAbove(std::span<const float> scores,
                         std::size_t from,
                         float bar,
                         std::size_t firstItem,
                         std::span<Candidate> waiting,
                         std::size_t& count) noexcept
{
    while (from < scores.size() && count + stretch <= waiting.size()) {
        const std::size_t left = scores.size() - from;
        if (left >= longStretch && !anyAbove<longStretch>(scores.data() + from, bar)) {
            from += longStretch;
        } else if (left >= stretch && !anyAbove<stretch>(scores.data() + from, bar)) {
            from += stretch;
        } else {
            for (const std::size_t end = from + std::min(left, stretch); from < end; ++from) {
                waiting[count] = candidateOf(scores[from], firstItem + from);
                count += static_cast<std::size_t>(scores[from] > bar);
            }
        }
    }
    return from;
}

} // namespace

BestItems::BestItems(std::span<const ItemRow> excluded, std::size_t count)
    : m_excluded(excluded)
    , m_wanted(count)
    , m_bar(count == 0 ? std::numeric_limits<float>::infinity() : -std::numeric_limits<float>::infinity())
{
}

/// Items come in ascending order, so one that only equals the worst of enough better ones can never be among
/// the best.
void BestItems::offer(std::span<const float> scores)
{
    m_waiting.resize(std::max(leastWaiting, spare * m_wanted) + stretch);
    std::size_t at = 0;
    for (; at < scores.size() && m_count < m_wanted; ++at) { // also what is no number
        add(ranked(scores[at]), m_offered + at);
        if (m_count == m_wanted) {
            raiseBar();
        }
    }
    while (at < scores.size()) {
        at = collectAbove(scores, at, m_bar, m_offered, m_waiting, m_count);
        dropExcluded();
        if (m_count + stretch > m_waiting.size()) {
            raiseBar();
        }
    }
    m_offered += scores.size();
}

TopItems BestItems::take()
{
    raiseBar();
    return sorted(std::span(m_waiting).first(m_count));
}

void BestItems::add(float score, std::size_t item)
{
    m_waiting[m_count++] = candidateOf(score, item);
    dropExcluded();
}

/// Those that came since the last time, in ascending order of items.
void BestItems::dropExcluded()
{
    const std::size_t end = m_count;
    m_count = m_admitted;
    for (std::size_t at = m_admitted; at < end; ++at) {
        if (!m_excluded.contains(itemOf(m_waiting[at]))) {
            m_waiting[m_count++] = m_waiting[at];
        }
    }
    m_admitted = m_count;
}

void BestItems::raiseBar()
{
    if (m_wanted > 0 && m_count >= m_wanted) {
        const auto waiting = std::span(m_waiting).first(m_count);
        pickBest(waiting, m_wanted);
        m_bar = scoreOf(*std::ranges::min_element(waiting.first(m_wanted)));
        m_count = m_wanted;
        m_admitted = m_wanted;
    }
}

TopItems sorted(std::span<Candidate> best)
{
    std::ranges::sort(best, std::greater());
    TopItems top;
    top.items.reserve(best.size());
    top.scores.reserve(best.size());
    for (const Candidate candidate : best) {
        top.items.push_back(itemOf(candidate));
        top.scores.push_back(scoreOf(candidate));
    }
    return top;
}

TopItems topItems(std::span<const float> scores, std::span<const ItemRow> excluded, std::size_t count)
{
    BestItems best(excluded, std::min(count, scores.size()));
    best.offer(scores);
    return best.take();
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
