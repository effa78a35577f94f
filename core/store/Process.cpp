#include "core/store/Process.h"

#include "core/base/Sha256.h"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace transept {
namespace {

/// Where a process stands among all of this start of the machine: the ticks at which it began, and the
/// start's own name; empty when the system does not say, or the process has ended and only its parent has not
/// asked for its end yet.
std::string originOf(std::int64_t process)
{
    std::ifstream status(fmt::format("/proc/{}/stat", process));
    std::string text{std::istreambuf_iterator<char>(status), std::istreambuf_iterator<char>()};
    // proc(5): the name in brackets may hold anything; the state follows, the start time is the 20th field.
    std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string field;
    for (int place = 0; place < 20; ++place) {
        fields >> field;
        if (place == 0 && (field == "Z" || field == "X")) {
            return {};
        }
    }
    if (!fields) {
        return {};
    }
    std::string start;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> start;
    return start + ' ' + field;
}

constexpr int processBits = 22; // Linux gives no process id above 2^22

} // namespace

std::int64_t identityOf(std::int64_t process)
{
    const std::string origin = originOf(process);
    constexpr std::size_t digits = 10; // 40 bits: with the process id 62
    const auto mark = origin.empty() ? 0 : std::stoll(sha256(origin).substr(0, digits), nullptr, 16);
    return (std::int64_t{mark} << processBits) | process;
}

bool isAlive(std::int64_t identity)
{
    const std::int64_t process = identity & ((std::int64_t{1} << processBits) - 1);
    const bool exists = process > 0 && (kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
    return exists && identityOf(process) == identity;
}

} // namespace transept
