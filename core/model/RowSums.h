#pragma once

#include "core/model/FactorMatrix.h"

namespace transept {

/// The sums over rows v_j, their targets t_j and weights w_j that a Gaussian regression of t on v needs.
struct RowSums
{
    std::size_t width = 0;
    std::size_t stride = 0;
    std::vector<float, CacheAligned<float>>
        products;                                  ///< sum w v v': stride x stride, the lower triangle counts
    std::vector<float, CacheAligned<float>> plain; ///< sum w v
    std::vector<float, CacheAligned<float>> weighted; ///< sum w t v
    double targets = 0.0;                             ///< sum w t
    double squares = 0.0;                             ///< sum w t^2
    double weight = 0.0;                              ///< sum w

    explicit RowSums(std::size_t rowWidth);

    void clear();

    /// Adds the rows at `places`, with a target and a weight for each. Stretches of a few hundred are summed
    /// for themselves in the order given, so that long sums stay accurate.
    void add(const FactorMatrix& rows,
             std::span<const std::uint32_t> places,
             std::span<const float> targets,
             std::span<const float> weights);
};

} // namespace transept
