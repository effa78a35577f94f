#pragma once

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>

#include <algorithm>
#include <vector>

namespace transept::test {

/// Measures how long the thread of the window is away from its event loop: one stretch from the moment the
/// loop wakes up until it would wait again or takes the next round. Lives on that thread; measures from
/// construction to destruction.
class StallWatchdog final : public QObject
{
public:
    StallWatchdog()
    {
        const QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] {
            note();
            m_stretch.start();
        });
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { note(); });
    }

    std::size_t count() const { return m_milliseconds.size(); }

    double longest() const
    {
        return m_milliseconds.empty() ? 0.0 : *std::max_element(m_milliseconds.begin(), m_milliseconds.end());
    }

    /// The stretch that `share` of all stretches do not exceed: quantile(0.99).
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
            m_milliseconds.push_back(static_cast<double>(m_stretch.nsecsElapsed()) / 1e6);
            m_stretch.invalidate();
        }
    }

    QElapsedTimer m_stretch;
    std::vector<double> m_milliseconds;
};

} // namespace transept::test
