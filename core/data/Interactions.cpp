#include "core/data/Interactions.h"

#include "core/base/Interruptible.h"

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

} // namespace

/// The events that a matrix is made of.
struct InteractionMatrix::Training
{
    std::span<const Event> events;
    std::span<const Part> parts; ///< empty: all events

    /// Calls `work(place, event)` for each, in the order of the events.
    template<typename Work>
    Status forEach(const JobContext& job, const Work& work) const
    {
        return interruptible(job, events.size(), [&](std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last; ++at) {
                if (parts.empty() || parts[at] == Part::Train) {
                    work(at, events[at]);
                }
            }
        });
    }
};

InteractionMatrix::InteractionMatrix(std::size_t users, std::size_t items, std::span<const Event> events)
{
    static_cast<void>(fill(users, items, {events, {}}, {})); // which fails only when it is asked to stop
}

Result<InteractionMatrix> InteractionMatrix::build(std::size_t users,
                                                   std::size_t items,
                                                   std::span<const Event> events,
                                                   const JobContext& job,
                                                   std::span<const Part> parts)
{
    InteractionMatrix matrix;
    if (const Status filled = matrix.fill(users, items, {events, parts}, job); !filled) {
        return passOn(filled);
    }
    return matrix;
}

/// The events' places in the order (user, time, file order).
Result<std::vector<std::uint32_t>> InteractionMatrix::orderByUserAndTime(const Training& training,
                                                                         const JobContext& job) const
{
    const std::span<const Event> events = training.events;
    std::vector<std::uint32_t> order(m_starts.back());
    std::vector<std::size_t> next(m_starts.begin(), m_starts.end());
    Status goOn = training.forEach(job, [&](std::size_t place, const Event& event) {
        order[next[index(event.user)]++] = static_cast<std::uint32_t>(place);
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
        if (m_starts[user + 1] - sorted > entriesBetweenCheckpoints) {
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
                               const Training& training,
                               const JobContext& job)
{
    std::vector<std::size_t> userCounts(users, 0);
    std::vector<std::size_t> itemCounts(items, 0);
    double sum = 0.0;
    Status counted = training.forEach(job, [&](std::size_t, const Event& event) {
        ++userCounts[index(event.user)];
        ++itemCounts[index(event.item)];
        sum += static_cast<double>(event.value);
    });
    if (!counted) {
        return counted;
    }
    m_starts = startsOf(std::move(userCounts));
    m_itemStarts = startsOf(std::move(itemCounts));
    const std::size_t count = m_starts.back();
    m_mean = count == 0 ? 0.0 : sum / static_cast<double>(count);

    const Result<std::vector<std::uint32_t>> order = orderByUserAndTime(training, job);
    if (!order) {
        return passOn(order);
    }
    m_items.resize(count);
    m_values.resize(count);
    m_times.resize(count);
    m_users.resize(count);
    m_itemValues.resize(count);
    std::vector<std::size_t> next = m_itemStarts;
    return interruptible(job, count, [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const Event& event = training.events[(*order)[at]];
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
