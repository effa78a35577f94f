#pragma once

#include <cstddef>

/// Compiles a function of plain loops for several processors; the right one is chosen when the program
/// starts. The sums in it must have a fixed order of additions: then every processor computes the same bits.
#ifdef TRANSEPT_SANITIZED
#define FOR_EVERY_PROCESSOR // the sanitizers start before the dispatcher may run
#else
#define FOR_EVERY_PROCESSOR                                                                                  \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"),                             \
                   optimize("O3", "no-math-errno", "no-trapping-math")))
#endif

/// For functions of vector types, which are only fast when the processor has registers as wide: one function
/// for each width, compiled from a template, of which ofThisWidth() takes the right one. More options of the
/// compiler may be named: "fp-contract=fast" where the bits need not be the same on every processor.
#define KERNEL_OPTIONS(...) optimize("O3", "no-math-errno", "no-trapping-math" __VA_OPT__(, ) __VA_ARGS__)
#define WITH_16_BYTES(...) __attribute__((KERNEL_OPTIONS(__VA_ARGS__)))
#define WITH_32_BYTES(...) __attribute__((target("avx2,fma"), KERNEL_OPTIONS(__VA_ARGS__)))
#define WITH_64_BYTES(...)                                                                                   \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"), KERNEL_OPTIONS(__VA_ARGS__)))

namespace transept {

/// How wide this processor's vector registers are: 16, 32 or 64 bytes.
std::size_t vectorBytes() noexcept;

/// Uses no wider ones, for comparisons. Not to be called while anything is computed.
void limitVectorBytes(std::size_t most) noexcept;

template<typename Function>
Function* ofThisWidth(Function* with16, Function* with32, Function* with64) noexcept
{
    const std::size_t bytes = vectorBytes();
    return bytes == 64 ? with64 : bytes == 32 ? with32 : with16;
}

} // namespace transept
