#pragma once

#include "core/base/Result.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string_view>

namespace transept {

/// How far a job is. `stage` is English and TRANSLATABLE("stages", ...).
struct Progress
{
    double fraction = 0.0; ///< 0 ... 1; below 0 when it cannot be known
    std::string_view stage;
    std::int64_t done = 0;  ///< rows, items, epochs, as the stage counts
    std::int64_t total = 0; ///< 0 when it cannot be known
};

/// A gate that a job passes at every step: closed, the job waits there. Safe from any thread.
class PauseGate
{
public:
    void pause();
    void resume();
    bool isPaused() const noexcept { return m_paused.load(std::memory_order_relaxed); }

    /// Returns when the gate is open or a stop is requested.
    void wait(const std::stop_token& stop) const;

private:
    std::atomic<bool> m_paused = false;
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
};

/// Everything a long piece of work may ask of its surroundings; every job is a function of its input and
/// this. It knows no thread and no window, so the same job runs in the window, on the command line and in a
/// test.
struct JobContext
{
    std::stop_token stop;
    std::function<void(const Progress&)> progress = [](const Progress&) {};
    const PauseGate* gate = nullptr; ///< null: cannot be paused; else must outlive the job

    /// To be called at least every 50 ms of work: waits while paused, fails with Cancelled when asked to
    /// stop.
    Status checkpoint() const;
};

/// A part of a job: what it reports as 0 ... 1 is told as `from` ... `to` of the whole.
JobContext partOf(const JobContext& job, double from, double to);

/// The error of a job that was asked to stop.
tl::unexpected<Error> cancelled();

} // namespace transept
