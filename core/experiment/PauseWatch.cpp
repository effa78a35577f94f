#include "core/experiment/PauseWatch.h"

namespace transept {

PauseWatch::PauseWatch(std::filesystem::path file, RunId run, const PauseGate* gate)
{
    if (gate != nullptr) {
        m_thread = std::jthread([file = std::move(file), run, gate](const std::stop_token& end) {
            follow(file, run, *gate, end);
        });
    }
}

void PauseWatch::follow(const std::filesystem::path& file,
                        RunId run,
                        const PauseGate& gate,
                        const std::stop_token& end)
{
    constexpr std::chrono::milliseconds interval{20};
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    bool shownPaused = false;
    while (!end.stop_requested()) {
        const bool paused = gate.isPaused();
        if (paused != shownPaused) {
            const Result<Workspace> own = Workspace::open(file);
            if (own && RunStore(*own).setPaused(run, paused)) {
                shownPaused = paused;
            }
        }
        wake.wait_for(lock, end, interval, [] { return false; });
    }
}

} // namespace transept
