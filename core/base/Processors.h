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

#define ALWAYS_INLINE __attribute__((always_inline)) ///< for lambdas, between parameters and body

/// A function template over the width in bytes, for atThisWidth().
#define EVERY_WIDTH_OF(kernel)                                                                               \
    []<std::size_t Bytes>(const auto&... arguments)                                                          \
        ALWAYS_INLINE { return kernel<Bytes>(arguments...); } // NOLINT(bugprone-macro-parentheses)

/// Defines the function name(kernel, arguments...): it calls `kernel.template
/// operator()<Bytes>(arguments...)` with the width of this processor's vector registers, each of the three
/// compiled for processors of that width, with the options named. Whatever handles vectors in there must be
/// always_inline: other functions are compiled for every processor.
#define DEFINE_AT_THIS_WIDTH(name, ...)                                                                      \
    KERNEL_OF_WIDTH(name, 16, KERNEL_OPTIONS(__VA_ARGS__))                                                   \
    KERNEL_OF_WIDTH(name, 32, target("avx2,fma,f16c"), KERNEL_OPTIONS(__VA_ARGS__))                          \
    KERNEL_OF_WIDTH(name, 64, target("avx512f,avx512bw,avx512dq,avx512vl,fma"), KERNEL_OPTIONS(__VA_ARGS__)) \
    template<typename Kernel, typename... Arguments>                                                         \
    auto name(const Kernel& kernel, Arguments... arguments) noexcept                                         \
    {                                                                                                        \
        const std::size_t bytes = vectorBytes();                                                             \
        return bytes == 64   ? name##Of64(kernel, arguments...)                                              \
               : bytes == 32 ? name##Of32(kernel, arguments...)                                              \
                             : name##Of16(kernel, arguments...);                                             \
    }
#define KERNEL_OF_WIDTH(name, bytes, ...)                                                                    \
    template<typename Kernel, typename... Arguments>                                                         \
    __attribute__((__VA_ARGS__)) auto name##Of##bytes(const Kernel& kernel, Arguments... arguments) noexcept \
    {                                                                                                        \
        return kernel.template operator()<bytes>(arguments...);                                              \
    }
#define KERNEL_OPTIONS(...) optimize("O3", "no-math-errno", "no-trapping-math" __VA_OPT__(, ) __VA_ARGS__)

namespace transept {

extern std::size_t usedVectorBytes; ///< of vectorBytes() alone; here because every call of a kernel asks

/// How wide this processor's vector registers are: 16, 32 or 64 bytes.
inline std::size_t vectorBytes() noexcept
{
    return usedVectorBytes;
}

/// Uses no wider ones, for comparisons. Not to be called while anything is computed.
void limitVectorBytes(std::size_t most) noexcept;

/// For functions of vector types, which are only fast when the processor has registers as wide.
DEFINE_AT_THIS_WIDTH(atThisWidth)

/// The same where the bits need not be the same on every processor: a product and a sum may be fused.
DEFINE_AT_THIS_WIDTH(atThisWidthFused, "fp-contract=fast")

} // namespace transept
