#pragma once

#include "core/data/Protocols.h"

namespace transept {

// The protocols that test on other people or in another time than they train on, as split() explains them.

/// InvalidInput when `tested` names no group, or one that nobody is in, or all of them.
Result<Assignment> crossGroup(const Dataset& data, const SplitSpec& spec, const JobContext& job);

/// InvalidInput without times.
Result<Assignment> crossTime(const Dataset& data, const SplitSpec& spec);

} // namespace transept
