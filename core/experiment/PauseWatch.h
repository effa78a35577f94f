#pragma once

#include "core/store/RunStore.h"

#include <thread>

namespace transept {

/// Shows in the run's record whether its gate is closed: paused while it is, running when it is open again.
/// The job itself stands still then, so a thread with a connection of its own writes; never over a run's
/// final state.
class PauseWatch
{
public:
    PauseWatch(std::filesystem::path file, RunId run, const PauseGate* gate);

private:
    static void follow(const std::filesystem::path& file,
                       RunId run,
                       const PauseGate& gate,
                       const std::stop_token& end);

    std::jthread m_thread; ///< none without a gate
};

} // namespace transept
