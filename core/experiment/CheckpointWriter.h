#pragma once

#include "core/store/RunCheckpoint.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace transept {

/// How often a run writes a checkpoint: not before `least` has passed since the last, and so seldom that
/// taking and writing them is at most this share of the time.
struct CheckpointPace
{
    std::chrono::milliseconds least{1000};
    double share = 0.025;
};

/// Writes a run's checkpoints on a thread and a connection of its own, one at a time; the training hands them
/// over and goes on. What could not be written is left out: the checkpoint before stays.
class CheckpointWriter
{
public:
    using Clock = std::chrono::steady_clock;

    CheckpointWriter(std::filesystem::path file, RunId run, const CheckpointPace& pace);
    CheckpointWriter(const CheckpointWriter&) = delete;
    CheckpointWriter& operator=(const CheckpointWriter&) = delete;
    ~CheckpointWriter(); ///< breaks off what is being written

    bool isDue() const;
    bool hasFailed() const; ///< the last one was not written

    /// When it is due; `taking` is how long that held the training up.
    void write(RunCheckpoint checkpoint, Clock::duration taking);

private:
    void work(const std::stop_token& end);
    bool writeNow(const RunCheckpoint& checkpoint, const std::stop_token& end) const;

    std::filesystem::path m_file;
    RunId m_run;
    CheckpointPace m_pace;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<RunCheckpoint> m_waiting;
    bool m_isBusy = false;
    bool m_hasFailed = false;
    Clock::time_point m_due;
    Clock::duration m_taking{};
    std::jthread m_thread; ///< the last member: ends before the others
};

} // namespace transept
