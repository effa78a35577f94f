#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace transept {

/// Ends work that needs more memory than there is before the system ends the program for it. Linux promises
/// memory that it does not have and takes it back by killing; so while a guard lives
///
/// - the address space may grow by what is available and little more: an allocation that could never be
///   filled throws std::bad_alloc where it is made;
/// - memory that is taken bit by bit is watched: when hardly any is left and the process has grown since the
///   guard was made, the work is asked to stop.
///
/// Several guards may live at once; limits that somebody else sets are kept.
class MemoryGuard
{
public:
    /// `outer` asks the work to stop for other reasons.
    explicit MemoryGuard(std::stop_token outer);
    ~MemoryGuard();
    MemoryGuard(const MemoryGuard&) = delete;
    MemoryGuard& operator=(const MemoryGuard&) = delete;

    /// For the work: fires when `outer` does and when memory runs out.
    std::stop_token token() const { return m_stop.get_token(); }
    bool ranOut() const noexcept { return m_ranOut; }

private:
    void watch(const std::stop_token& end);

    std::stop_source m_stop;
    std::atomic<bool> m_ranOut = false;
    double m_residentBefore;
    struct Forward
    {
        std::stop_source* stop;
        void operator()() const { stop->request_stop(); }
    };
    std::stop_callback<Forward> m_forward;
    std::jthread m_watcher; ///< last: ends before the rest goes
};

} // namespace transept
