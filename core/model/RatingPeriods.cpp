#include "core/model/RatingPeriods.h"

#include <algorithm>

namespace transept {
namespace {

/// When each period begins: where the times, in order, are cut into equally many.
std::vector<std::int64_t> firstTimes(const InteractionMatrix& ratings, std::size_t count)
{
    std::vector<std::int64_t> times;
    times.reserve(ratings.size());
    for (std::size_t user = 0; user < ratings.userCount(); ++user) {
        std::ranges::copy_if(ratings.timesOf(static_cast<UserRow>(user)),
                             std::back_inserter(times),
                             [](std::int64_t time) { return time != 0; });
    }
    std::ranges::sort(times);
    std::vector<std::int64_t> firsts;
    for (std::size_t period = 0; period < count && !times.empty(); ++period) {
        const std::int64_t first = times[period * times.size() / count];
        if (firsts.empty() || firsts.back() != first) {
            firsts.push_back(first);
        }
    }
    return firsts;
}

/// `counts` over their sum.
void toShares(std::span<const std::size_t> counts, std::size_t sum, std::span<float> shares)
{
    std::ranges::transform(counts, shares.begin(), [&](std::size_t count) {
        return static_cast<float>(count) / static_cast<float>(sum);
    });
}

} // namespace

RatingPeriods::RatingPeriods(const InteractionMatrix& ratings, std::size_t count)
    : m_firstTimes(firstTimes(ratings, count))
    , m_count(m_firstTimes.size())
{
    number(ratings);
    share(ratings.userCount());
}

std::uint16_t RatingPeriods::periodOf(std::int64_t time) const noexcept
{
    if (time == 0 || m_count == 0) {
        return none;
    }
    const auto after = std::ranges::upper_bound(m_firstTimes, time);
    return static_cast<std::uint16_t>(std::max<std::ptrdiff_t>(after - m_firstTimes.begin(), 1) - 1);
}

void RatingPeriods::number(const InteractionMatrix& ratings)
{
    for (std::size_t item = 0; item < ratings.itemCount(); ++item) {
        m_byItem.starts.push_back(m_byItem.starts.back() +
                                  ratings.usersOf(static_cast<ItemRow>(item)).size());
    }
    m_byUser.periods.reserve(ratings.size());
    m_byItem.periods.resize(ratings.size());
    m_known.resize(ratings.itemCount() * m_count);
    std::vector<std::size_t> next = m_byItem.starts;
    for (std::size_t user = 0; user < ratings.userCount(); ++user) {
        const auto row = static_cast<UserRow>(user);
        const std::span<const ItemRow> items = ratings.itemsOf(row);
        const std::span<const EventTime> times = ratings.timesOf(row);
        for (std::size_t at = 0; at < items.size(); ++at) {
            const std::uint16_t period = periodOf(times[at]);
            if (period != none) {
                m_known[index(items[at]) * m_count + period] = true;
            }
            m_byUser.periods.push_back(period);
            m_byItem.periods[next[index(items[at])]++] = period;
        }
        m_byUser.starts.push_back(m_byUser.periods.size());
    }
}

void RatingPeriods::share(std::size_t users)
{
    std::vector<std::size_t> all(m_count);
    std::size_t timed = 0;
    for (const std::uint16_t period : m_byUser.periods) {
        if (period != none) {
            ++all[period];
            ++timed;
        }
    }
    m_sharesOfAll.resize(m_count);
    toShares(all, timed, m_sharesOfAll);
    m_shares.resize(users * m_count);
    for (std::size_t user = 0; user < users; ++user) {
        std::vector<std::size_t> own(m_count);
        std::size_t sum = 0;
        for (const std::uint16_t period : slice(m_byUser, user)) {
            if (period != none) {
                ++own[period];
                ++sum;
            }
        }
        const std::span<float> shares(m_shares.data() + user * m_count, m_count);
        if (sum > 0) {
            toShares(own, sum, shares);
        } else {
            std::ranges::copy(m_sharesOfAll, shares.begin());
        }
    }
}

} // namespace transept
