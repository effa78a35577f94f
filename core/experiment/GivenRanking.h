#pragma once

#include "core/experiment/Spec.h"

namespace transept {

/// Whether the spec has a measure among given negatives, on the test part or to stop by.
bool usesGiven(const Spec& spec);

/// Held-out interactions that are ranked: relevant, and not seen before.
struct GivenCoverage
{
    std::size_t ranked = 0;
    std::size_t without = 0; ///< of them, those without given negatives
};

/// `alsoSeen` and `positive` as evaluate() has them. Fails with Cancelled alone.
Result<GivenCoverage> givenCoverage(const TrainingData& training,
                                    const HeldOut& heldOut,
                                    const HeldOut* alsoSeen,
                                    std::optional<double> positive,
                                    const JobContext& job);

/// Whether the target has given negatives, where the spec wants to measure among them; InvalidInput names the
/// path of the measure.
Status checkHasGiven(const Domain& target, const Spec& spec);

/// Whether every test interaction that is ranked has some, and every one of validation where training stops
/// by them; InvalidInput names the path of the measure and says how many have none.
Status checkGiven(const Spec& spec, const SplitData& parts, const JobContext& job);

} // namespace transept
