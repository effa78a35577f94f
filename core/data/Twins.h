#pragma once

#include "core/data/Split.h"

namespace transept {

/// One product that two domains list under different ids.
struct Twin
{
    ItemRow target{};
    ItemRow source{};
    std::int32_t commonUsers = 0;
    double share = 0.0; ///< of all users of either who are common

    bool operator==(const Twin&) const = default;
};

/// Items of the two domains with at least three common users who are at least half of all users of either
/// (of the union). Ascending target items, then source items. Works through the sparse rows alone: as of A
/// users of an item at least half must be those of its twin, the items of those A/2 + 1 users with the
/// shortest histories in the source are all that can be one.
Result<std::vector<Twin>> findTwins(const InteractionMatrix& target,
                                    const InteractionMatrix& source,
                                    const JobContext& job = {});

/// The same for a source of a split, by the interactions that are in training. Where a split leaves the
/// tested items none, as cold-item does, those of the target are all that it has.
Result<std::vector<Twin>> findTwins(const Dataset& data,
                                    const SplitSpec& spec,
                                    const InteractionMatrix& trainedTarget,
                                    const InteractionMatrix& trainedSource,
                                    const JobContext& job = {});

/// A held-out interaction whose twin, with that very person, stands in the source's training data: the source
/// gives the answer away.
struct TwinLeak
{
    std::size_t heldOut = 0; ///< place among the held-out events
    UserRow user{};
    ItemRow source{};

    bool operator==(const TwinLeak&) const = default;
};

/// In the order of held-out events; one that has two twins is in it twice. `twins` as findTwins() returns
/// them.
std::vector<TwinLeak> leaksOf(std::span<const Twin> twins,
                              std::span<const Event> heldOut,
                              const InteractionMatrix& source);

} // namespace transept
