#pragma once

#include "core/store/Blobs.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>

namespace transept {

/// Float32 as float16 (IEEE 754 binary16), to the nearest, ties to even; infinite beyond 65,504.
inline std::vector<Eigen::half> halvesOf(std::span<const float> values)
{
    std::vector<Eigen::half> halves;
    halves.reserve(values.size());
    for (const float value : values) {
        halves.push_back(Eigen::half(value));
    }
    return halves;
}

/// Every float16 is a float32.
inline std::vector<float> floatsOfHalves(std::span<const std::byte> bytes)
{
    const auto halves = valuesOf<Eigen::half>(bytes);
    return {halves.begin(), halves.end()};
}

inline bool allFinite(std::span<const Eigen::half> values)
{
    return std::ranges::all_of(values, [](Eigen::half value) { return (Eigen::numext::isfinite)(value); });
}

} // namespace transept
