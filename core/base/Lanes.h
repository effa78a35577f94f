#pragma once

#include <cstddef>
#include <cstring>

namespace transept {

inline constexpr std::size_t laneCount = 16;

/// 16 numbers, which processors that can handle at once.
template<typename Real>
using LaneValues [[gnu::vector_size(laneCount * sizeof(Real))]] = Real;

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
