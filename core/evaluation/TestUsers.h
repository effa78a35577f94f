#pragma once

#include "core/data/Split.h"

#include <optional>
#include <span>
#include <vector>

namespace transept {

/// A user with held-out interactions.
struct TestUser
{
    UserRow row{};
    std::vector<std::uint32_t> pairs; ///< the user's places in the held-out events, ascending
    std::vector<ItemRow> seen;        ///< not ranked; ascending, no repeats
    std::vector<ItemRow>
        relevant; ///< held-out items that count as right and are ranked; ascending, no repeats
};

/// Everybody with a held-out interaction, ascending rows. `seen` and `relevant` are filled when `forRanking`:
/// seen is what the user has in training and in `alsoSeen` (null: nothing more); relevant, what is held out
/// with a value of at least `positive` (none: any value) and not seen. Fails with Cancelled alone.
Result<std::vector<TestUser>> testUsers(const TrainingData& training,
                                        const HeldOut& heldOut,
                                        const HeldOut* alsoSeen,
                                        std::optional<double> positive,
                                        bool forRanking,
                                        const JobContext& job);

} // namespace transept
