#pragma once

#include "core/data/Split.h"

namespace transept {

/// Where each interaction of the target goes, as split() explains.
struct Assignment
{
    std::vector<Part> parts;         ///< of every target event: Train, Validation or Test
    std::optional<std::int64_t> cut; ///< source events from this time on are left out; none: they all stay
};

/// Fails as split() does, but for an empty training or test part, which it returns.
Result<Assignment> assign(const Dataset& data, const SplitSpec& spec, const JobContext& job);

} // namespace transept
