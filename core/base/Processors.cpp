#include "core/base/Processors.h"

#include <algorithm>
#include <cpuid.h>

namespace transept {
namespace {

/// Whether there are instructions that convert float16. Not every compiler knows them by name.
bool convertsHalves() noexcept
{
    unsigned int a = 0;
    unsigned int b = 0;
    unsigned int c = 0;
    unsigned int d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & static_cast<unsigned int>(bit_F16C)) != 0;
}

std::size_t widest() noexcept
{
    const bool has64 = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                       __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    const bool has32 =
        __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 && convertsHalves();
    return has32 ? (has64 ? 64 : 32) : 16;
}

} // namespace

std::size_t usedVectorBytes = widest();

void limitVectorBytes(std::size_t most) noexcept
{
    usedVectorBytes = std::min(widest(), most);
}

} // namespace transept
