#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// Loops over float16 numbers (IEEE 754 binary16), as Kernels.h has them over float32. Every float16 is a
/// float32: what is computed of them is, to the bit, what is computed of these.
namespace transept::kernels {

/// out = the numbers in float32
void decodeHalves(const std::uint16_t* halves, std::size_t length, float* out) noexcept;

/// Rows of finite numbers, each padded with zeros to a multiple of 16.
struct HalfRows
{
    const std::uint16_t* first = nullptr;
    std::size_t stride = 0;
};

/// out[r] = <row places[r], x>, in the order of additions of dot(); 0 for a place of -1.
void dotHalfRows(const HalfRows& rows,
                 std::span<const std::int32_t> places,
                 const float* x,
                 std::size_t length,
                 float* out) noexcept;

} // namespace transept::kernels
