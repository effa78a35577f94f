#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <unistd.h>
#include <vector>

namespace transept::test {

/// Measures how long the thread of the window keeps an event waiting: another thread sends it one every two
/// milliseconds, and the time until it arrives is how long the thread was busy with something else. (The
/// signals of the event dispatcher do not tell: which work stands between them differs from one dispatcher to
/// the next.) Time in which the thread was ready and the machine gave the processor to somebody else is taken
/// off, so that a busy machine does not fail a test. Lives on that thread; measures from construction to
/// destruction. While a test waits by QTest::qWait(), its own sleep of up to 10 ms is measured as well; wait
/// by live() or liveUntil().
///
/// A window that is given is painted ten times a second, as one in use is, and so keeps its memory at hand:
/// on a virtual machine that watches which pages are used, the first touch after a rest is slow. On one of
/// them writing 4 MB takes 0.2 ms, but 25 to 50 ms after a second of rest, with no fault that the process
/// could count.
class StallWatchdog final : public QObject
{
public:
    explicit StallWatchdog(QWidget* inUse = nullptr)
        : m_path(QStringLiteral("/proc/self/task/%1/schedstat").arg(::gettid()))
        , m_scheduler(m_path)
    {
        m_scheduler.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        if (inUse != nullptr) {
            inUse->repaint(); // not measured: it may have rested
            QObject::connect(&m_painting, &QTimer::timeout, inUse, [inUse] { inUse->repaint(); });
            m_painting.start(100);
        }
        m_pulse = std::jthread([this](const std::stop_token& stop) { beat(stop); });
    }

    std::size_t count() const { return m_milliseconds.size(); }

    double longest() const
    {
        return m_milliseconds.empty() ? 0.0 : *std::max_element(m_milliseconds.begin(), m_milliseconds.end());
    }

    /// The length that `share` of all stretches do not exceed: quantile(0.99).
    double quantile(double share) const
    {
        if (m_milliseconds.empty()) {
            return 0.0;
        }
        std::vector<double> sorted = m_milliseconds;
        std::sort(sorted.begin(), sorted.end());
        const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
        return sorted[at];
    }

    void restart() { m_milliseconds.clear(); }

    QString figures() const
    {
        return QStringLiteral("%1 stretches, longest %2 ms, 99 of 100 below %3 ms")
            .arg(count())
            .arg(longest(), 0, 'f', 1)
            .arg(quantile(0.99), 0, 'f', 1);
    }

    /// Empty when the window kept up: no stretch of 50 ms, and 99 of 100 within a frame of 16 ms. Both may be
    /// so many times longer where the machine is `slower` than usual (see slowness()).
    QString complaint(double slower = 1.0) const
    {
        const bool isQuick = longest() < 50.0 * slower && quantile(0.99) < 16.0 * slower;
        return isQuick ? QString() : QStringLiteral("%1, slowness %2").arg(figures()).arg(slower, 0, 'f', 1);
    }

private:
    void beat(const std::stop_token& stop)
    {
        QFile scheduler(m_path);
        scheduler.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            if (m_isOnItsWay.exchange(true)) {
                continue;
            }
            m_waitedBefore = waitedForProcessor(scheduler);
            m_sent.start();
            QMetaObject::invokeMethod(
                this, [this] { arrive(); }, Qt::QueuedConnection);
        }
    }

    void arrive()
    {
        const double waited = waitedForProcessor(m_scheduler) - m_waitedBefore;
        m_milliseconds.push_back(std::max(0.0, static_cast<double>(m_sent.nsecsElapsed()) / 1e6 - waited));
        m_isOnItsWay = false;
    }

    /// Milliseconds that the window's thread stood ready in the queue of a processor; 0 where the system does
    /// not say.
    static double waitedForProcessor(QFile& scheduler)
    {
        if (!scheduler.isOpen() || !scheduler.seek(0)) {
            return 0.0;
        }
        const QList<QByteArray> figures = scheduler.read(128).split(' ');
        return figures.size() > 1 ? figures[1].toDouble() / 1e6 : 0.0;
    }

    QString m_path;
    QFile m_scheduler;
    QTimer m_painting;
    std::vector<double> m_milliseconds;
    std::atomic<bool> m_isOnItsWay =
        false; ///< who has what follows: the pulse while false, the window while true
    QElapsedTimer m_sent;
    double m_waitedBefore = 0.0;
    std::jthread m_pulse; ///< ends before the rest goes
};

/// Lets the loop turn until this holds, as it does while a person does nothing; false when it took too long.
template<typename Condition>
bool liveUntil(const Condition& isReached, int milliseconds)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isReached()) {
            loop.quit();
        }
    });
    look.start(5);
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
    return isReached();
}

/// Lets the loop turn for so long.
inline void live(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace transept::test
