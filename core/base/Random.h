#pragma once

#include <cstdint>
#include <span>
#include <utility>

namespace transept {

/// Random numbers that are a function of (seed, stream, step) alone: a block of work draws from its own
/// stream, so the result does not depend on which thread takes which block. xoshiro256** seeded by SplitMix64
/// (Blackman and Vigna 2018). The distributions are ours, because the standard's differ between libraries.
class Random
{
public:
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0, std::uint64_t step = 0) noexcept;

    std::uint64_t next() noexcept;
    std::uint64_t below(std::uint64_t bound) noexcept; ///< uniform on 0 ... bound-1, unbiased; bound > 0
    double uniform() noexcept;                         ///< uniform on [0, 1) with 53 bits
    double normal() noexcept;                          ///< mean 0, variance 1

    /// Fisher-Yates.
    template<typename T>
    void shuffle(std::span<T> values)
    {
        for (std::size_t left = values.size(); left > 1; --left) {
            std::swap(values[left - 1], values[static_cast<std::size_t>(below(left))]);
        }
    }

private:
    std::uint64_t m_state[4];
};

} // namespace transept
