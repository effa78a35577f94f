#pragma once

#include "core/model/Baseline.h"
#include "core/model/History.h"
#include "core/model/Neighbours.h"

namespace transept {

/// What the users think of items beyond the baseline, for neighbourhood methods that predict ratings.
struct Deviations
{
    Baseline target;
    /// Shaped like the history's rows: rating minus its own domain's baseline, in units of the target's
    /// scale. Entries of domains without ratings are 0 and carry no weight.
    std::vector<float> values;
    std::vector<float> weights; ///< decay^k of the history, 0 where there is no rating
};

Result<Deviations> deviationsOf(const TrainingData& data,
                                const History& history,
                                double decay,
                                const JobContext& job);

/// Added to the sum of similarities in a weighted mean of deviations: a few weak neighbours move a prediction
/// little.
constexpr float weightOfNoDeviation = 1.0F;

/// Refuses to predict ratings, or to compare them (adjusted cosine, Pearson), where the target has none.
Status checkRatings(const TrainingData& data, const NeighbourOptions& options, bool predictRatings);

/// What interactions must count so that this similarity, or a prediction of ratings, has something to
/// compare.
EntryValue neededValues(EntryValue wanted, const NeighbourOptions& options, bool predictRatings);

/// "order" or "ratings" as a parameter named "predict".
Parameter predictParameter();

} // namespace transept
