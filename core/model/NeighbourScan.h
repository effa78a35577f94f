#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// What a search for neighbours does with the similarities of one row to all others, many at a time.
namespace transept::scan {

/// values = sums * factors
void scaleCounts(std::span<float> values, const std::int32_t* sums, const float* factors);
void scaleProducts(std::span<float> values, const double* sums, const float* factors);

/// values *= counts / (counts + shrinkage)
void shrink(std::span<float> values, const std::int32_t* counts, float shrinkage);

/// Writes the places, in ascending order, whose value is above the limit, or times `factor` above the one of
/// the place; says how many.
std::size_t placesAbove(
    std::span<const float> values, float limit, float factor, const float* limits, std::int32_t* places);

/// A limit that at least `most` of the values are above, and not many more; 0 when no more than that are
/// positive. It is found the sooner the nearer the guess, which is positive.
float limitFor(std::span<const float> values, std::size_t most, float guess);

} // namespace transept::scan
