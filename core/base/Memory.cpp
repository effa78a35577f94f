#include "core/base/Memory.h"

#include <fstream>
#include <limits>
#include <sstream>

#include <sys/resource.h>
#include <unistd.h>

namespace transept {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double kib = 1024.0;

/// The number behind a word in a file of the form "word number ..."; nothing when there is none.
std::optional<double> numberBehind(const std::filesystem::path& file, std::string_view word)
{
    std::ifstream lines(file);
    std::string line;
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        std::string first;
        double number = 0.0;
        if (fields >> first >> number && first == word) {
            return number;
        }
    }
    return std::nullopt;
}

/// A file that holds one number; nothing when it is absent or says "max".
std::optional<double> numberIn(const std::filesystem::path& file)
{
    std::ifstream text(file);
    double number = 0.0;
    return text >> number ? std::optional(number) : std::nullopt;
}

/// The words of one version of the control groups.
struct GroupFiles
{
    const char* limit;
    const char* usage;
    const char* droppable; ///< in memory.stat
};
constexpr GroupFiles ofVersion1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};
constexpr GroupFiles ofVersion2{"memory.max", "memory.current", "inactive_file"};

double leftByGroup(const std::filesystem::path& folder, const GroupFiles& files)
{
    const std::optional<double> limit = numberIn(folder / files.limit);
    const std::optional<double> usage = numberIn(folder / files.usage);
    if (!limit || !usage) {
        return unlimited;
    }
    const double droppable = numberBehind(folder / "memory.stat", files.droppable).value_or(0.0);
    return std::max(0.0, *limit - *usage + droppable);
}

/// Of a group and all groups above it. Within a container the folder of the group itself may be out of sight.
double leftByBranch(const std::filesystem::path& root, std::string_view group, const GroupFiles& files)
{
    double left = leftByGroup(root, files);
    std::filesystem::path folder = root;
    for (const auto& part : std::filesystem::path(group).relative_path()) {
        folder /= part;
        left = std::min(left, leftByGroup(folder, files));
    }
    return left;
}

double leftByAddressSpace()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return unlimited;
    }
    return std::max(0.0, static_cast<double>(limit.rlim_cur) - heldMemory().mapped);
}

std::string contentOf(const char* file)
{
    std::ifstream text(file);
    return {std::istreambuf_iterator<char>(text), std::istreambuf_iterator<char>()};
}

} // namespace

HeldMemory heldMemory()
{
    const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
    std::ifstream sizes("/proc/self/statm");
    HeldMemory held;
    sizes >> held.mapped >> held.resident;
    return {.resident = held.resident * page, .mapped = held.mapped * page};
}

double memoryLeftByGroups(std::string_view own, const std::filesystem::path& root)
{
    double left = unlimited;
    std::istringstream lines{std::string(own)};
    std::string line; // "4:memory:/group" of version 1, "0::/group" of version 2
    while (std::getline(lines, line)) {
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const std::string group = line.substr(second + 1);
        if (controllers.empty()) {
            left = std::min(left, leftByBranch(root, group, ofVersion2));
        } else if (("," + controllers + ",").find(",memory,") != std::string::npos) {
            left = std::min(left, leftByBranch(root / "memory", group, ofVersion1));
        }
    }
    return left;
}

double physicallyAvailableMemory()
{
    const double ofMachine = numberBehind("/proc/meminfo", "MemAvailable:").value_or(unlimited) * kib;
    return std::min(ofMachine, memoryLeftByGroups(contentOf("/proc/self/cgroup"), "/sys/fs/cgroup"));
}

double availableMemory()
{
    return std::min(physicallyAvailableMemory(), leftByAddressSpace());
}

MemoryPeak::MemoryPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5"; // sets the peak back to the present size
}

double MemoryPeak::megabytes() const
{
    return numberBehind("/proc/self/status", "VmHWM:").value_or(0.0) / kib;
}

tl::unexpected<Error> outOfMemory()
{
    return fail(ErrorCode::OutOfMemory,
                TRANSLATABLE("errors",
                             "There is not enough memory for this. What was done so far is kept. Close other "
                             "programs, or work on less data at once."));
}

} // namespace transept
