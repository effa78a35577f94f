#pragma once

#include "core/base/Job.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

namespace transept {

/// Seconds since construction.
class Stopwatch
{
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

/// The largest amount of memory that the process held since construction, as Linux counts it.
class MemoryPeak
{
public:
    MemoryPeak() { std::ofstream("/proc/self/clear_refs") << "5"; } // sets the peak back to the present size

    double megabytes() const
    {
        constexpr double kibPerMiB = 1024.0;
        std::ifstream status("/proc/self/status");
        std::string word;
        double kib = 0.0;
        while (status >> word) {
            if (word == "VmHWM:") {
                status >> kib;
                break;
            }
        }
        return kib / kibPerMiB;
    }
};

/// The phases of a run as shares of its progress bar; what a phase reports moves within its share, never
/// back.
inline JobContext withinShare(const JobContext& job, double from, double to)
{
    JobContext share = job;
    share.progress = [outer = job.progress, from, to](const Progress& inner) {
        Progress progress = inner;
        if (inner.fraction >= 0.0) {
            progress.fraction = from + (to - from) * std::min(inner.fraction, 1.0);
        }
        outer(progress);
    };
    return share;
}

} // namespace transept
