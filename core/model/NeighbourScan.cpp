#include "core/model/NeighbourScan.h"

#include "core/base/Processors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <cstring>
#include <limits>

namespace transept::scan {
namespace {

FOR_EVERY_PROCESSOR
std::int32_t countAbove(std::span<const float> values, float limit)
{
    std::int32_t count = 0;
    for (const float value : values) {
        count += value > limit ? 1 : 0;
    }
    return count;
}

} // namespace

FOR_EVERY_PROCESSOR
void scaleCounts(std::span<float> values, const std::int32_t* sums, const float* factors)
{
    for (std::size_t at = 0; at < values.size(); ++at) {
        values[at] = static_cast<float>(sums[at]) * factors[at];
    }
}

FOR_EVERY_PROCESSOR
void scaleProducts(std::span<float> values, const double* sums, const float* factors)
{
    for (std::size_t at = 0; at < values.size(); ++at) {
        values[at] = static_cast<float>(sums[at]) * factors[at];
    }
}

FOR_EVERY_PROCESSOR
void shrink(std::span<float> values, const std::int32_t* counts, float shrinkage)
{
    for (std::size_t at = 0; at < values.size(); ++at) {
        const auto count = static_cast<float>(counts[at]);
        values[at] *= count / (count + shrinkage);
    }
}

FOR_EVERY_PROCESSOR
std::size_t placesAbove(
    std::span<const float> values, float limit, float factor, const float* limits, std::int32_t* places)
{
    constexpr std::size_t stretch = 512;
    constexpr std::size_t wordBytes = sizeof(std::uint64_t);
    std::array<std::uint8_t, stretch> isAbove{};
    std::size_t found = 0;
    for (std::size_t first = 0; first < values.size(); first += stretch) {
        const std::size_t count = std::min(stretch, values.size() - first);
        for (std::size_t at = 0; at < count; ++at) {
            const float value = values[first + at];
            isAbove[at] = static_cast<std::uint8_t>((value > limit ? 1 : 0) |
                                                    (factor * value > limits[first + at] ? 1 : 0));
        }
        std::fill(isAbove.begin() + static_cast<std::ptrdiff_t>(count), isAbove.end(), std::uint8_t{0});
        static_assert(std::endian::native == std::endian::little);
        for (std::size_t begin = 0; begin < count; begin += wordBytes) {
            std::uint64_t word = 0;
            std::memcpy(&word, isAbove.data() + begin, wordBytes);
            for (; word != 0; word &= word - 1) {
                const auto byte = static_cast<std::size_t>(std::countr_zero(word)) / CHAR_BIT;
                places[found++] = static_cast<std::int32_t>(first + begin + byte);
            }
        }
    }
    return found;
}

/// By steps from the guess and then by halving, in the bits of positive numbers, which are in the order of
/// the numbers.
float limitFor(std::span<const float> values, std::size_t most, float guess)
{
    const auto wanted = static_cast<std::int32_t>(most);
    const std::int32_t enough = wanted + wanted / 8 + 4;
    std::uint32_t low = 0; // more than enough are above it, unless it is 0
    auto high = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::max());
    std::uint32_t middle = std::bit_cast<std::uint32_t>(guess);
    std::uint32_t step = 1U << 20U;
    bool isBelow = false; // whether one was too low, and too high
    bool isAbove = false;
    while (high - low > 1) {
        const std::int32_t count = countAbove(values, std::bit_cast<float>(middle));
        if ((count >= wanted || middle == 0) && count <= enough) {
            return std::bit_cast<float>(middle);
        }
        (count > enough ? low : high) = middle;
        (count > enough ? isBelow : isAbove) = true;
        if (isBelow && isAbove) {
            middle = low + (high - low) / 2;
        } else {
            middle = isBelow ? low + std::min(step, (high - low) / 2) : high - std::min(step, high);
            step *= 2;
        }
    }
    return std::bit_cast<float>(low);
}

} // namespace transept::scan
