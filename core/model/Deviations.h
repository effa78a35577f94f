#pragma once

#include "core/model/Baseline.h"
#include "core/model/History.h"
#include "core/model/Neighbours.h"

namespace transept {

/// What the users think of items beyond the baseline, for neighbourhood methods that predict ratings.
struct Deviations
{
    Baseline target;
    std::vector<Baseline> sources; ///< empty ones for sources without ratings
    /// Shaped like the history's rows: rating minus its own domain's baseline, in units of the target's
    /// scale. Entries of domains without ratings are 0 and carry no weight.
    std::vector<float> values;
    std::vector<float> weights; ///< decay^k of the history, 0 where there is no rating
};

Result<Deviations> deviationsOf(const TrainingData& data,
                                const History& history,
                                double decay,
                                const JobContext& job);

/// `known` with the bias of a newcomer, the only user of `ratings`.
Baseline baselineOfNewcomer(const Baseline& known, const InteractionMatrix& ratings);

/// The same of a newcomer, the only user of `data` and `history`, beside the items' biases of `known`; a bias
/// of the newcomer's own in each domain.
Deviations deviationsOfNewcomer(const TrainingData& data,
                                const History& history,
                                double decay,
                                const Deviations& known);

/// Added to the sum of similarities in a weighted mean of deviations: a few weak neighbours move a prediction
/// little.
constexpr float weightOfNoDeviation = 1.0F;

} // namespace transept
