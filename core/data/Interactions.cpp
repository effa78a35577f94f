#include "core/data/Interactions.h"

#include <algorithm>
#include <numeric>

namespace transept {
namespace {

/// starts[r] is where row r begins when rows stand one after the other; the last entry is the end of all.
std::vector<std::size_t> startsOf(std::vector<std::size_t> counts)
{
    counts.push_back(0);
    std::exclusive_scan(counts.begin(), counts.end(), counts.begin(), std::size_t{0});
    return counts;
}

/// The events' places in the order (user, time, file order).
std::vector<std::uint32_t> orderByUserAndTime(std::span<const Event> events,
                                              const std::vector<std::size_t>& starts)
{
    std::vector<std::uint32_t> order(events.size());
    std::vector<std::size_t> next(starts.begin(), starts.end());
    for (std::size_t at = 0; at < events.size(); ++at) {
        order[next[index(events[at].user)]++] = static_cast<std::uint32_t>(at);
    }
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
        return events[a].time != events[b].time ? events[a].time < events[b].time : a < b;
    };
    for (std::size_t user = 0; user + 1 < starts.size(); ++user) {
        const auto first = order.begin() + static_cast<std::ptrdiff_t>(starts[user]);
        const auto last = order.begin() + static_cast<std::ptrdiff_t>(starts[user + 1]);
        if (!std::is_sorted(first, last, earlier)) {
            std::sort(first, last, earlier);
        }
    }
    return order;
}

} // namespace

InteractionMatrix::InteractionMatrix(std::size_t users, std::size_t items, std::span<const Event> events)
    : m_items(events.size())
    , m_values(events.size())
    , m_times(events.size())
    , m_users(events.size())
    , m_itemValues(events.size())
{
    std::vector<std::size_t> userCounts(users, 0);
    std::vector<std::size_t> itemCounts(items, 0);
    double sum = 0.0;
    for (const Event& event : events) {
        ++userCounts[index(event.user)];
        ++itemCounts[index(event.item)];
        sum += static_cast<double>(event.value);
    }
    m_starts = startsOf(std::move(userCounts));
    m_itemStarts = startsOf(std::move(itemCounts));
    m_mean = events.empty() ? 0.0 : sum / static_cast<double>(events.size());

    const std::vector<std::uint32_t> order = orderByUserAndTime(events, m_starts);
    std::vector<std::size_t> next = m_itemStarts;
    for (std::size_t at = 0; at < order.size(); ++at) {
        const Event& event = events[order[at]];
        m_items[at] = event.item;
        m_values[at] = event.value;
        m_times[at] = event.time;
        const std::size_t place = next[index(event.item)]++;
        m_users[place] = event.user;
        m_itemValues[place] = event.value;
    }
}

} // namespace transept
