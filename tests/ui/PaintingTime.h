#pragma once

#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <ctime>
#include <vector>

namespace transept::test {

/// Milliseconds of the processor that `work` takes, the median of many: what others do on the machine
/// meanwhile does not count.
template<typename Work>
double processorTime(const Work& work)
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
        work();
        times.push_back(now() - begun);
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

} // namespace transept::test
