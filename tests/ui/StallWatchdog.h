#pragma once

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QObject>

#include <algorithm>
#include <vector>

namespace transept::test {

/// Measures how long the thread of the window is away from its event loop: one stretch from the moment the
/// loop wakes up until it would wait again. Time in which the thread was ready and the machine gave the
/// processor to somebody else is taken off, so that a busy machine does not fail a test. Lives on that
/// thread; measures from construction to destruction.
class StallWatchdog final : public QObject
{
public:
    StallWatchdog() : m_scheduler(QStringLiteral("/proc/thread-self/schedstat"))
    {
        m_scheduler.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        const QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] {
            note();
            m_waitedBefore = waitedForProcessor();
            m_stretch.start();
        });
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { note(); });
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

private:
    void note()
    {
        if (m_stretch.isValid()) {
            const double waited = waitedForProcessor() - m_waitedBefore;
            m_milliseconds.push_back(
                std::max(0.0, static_cast<double>(m_stretch.nsecsElapsed()) / 1e6 - waited));
            m_stretch.invalidate();
        }
    }

    /// Milliseconds that this thread stood ready in the queue of a processor; 0 where the system does not
    /// say.
    double waitedForProcessor()
    {
        if (!m_scheduler.isOpen() || !m_scheduler.seek(0)) {
            return 0.0;
        }
        const QList<QByteArray> figures = m_scheduler.read(128).split(' ');
        return figures.size() > 1 ? figures[1].toDouble() / 1e6 : 0.0;
    }

    QFile m_scheduler;
    QElapsedTimer m_stretch;
    double m_waitedBefore = 0.0;
    std::vector<double> m_milliseconds;
};

} // namespace transept::test
