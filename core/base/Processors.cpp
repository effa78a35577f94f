#include "core/base/Processors.h"

#include <algorithm>

namespace transept {
namespace {

std::size_t widest() noexcept
{
    const bool has64 = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                       __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    const bool has32 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
                       __builtin_cpu_supports("f16c") != 0;
    return has32 ? (has64 ? 64 : 32) : 16;
}

} // namespace

std::size_t usedVectorBytes = widest();

void limitVectorBytes(std::size_t most) noexcept
{
    usedVectorBytes = std::min(widest(), most);
}

} // namespace transept
