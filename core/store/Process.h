#pragma once

#include <cstdint>

namespace transept {

/// The number under which a process stands in the `process` columns; see processId().
std::int64_t identityOf(std::int64_t process);

/// Whether the process that stood under this number still runs on this machine.
bool isAlive(std::int64_t identity);

} // namespace transept
