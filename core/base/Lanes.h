#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace transept {

inline constexpr std::size_t laneCount = 16;

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

/// 16 numbers in registers of `Bytes`, for functions that are compiled for every width (atThisWidth()). What
/// is wider than the processor's registers lives in memory, and a sum of products takes twenty times as long.
template<typename Real, std::size_t Bytes>
struct LaneParts
{
    using Part [[gnu::vector_size(Bytes)]] = Real;
    static constexpr std::size_t width = Bytes / sizeof(Real); ///< numbers of a part
    static constexpr std::size_t count = laneCount / width;

    Part parts[count];

    [[gnu::always_inline]] static void load(const Real* numbers, Part& part) noexcept
    {
        std::memcpy(&part, numbers, sizeof(part));
    }
    // Part by part: a copy of the whole would go through memory.
    [[gnu::always_inline]] void load(const Real* numbers) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            load(numbers + part * width, parts[part]);
        }
    }
    [[gnu::always_inline]] void store(Real* numbers) const noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            std::memcpy(numbers + part * width, &parts[part], sizeof(Part));
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
    [[gnu::always_inline]] LaneParts& operator-=(const LaneParts& other) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] -= other.parts[part];
        }
        return *this;
    }
    [[gnu::always_inline]] LaneParts& operator*=(const LaneParts& other) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] *= other.parts[part];
        }
        return *this;
    }
    [[gnu::always_inline]] LaneParts& operator*=(Real factor) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] *= factor;
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
    /// The same for all numbers of a and b: `length` of them, a multiple of 16.
    [[gnu::always_inline]] void addProducts(const Real* a, const Real* b, std::size_t length) noexcept
    {
        LaneParts ofA;
        LaneParts ofB;
        for (std::size_t at = 0; at < length; at += laneCount) {
            ofA.load(a + at);
            ofB.load(b + at);
            addProducts(ofA, ofB);
        }
    }
    /// this -= a * b
    [[gnu::always_inline]] void subtractProducts(const LaneParts& a, const LaneParts& b) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] -= a.parts[part] * b.parts[part];
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
    /// this -= factor * other
    [[gnu::always_inline]] void subtractScaled(Real factor, const LaneParts& other) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] -= other.parts[part] * factor;
        }
    }
    /// this = a * x + b * y
    [[gnu::always_inline]] void scaledSum(Real a, const LaneParts& x, Real b, const LaneParts& y) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] = a * x.parts[part] + b * y.parts[part];
        }
    }
    [[gnu::always_inline]] LaneParts& operator+=(Real number) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] += number;
        }
        return *this;
    }
    [[gnu::always_inline]] void copy(const LaneParts& other) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] = other.parts[part];
        }
    }
    /// The larger of each two numbers.
    [[gnu::always_inline]] void raiseTo(const LaneParts& other) noexcept
    {
#pragma GCC unroll 8
        for (std::size_t part = 0; part < count; ++part) {
            parts[part] = parts[part] > other.parts[part] ? parts[part] : other.parts[part];
        }
    }
    [[gnu::always_inline]] bool isAnyAbove(Real bar) const noexcept
    {
        Part highest = parts[0];
#pragma GCC unroll 8
        for (std::size_t part = 1; part < count; ++part) {
            highest = highest > parts[part] ? highest : parts[part];
        }
        return isAny(highest > bar);
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

    /// Number r of `total` is the sum of vectors[r]'s numbers; those that differ by 1 are added first, then
    /// 2, 4 and 8. `vectors` is used up.
    template<std::size_t Step = 1>
    [[gnu::always_inline]] static void addAcross(Part (&vectors)[width], Part& total) noexcept
    {
        if constexpr (Step == width) {
            total = vectors[0];
        } else {
#pragma GCC unroll 16
            for (std::size_t vector = 0; vector < width; vector += 2 * Step) {
                addNeighbours<Step>(
                    vectors[vector], vectors[vector + Step], std::make_index_sequence<width>());
            }
            addAcross<2 * Step>(vectors, total);
        }
    }
    /// The sum of the parts, neighbours first.
    [[gnu::always_inline]] void addParts(Part& total) const noexcept
    {
        if constexpr (count == 4) {
            total = (parts[0] + parts[1]) + (parts[2] + parts[3]);
        } else if constexpr (count == 2) {
            total = parts[0] + parts[1];
        } else {
            total = parts[0];
        }
    }

private:
    /// Adds the numbers of a, and those of b, that differ by Step: by turns Step sums of a's and of b's.
    template<std::size_t Step, std::size_t... lane>
    [[gnu::always_inline]] static void addNeighbours(Part& a,
                                                     const Part& b,
                                                     std::index_sequence<lane...> /*lanes*/) noexcept
    {
        a = __builtin_shufflevector(a, b, (lane / Step % 2 == 0 ? lane : width + lane - Step)...) +
            __builtin_shufflevector(a, b, (lane / Step % 2 == 0 ? lane + Step : width + lane)...);
    }
    /// Whether a comparison holds for one of the numbers.
    template<typename Vector>
    [[gnu::always_inline]] static bool isAny(const Vector& holds) noexcept
    {
        std::uint64_t words[sizeof(Vector) / sizeof(std::uint64_t)];
        std::memcpy(words, &holds, sizeof(words));
        std::uint64_t any = 0;
        for (const std::uint64_t word : words) {
            any |= word;
        }
        return any != 0;
    }
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

} // namespace transept
