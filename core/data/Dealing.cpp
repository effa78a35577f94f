#include "core/data/Dealing.h"

#include "core/base/Interruptible.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transept {

Places firstNumbers(std::size_t count)
{
    Places numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0U);
    return numbers;
}

std::size_t shareOf(double share, std::size_t count)
{
    return static_cast<std::size_t>(std::llround(share * static_cast<double>(count)));
}

std::size_t wholeShareOf(double share, std::size_t count)
{
    return static_cast<std::size_t>(std::floor(share * static_cast<double>(count) + 1e-9));
}

Result<std::vector<Places>> eventsByUser(const Dataset& data, const JobContext& job)
{
    std::vector<Places> ofRow(data.users.size());
    const Status listed =
        interruptible(job, data.target.events.size(), [&](std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last; ++at) {
                ofRow[index(data.target.events[at].user)].push_back(static_cast<std::uint32_t>(at));
            }
        });
    if (!listed) {
        return passOn(listed);
    }
    std::erase_if(ofRow, [](const Places& places) { return places.empty(); });
    return ofRow;
}

Result<std::vector<std::int64_t>> timesOf(const DomainData& target)
{
    std::vector<std::int64_t> times;
    for (const Event& event : target.events) {
        if (event.time != 0) {
            times.push_back(event.time);
        }
    }
    if (times.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "A split by time needs times, and the domain %1 has none. Import it with a "
                                 "time column, or choose another split."),
                    {target.name});
    }
    return times;
}

std::int64_t timeAtRank(std::vector<std::int64_t>& times, std::size_t rank)
{
    const auto nth = times.begin() + static_cast<std::ptrdiff_t>(std::min(rank, times.size() - 1));
    std::nth_element(times.begin(), nth, times.end());
    return *nth;
}

} // namespace transept
