#pragma once

#include <cstddef>

namespace transept {

/// Has the system hand over memory that nothing was written to yet: in large pages where it has them, and on
/// several threads. Only speed depends on it.
void claimMemory(void* memory, std::size_t bytes);

} // namespace transept
