#pragma once

#include "core/base/Job.h"

#include <algorithm>
#include <cstddef>

namespace transept {

/// Calls `work(first, last)` for [0, count) cut into stretches, in order, and passes a checkpoint before
/// each: for loops of a few nanoseconds a round that are long all the same. Fails with Cancelled when the
/// job was asked to stop; what was done until then stays.
template<typename Work>
Status interruptible(const JobContext& job, std::size_t count, const Work& work)
{
    constexpr std::size_t stretch = std::size_t{1}
                                    << 17; // milliseconds, even when every round misses the cache
    for (std::size_t first = 0; first < count; first += stretch) {
        if (Status goOn = job.checkpoint(); !goOn) {
            return goOn;
        }
        work(first, std::min(count, first + stretch));
    }
    return {};
}

/// For loops over rows that come one by one: a checkpoint after every 4,096 of them.
inline Status everyFewThousand(std::size_t done, const JobContext& job)
{
    constexpr std::size_t rows = 4096;
    Status goOn; // Status{} would fill it with zeros every time
    if (done % rows == 0) {
        goOn = job.checkpoint();
    }
    return goOn;
}

} // namespace transept
