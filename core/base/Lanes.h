#pragma once

#include <cstddef>
#include <cstring>

namespace transept {

inline constexpr std::size_t laneCount = 16;

/// 16 numbers, which processors that can handle at once.
template<typename Real>
using LaneValues [[gnu::vector_size(laneCount * sizeof(Real))]] = Real;

/// Whether one of the first `Count` numbers is above the bar.
template<std::size_t Count>
[[gnu::always_inline]] inline bool anyAbove(const float* numbers, float bar) noexcept
{
    int above = 0;
    for (std::size_t at = 0; at < Count; ++at) {
        above |= static_cast<int>(numbers[at] > bar);
    }
    return above != 0;
}

/// 16 numbers in registers of `Bytes`: LaneValues for functions that are compiled for several widths. What is
/// wider than the processor's registers lives in memory, and a sum of products takes twenty times as long.
template<typename Real, std::size_t Bytes>
struct LaneParts
{
    using Part [[gnu::vector_size(Bytes)]] = Real;
    static constexpr std::size_t count = laneCount * sizeof(Real) / Bytes;

    Part parts[count];

    // Part by part: a copy of the whole would go through memory.
    [[gnu::always_inline]] void load(const Real* numbers) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            std::memcpy(&parts[part], numbers + part * sizeof(Part) / sizeof(Real), sizeof(Part));
        }
    }
    [[gnu::always_inline]] void store(Real* numbers) const noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            std::memcpy(numbers + part * sizeof(Part) / sizeof(Real), &parts[part], sizeof(Part));
        }
    }
    [[gnu::always_inline]] LaneParts& operator+=(const LaneParts& other) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] += other.parts[part];
        }
        return *this;
    }
    /// this += a * b
    [[gnu::always_inline]] void addProducts(const LaneParts& a, const LaneParts& b) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] += a.parts[part] * b.parts[part];
        }
    }
    /// this += factor * other
    [[gnu::always_inline]] void addScaled(Real factor, const LaneParts& other) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] += other.parts[part] * factor;
        }
    }
    /// Lanes whose numbers differ by 8 are added first, then 4, 2 and 1, whatever the width.
    [[gnu::always_inline]] Real sum() const noexcept
    {
        LaneParts sums = *this;
#pragma GCC unroll 8
        for (std::size_t half = count / 2; half > 0; half /= 2) {
#pragma GCC unroll 8
            for (std::size_t part = 0; part < half; ++part) {
                sums.parts[part] += sums.parts[part + half];
            }
        }
        return sumOf(sums.parts[0]);
    }

private:
    template<typename Vector>
    [[gnu::always_inline]] static Real sumOf(const Vector& v) noexcept
    {
        constexpr std::size_t lanes = sizeof(Vector) / sizeof(Real);
        if constexpr (lanes == 16) {
            return sumOf(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
                         __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
        } else if constexpr (lanes == 8) {
            return sumOf(__builtin_shufflevector(v, v, 0, 1, 2, 3) +
                         __builtin_shufflevector(v, v, 4, 5, 6, 7));
        } else if constexpr (lanes == 4) {
            return sumOf(__builtin_shufflevector(v, v, 0, 1) + __builtin_shufflevector(v, v, 2, 3));
        } else {
            return v[0] + v[1];
        }
    }
};

/// Sums of products in 16 lanes. The order of additions is fixed.
template<typename Real>
class Lanes
{
public:
    /// Adds the products of 16 numbers each.
    [[gnu::always_inline]] void addProducts(const Real* a, const Real* b) noexcept
    {
        LaneValues<Real> left;
        LaneValues<Real> right;
        std::memcpy(&left, a, sizeof(left));
        std::memcpy(&right, b, sizeof(right));
        m_sums += left * right;
    }

    [[gnu::always_inline]] Real sum() const noexcept
    {
        const auto eight = __builtin_shufflevector(m_sums, m_sums, 0, 1, 2, 3, 4, 5, 6, 7) +
                           __builtin_shufflevector(m_sums, m_sums, 8, 9, 10, 11, 12, 13, 14, 15);
        const auto four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) +
                          __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
        const auto two =
            __builtin_shufflevector(four, four, 0, 1) + __builtin_shufflevector(four, four, 2, 3);
        return two[0] + two[1];
    }

private:
    LaneValues<Real> m_sums{};
};

} // namespace transept
