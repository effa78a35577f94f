#include "core/base/MemoryGuard.h"

#include "core/base/Memory.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include <sys/resource.h>

namespace transept {
namespace {

constexpr double mib = 1024.0 * 1024.0;
constexpr std::chrono::milliseconds interval{50};

/// Less than this is hardly any: as much as may be taken between two looks. A program that has grown by less
/// is not the one at fault.
constexpr double reserve = 256.0 * mib;

/// What the program may always map beside the work: stacks of threads, the heaps of small things.
constexpr double slack = 256.0 * mib;

/// The limit of the address space belongs to the process; the guards share it.
class AddressSpace
{
public:
    static AddressSpace& shared()
    {
        static AddressSpace space;
        return space;
    }

    void enter()
    {
        const std::lock_guard lock(m_mutex);
        if (m_guards++ == 0 && getrlimit(RLIMIT_AS, &m_before) == 0) {
            const HeldMemory held = heldMemory();
            m_untouched = held.mapped - held.resident;
            m_set = m_before.rlim_cur;
            limit();
        }
    }

    void leave()
    {
        const std::lock_guard lock(m_mutex);
        if (--m_guards == 0 && isOurs()) {
            set(m_before.rlim_cur);
        }
    }

    void follow()
    {
        const std::lock_guard lock(m_mutex);
        limit();
    }

private:
    bool isOurs() const
    {
        rlimit present{};
        return getrlimit(RLIMIT_AS, &present) == 0 && present.rlim_cur == m_set;
    }

    void set(rlim_t wanted)
    {
        const rlimit next{.rlim_cur = wanted, .rlim_max = m_before.rlim_max};
        if (setrlimit(RLIMIT_AS, &next) == 0) {
            m_set = wanted;
        }
    }

    /// Mapped but untouched before, plus what is held, plus what is there.
    void limit()
    {
#ifndef TRANSEPT_SANITIZED // the sanitizers map far more than they fill
        const double there = physicallyAvailableMemory();
        if (!std::isfinite(there) || !isOurs()) {
            return;
        }
        const HeldMemory held = heldMemory();
        const double wanted = std::max(m_untouched + held.resident + there, held.mapped) + slack;
        const bool isBelow =
            m_before.rlim_cur == RLIM_INFINITY || wanted < static_cast<double>(m_before.rlim_cur);
        set(isBelow ? static_cast<rlim_t>(wanted) : m_before.rlim_cur);
#endif
    }

    std::mutex m_mutex;
    int m_guards = 0;
    double m_untouched = 0.0;
    rlimit m_before{};
    rlim_t m_set = RLIM_INFINITY;
};

} // namespace

MemoryGuard::MemoryGuard(std::stop_token outer)
    : m_residentBefore(heldMemory().resident)
    , m_forward(std::move(outer), Forward{&m_stop})
{
    AddressSpace::shared().enter();
    m_watcher = std::jthread([this](const std::stop_token& end) { watch(end); });
}

MemoryGuard::~MemoryGuard()
{
    m_watcher.request_stop();
    m_watcher.join();
    AddressSpace::shared().leave();
}

void MemoryGuard::watch(const std::stop_token& end)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, end, interval, [&] { return end.stop_requested(); })) {
        AddressSpace::shared().follow();
        const double grown = heldMemory().resident - m_residentBefore;
        if (grown > reserve && physicallyAvailableMemory() < reserve) {
            m_ranOut = true;
            m_stop.request_stop();
            return;
        }
    }
}

} // namespace transept
