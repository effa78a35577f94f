#include "core/base/Random.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace transept {
namespace {

std::uint64_t splitMix(std::uint64_t& state) noexcept
{
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
}

} // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream, std::uint64_t step) noexcept : m_state{}
{
    // Each of the three goes through a full mix before the next is added, so neighbouring streams share
    // nothing.
    std::uint64_t state = seed;
    state = splitMix(state) ^ stream;
    state = splitMix(state) ^ step;
    for (std::uint64_t& word : m_state) {
        word = splitMix(state);
    }
}

std::uint64_t Random::next() noexcept
{
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t shifted = m_state[1] << 17U;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= shifted;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound) noexcept
{
    // Rejection keeps it unbiased: values under 2^64 mod bound would come up once too often.
    const std::uint64_t rest = (0 - bound) % bound;
    std::uint64_t value = next();
    while (value < rest) {
        value = next();
    }
    return value % bound;
}

double Random::uniform() noexcept
{
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

double Random::normal() noexcept
{
    // Box-Muller without keeping the second value: the state stays a function of the number of draws.
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

} // namespace transept
