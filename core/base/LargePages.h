#pragma once

#include <cstddef>
#include <vector>

namespace transept {

/// Has the system hand over memory that nothing was written to yet: in large pages where it has them, and on
/// several threads. Only speed depends on it.
void claimMemory(void* memory, std::size_t bytes);

/// `count` values as T{} makes them, for so many that the first touch of their memory takes long.
template<typename T>
std::vector<T> inLargePages(std::size_t count)
{
    std::vector<T> values;
    values.reserve(count);
    claimMemory(values.data(), count * sizeof(T));
    values.resize(count);
    return values;
}

} // namespace transept
