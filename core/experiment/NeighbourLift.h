#pragma once

#include "core/experiment/ConsumedItems.h"
#include "core/experiment/IntrinsicChecks.h"
#include "core/knowledge/NearestLists.h"

namespace transept {

/// Two domains' items that the same people consumed; twice the same within one.
struct ConsumedPair
{
    const ConsumedItems& left;
    const ConsumedItems& right;

    bool isSame() const noexcept { return &left == &right; }
};

/// What is asked of near pairs.
struct LiftQuery
{
    std::span<const std::int32_t> drawn; ///< items of the left
    const NearestLists& near;            ///< of these, among the items of the right
    std::uint64_t seed = 1;
    std::uint64_t stream = 0; ///< each pair of domains has its own random numbers
};

/// Fills everything but names, basis and users of a NeighbourCheck; all NaN where no item is drawn or none of
/// them has a neighbour.
Result<NeighbourCheck> neighbourLift(const ConsumedPair& items,
                                     const LiftQuery& query,
                                     const JobContext& job);

/// The mean userCosine() of an item of each of the left's bands (row) with another of each of the right's
/// (column), over all pairs:
///
///   sum_u s_a(u) t_b(u) / pairs,   s_a(u) = sum of 1 / sqrt(|U_i|) over the user's items i in band a
///
/// without the pairs of an item with itself. NaN where there is no pair.
Result<Eigen::MatrixXd> expectedCosines(const ConsumedPair& items,
                                        const PopularityBands& left,
                                        const PopularityBands& right,
                                        const JobContext& job);

} // namespace transept
