#pragma once

#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <ctime>
#include <vector>

namespace transept::test {

/// Of the processor that this thread has used; unlike the time of day it stands while others have it.
inline double processorMilliseconds()
{
    std::timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

/// Milliseconds of the processor that `work` takes, the median of many: what others do on the machine
/// meanwhile does not count.
template<typename Work>
double processorTime(const Work& work)
{
    constexpr std::size_t passes = 21;
    std::vector<double> times;
    for (std::size_t pass = 0; pass < passes; ++pass) {
        const double begun = processorMilliseconds();
        work();
        times.push_back(processorMilliseconds() - begun);
    }
    std::ranges::sort(times);
    return times[passes / 2];
}

/// Of one painting of the widget.
inline double paintingTime(QWidget& widget)
{
    return processorTime([&] { widget.repaint(); });
}

/// Of a page of text that Qt lays out and paints by itself: the yardstick for a machine, which nothing of
/// ours can make longer.
inline double textTime()
{
    QImage page(1280, 800, QImage::Format_ARGB32_Premultiplied);
    return processorTime([&] {
        page.fill(Qt::white);
        QPainter painter(&page);
        for (int line = 0; line < 200; ++line) {
            QTextLayout layout(QStringLiteral("%1 words of a page that is laid out").arg(line));
            layout.beginLayout();
            layout.createLine();
            layout.endLayout();
            layout.draw(&painter, QPointF(20 + 300 * (line % 4), 15 * (line / 4)));
        }
    });
}

/// How many times slower this machine paints at the moment than one that has nothing else to do; 1 at least.
inline double slowness()
{
    constexpr double usual = 5.0; // milliseconds
    return std::max(1.0, textTime() / usual);
}

} // namespace transept::test
