#pragma once

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

} // namespace transept
