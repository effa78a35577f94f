#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <new>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace transept {

/// What this process holds, in bytes.
struct HeldMemory
{
    double resident = 0.0; ///< in the machine's memory
    double mapped = 0.0;   ///< of the address space, touched or not
};
HeldMemory heldMemory();

/// How many bytes more this process can take before the system must push something out or end a program: the
/// least of what the machine has free or can free, what the control groups leave, and what the limit of the
/// address space (ulimit -v) leaves. Infinity when the system does not say.
double availableMemory();

/// The same without the limit of the address space: what is there.
double physicallyAvailableMemory();

/// What the control groups named in `own` (the text of /proc/self/cgroup, versions 1 and 2) leave, all their
/// parents counted; `root` is where they are mounted. Files that can be dropped at once count as free.
double memoryLeftByGroups(std::string_view own, const std::filesystem::path& root);

/// The largest amount of memory that the process held since construction, as Linux counts it.
class MemoryPeak
{
public:
    MemoryPeak();
    double megabytes() const; ///< of 2^20 bytes
};

/// The error of work that an allocation ended.
tl::unexpected<Error> outOfMemory();

/// The outcome of `work()`, a Result; OutOfMemory when it throws for want of memory. What it held is free
/// again then.
template<typename Work>
std::invoke_result_t<Work> withinMemory(const Work& work)
{
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    } catch (const std::length_error&) { // a container longer than any memory
        return outOfMemory();
    }
}

} // namespace transept
