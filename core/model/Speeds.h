#pragma once

#include "core/model/Workload.h"

namespace transept {

/// Seconds that one thread of this machine needs for a unit of each kind of work.
struct Speeds
{
    double product = 0.0;
    double streamed = 0.0;
    double scattered = 0.0;
    double nearby = 0.0;
    double step = 0.0;

    double secondsFor(const Work& work) const noexcept;
    double secondsFor(const Effort& effort, int threads) const noexcept; ///< by so many threads
};

/// Measured once a process, which takes about a fifth of a second. By processor time, so that other programs
/// that share the machine hardly matter.
const Speeds& machineSpeeds();

} // namespace transept
