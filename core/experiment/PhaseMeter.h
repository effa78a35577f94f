#pragma once

#include "core/base/Memory.h"
#include "core/store/RunStore.h"

#include <chrono>

namespace transept {

/// What a phase of a run takes, from construction on. One phase at a time: the peak of memory is the
/// process's own, and starts anew with each.
class PhaseMeter
{
public:
    PhaseCost cost() const
    {
        return {.seconds = std::chrono::duration<double>(Clock::now() - m_start).count(),
                .peakMb = m_memory.megabytes()};
    }

private:
    using Clock = std::chrono::steady_clock;
    MemoryPeak m_memory;
    Clock::time_point m_start = Clock::now();
};

} // namespace transept
