#pragma once

#include "core/base/Job.h"

#include <atomic>

namespace transept {

/// checkpoint() for tasks that run side by side: after a stop is requested all of them return soon.
class TaskGuard
{
public:
    explicit TaskGuard(const JobContext& job) : m_job(job) {}

    /// To be asked at least every 50 ms of work, from any thread; false: return, the result is not wanted any
    /// more.
    bool mayGoOn()
    {
        if (m_stopped.load(std::memory_order_relaxed)) {
            return false;
        }
        if (m_job.checkpoint()) {
            return true;
        }
        m_stopped.store(true, std::memory_order_relaxed);
        return false;
    }

    /// Cancelled when a task was sent home.
    Status status() const { return m_stopped ? Status(cancelled()) : m_job.checkpoint(); }

private:
    const JobContext& m_job;
    std::atomic<bool> m_stopped = false;
};

} // namespace transept
