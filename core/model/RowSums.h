#pragma once

#include "core/model/FactorMatrix.h"

namespace transept {

/// The sums over rows v_j and their targets t_j that a Gaussian regression of t on v needs.
struct RowSums
{
    std::size_t width = 0;
    std::size_t stride = 0;
    std::vector<float, CacheAligned<float>>
        products;                                  ///< sum v v': stride x stride, the lower triangle counts
    std::vector<float, CacheAligned<float>> plain; ///< sum v
    std::vector<float, CacheAligned<float>> weighted; ///< sum t v
    double targets = 0.0;                             ///< sum t
    double squares = 0.0;                             ///< sum t^2
    std::size_t count = 0;

    explicit RowSums(std::size_t rowWidth);

    void clear();

    /// Adds the rows at `places`, `targets` one for each. Stretches of a few hundred are summed for
    /// themselves in the order given, so that long sums stay accurate.
    void add(const FactorMatrix& rows, std::span<const std::uint32_t> places, std::span<const float> targets);
};

} // namespace transept
