#include "core/base/Job.h"

#include <algorithm>

namespace transept {

void PauseGate::pause()
{
    const std::lock_guard lock(m_mutex);
    m_paused = true;
}

void PauseGate::resume()
{
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
    }
    m_changed.notify_all();
}

void PauseGate::wait(const std::stop_token& stop) const
{
    if (!isPaused()) {
        return;
    }
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return !m_paused; });
}

Status JobContext::checkpoint() const
{
    if (gate != nullptr) {
        gate->wait(stop);
    }
    if (stop.stop_requested()) {
        return cancelled();
    }
    return {};
}

JobContext partOf(const JobContext& job, double from, double to)
{
    JobContext part = job;
    part.progress = [outer = job.progress, from, to](const Progress& inner) {
        Progress progress = inner;
        if (inner.fraction >= 0.0) {
            progress.fraction = from + (to - from) * std::min(inner.fraction, 1.0);
        }
        outer(progress);
    };
    return part;
}

tl::unexpected<Error> cancelled()
{
    return fail(ErrorCode::Cancelled, TRANSLATABLE("errors", "Stopped. What was done so far is kept."));
}

} // namespace transept
