#include "core/base/HalfKernels.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <cstring>
#include <immintrin.h>

#pragma GCC diagnostic ignored "-Wpsabi" // of vectors that functions hand back: all of these are inlined

namespace transept::kernels {
namespace {

// A float16 is sign, 5 bits of exponent around 15, 10 of mantissa; a float32 has 8 around 127, and 23. Moved
// by 13 places the mantissas agree, and the exponents differ by 112.
constexpr int mantissaShift = 13;
constexpr std::uint32_t exponentBits = 0x7C00U << mantissaShift;
constexpr std::uint32_t exponentStep = 112U << 23;
// With the smallest exponent the first bit of a mantissa is not understood. With one higher it is, and 2^-14
// too much: subtracting that is exact. A subnormal float32 on the way would take processors a hundred times
// as long.
constexpr std::uint32_t understood = 113U << 23;

template<typename Word, std::size_t Bytes>
struct WordsOf
{
    using Vector [[gnu::vector_size(Bytes)]] = Word;
};

/// As many numbers as fit into `Bytes`, without branches.
template<std::size_t Bytes, typename Floats>
[[gnu::always_inline]] inline void decode(const std::uint16_t* halves, Floats& floats) noexcept
{
    using Words = typename WordsOf<std::uint32_t, Bytes>::Vector;
    using Halves = typename WordsOf<std::uint16_t, Bytes / 2>::Vector;
    Halves packed;
    std::memcpy(&packed, halves, sizeof(packed));
    const Words wide = __builtin_convertvector(packed, Words);
    const Words bits = (wide & 0x7FFFU) << mantissaShift;
    const Words exponent = bits & exponentBits;
    const Words beyond =
        exponent == exponentBits ? Words{} + exponentStep : Words{}; // infinite, or no number
    const Words normal = bits + exponentStep + beyond;
    const Words raised = bits + understood;
    const Words excess = Words{} + understood;
    Floats subnormal;
    Floats toSubtract;
    std::memcpy(&subnormal, &raised, sizeof(raised));
    std::memcpy(&toSubtract, &excess, sizeof(excess));
    subnormal -= toSubtract;
    Words decoded;
    std::memcpy(&decoded, &subnormal, sizeof(subnormal));
    decoded = (exponent == 0 ? decoded : normal) | ((wide & 0x8000U) << 16);
    std::memcpy(&floats, &decoded, sizeof(decoded));
}

/// 16 numbers. Processors with registers of 32 bytes have an instruction for it.
template<std::size_t Bytes>
[[gnu::always_inline]] inline void load(const std::uint16_t* halves, LaneParts<float, Bytes>& lanes) noexcept
{
    constexpr std::size_t width = LaneParts<float, Bytes>::width;
#pragma GCC unroll 8
    for (std::size_t part = 0; part < LaneParts<float, Bytes>::count; ++part) {
        auto& floats = lanes.parts[part];
        if constexpr (Bytes == 64) {
            __v16hi packed;
            std::memcpy(&packed, halves + part * width, sizeof(packed));
            constexpr int roundedAsSet = 4;
            constexpr __mmask16 every = 0xFFFF;
            floats = __builtin_ia32_vcvtph2ps512_mask(
                packed, std::decay_t<decltype(floats)>{}, every, roundedAsSet);
        } else if constexpr (Bytes == 32) {
            __v8hi packed;
            std::memcpy(&packed, halves + part * width, sizeof(packed));
            floats = __builtin_ia32_vcvtph2ps256(packed);
        } else {
            decode<Bytes>(halves + part * width, floats);
        }
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void decodeAll(const std::uint16_t* halves,
                                             std::size_t length,
                                             float* out) noexcept
{
    LaneParts<float, Bytes> numbers;
    const std::size_t whole = length / laneCount * laneCount;
    for (std::size_t at = 0; at < whole; at += laneCount) {
        load<Bytes>(halves + at, numbers);
        numbers.store(out + at);
    }
    if (whole < length) {
        std::uint16_t last[laneCount] = {};
        float decoded[laneCount];
        std::copy(halves + whole, halves + length, last);
        load<Bytes>(last, numbers);
        numbers.store(decoded);
        std::copy(decoded, decoded + (length - whole), out + whole);
    }
}

struct Factor
{
    const float* numbers;
    std::size_t whole; ///< the first ones, of which 16 are there each time
    const float* last; ///< 16 more, the rest filled up with zeros; null when there is no rest
};

template<std::size_t Bytes>
[[gnu::always_inline]] inline float product(const std::uint16_t* row, const Factor& factor) noexcept
{
    LaneParts<float, Bytes> sums{};
    LaneParts<float, Bytes> ofRow;
    LaneParts<float, Bytes> ofFactor;
    for (std::size_t at = 0; at < factor.whole; at += laneCount) {
        load<Bytes>(row + at, ofRow);
        ofFactor.load(factor.numbers + at);
        sums.addProducts(ofRow, ofFactor);
    }
    if (factor.last != nullptr) {
        load<Bytes>(row + factor.whole, ofRow);
        ofFactor.load(factor.last);
        sums.addProducts(ofRow, ofFactor);
    }
    return sums.sum();
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void productsOf(const HalfRows& rows,
                                              std::span<const std::int32_t> places,
                                              const Factor& factor,
                                              float* out) noexcept
{
    for (std::size_t row = 0; row < places.size(); ++row) {
        out[row] =
            places[row] < 0
                ? 0.0F
                : product<Bytes>(rows.first + static_cast<std::size_t>(places[row]) * rows.stride, factor);
    }
}

} // namespace

void decodeHalves(const std::uint16_t* halves, std::size_t length, float* out) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(decodeAll), halves, length, out);
}

void dotHalfRows(const HalfRows& rows,
                 std::span<const std::int32_t> places,
                 const float* x,
                 std::size_t length,
                 float* out) noexcept
{
    const std::size_t whole = length / laneCount * laneCount;
    float last[laneCount] = {};
    std::copy(x + whole, x + length, last);
    const Factor factor{.numbers = x, .whole = whole, .last = whole < length ? last : nullptr};
    atThisWidth(EVERY_WIDTH_OF(productsOf), rows, places, factor, out);
}

} // namespace transept::kernels
