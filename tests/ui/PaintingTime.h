#pragma once

#include <QtWidgets/QWidget>

#include <algorithm>
#include <ctime>
#include <vector>

namespace transept::test {

/// Milliseconds of the processor that one painting of the widget takes, the median of many: what others do on
/// the machine meanwhile does not count.
inline double paintingTime(QWidget& widget)
{
    constexpr std::size_t passes = 21;
    const auto now = [] {
        std::timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    std::vector<double> times;
    for (std::size_t pass = 0; pass < passes; ++pass) {
        const double begun = now();
        widget.repaint();
        times.push_back(now() - begun);
    }
    std::ranges::sort(times);
    return times[passes / 2];
}

} // namespace transept::test
