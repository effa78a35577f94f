#include "core/data/Interactions.h"

#include "core/base/Interruptible.h"

#include <algorithm>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t sortedBetweenCheckpoints = 100'000;

/// starts[r] is where row r begins when rows stand one after the other; the last entry is the end of all.
std::vector<std::size_t> startsOf(std::vector<std::size_t> counts)
{
    counts.push_back(0);
    std::exclusive_scan(counts.begin(), counts.end(), counts.begin(), std::size_t{0});
    return counts;
}

} // namespace

InteractionMatrix::InteractionMatrix(std::size_t users, std::size_t items, std::span<const Event> events)
{
    static_cast<void>(fill(users, items, events, {})); // which fails only when it is asked to stop
}

Result<InteractionMatrix> InteractionMatrix::build(std::size_t users,
                                                   std::size_t items,
                                                   std::span<const Event> events,
                                                   const JobContext& job)
{
    InteractionMatrix matrix;
    if (const Status filled = matrix.fill(users, items, events, job); !filled) {
        return passOn(filled);
    }
    return matrix;
}

/// The events' places in the order (user, time, file order).
Result<std::vector<std::uint32_t>> InteractionMatrix::orderByUserAndTime(std::span<const Event> events,
                                                                         const JobContext& job) const
{
    std::vector<std::uint32_t> order(events.size());
    std::vector<std::size_t> next(m_starts.begin(), m_starts.end());
    Status goOn = interruptible(job, events.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            order[next[index(events[at].user)]++] = static_cast<std::uint32_t>(at);
        }
    });
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
        return events[a].time != events[b].time ? events[a].time < events[b].time : a < b;
    };
    std::size_t sorted = 0;
    for (std::size_t user = 0; goOn && user < userCount(); ++user) {
        const auto first = order.begin() + static_cast<std::ptrdiff_t>(m_starts[user]);
        const auto last = order.begin() + static_cast<std::ptrdiff_t>(m_starts[user + 1]);
        if (!std::is_sorted(first, last, earlier)) {
            std::sort(first, last, earlier);
        }
        if (m_starts[user + 1] - sorted > sortedBetweenCheckpoints) {
            sorted = m_starts[user + 1];
            goOn = job.checkpoint();
        }
    }
    if (!goOn) {
        return passOn(goOn);
    }
    return order;
}

Status InteractionMatrix::fill(std::size_t users,
                               std::size_t items,
                               std::span<const Event> events,
                               const JobContext& job)
{
    std::vector<std::size_t> userCounts(users, 0);
    std::vector<std::size_t> itemCounts(items, 0);
    double sum = 0.0;
    Status counted = interruptible(job, events.size(), [&](std::size_t first, std::size_t last) {
        for (const Event& event : events.subspan(first, last - first)) {
            ++userCounts[index(event.user)];
            ++itemCounts[index(event.item)];
            sum += static_cast<double>(event.value);
        }
    });
    if (!counted) {
        return counted;
    }
    m_starts = startsOf(std::move(userCounts));
    m_itemStarts = startsOf(std::move(itemCounts));
    m_mean = events.empty() ? 0.0 : sum / static_cast<double>(events.size());

    const Result<std::vector<std::uint32_t>> order = orderByUserAndTime(events, job);
    if (!order) {
        return passOn(order);
    }
    m_items.resize(events.size());
    m_values.resize(events.size());
    m_times.resize(events.size());
    m_users.resize(events.size());
    m_itemValues.resize(events.size());
    std::vector<std::size_t> next = m_itemStarts;
    return interruptible(job, events.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const Event& event = events[(*order)[at]];
            m_items[at] = event.item;
            m_values[at] = event.value;
            m_times[at] = event.time;
            const std::size_t place = next[index(event.item)]++;
            m_users[place] = event.user;
            m_itemValues[place] = event.value;
        }
    });
}

} // namespace transept
