#pragma once

#include "core/base/Ids.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

namespace transept {

/// Score and item in one number, the larger the better: compared without a branch that is guessed wrong half
/// of the time. Of equal scores the lower item row is the better.
using Candidate = std::uint64_t;

/// `score` is a number.
[[gnu::always_inline]] inline Candidate candidateOf(float score, std::size_t item) noexcept
{
    // The bits of floats ascend with them, those below 0 the other way.
    const auto bits = std::bit_cast<std::uint32_t>(score + 0.0F); // -0 equals 0
    const std::uint32_t ordered = (bits >> 31U) != 0 ? ~bits : bits | 0x80000000U;
    return (std::uint64_t{ordered} << 32U) | ~static_cast<std::uint32_t>(item);
}

inline float scoreOf(Candidate candidate) noexcept
{
    const auto bits = static_cast<std::uint32_t>(candidate >> 32U);
    return std::bit_cast<float>((bits >> 31U) != 0 ? bits & 0x7FFFFFFFU : ~bits);
}

inline ItemRow itemOf(Candidate candidate) noexcept
{
    return static_cast<ItemRow>(~static_cast<std::uint32_t>(candidate));
}

/// What is not a number counts as minus infinity.
inline float ranked(float score) noexcept
{
    return std::isnan(score) ? -std::numeric_limits<float>::infinity() : score;
}

/// Moves the `wanted` best to the front, in any order.
void pickBest(std::span<Candidate> candidates, std::size_t wanted) noexcept;

/// Items that are not to be found, ascending without repeats, asked for in ascending order.
class Excluded
{
public:
    explicit Excluded(std::span<const ItemRow> items) : m_items(items) {}

    bool contains(ItemRow item) noexcept
    {
        while (m_next < m_items.size() && m_items[m_next] < item) {
            ++m_next;
        }
        return m_next < m_items.size() && m_items[m_next] == item;
    }

private:
    std::span<const ItemRow> m_items;
    std::size_t m_next = 0;
};

} // namespace transept
