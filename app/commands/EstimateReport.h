#pragma once

#include "core/experiment/Estimate.h"

namespace transept::app {

/// Prints what a run will take, as a table or as one JSON document; an empty estimate as unknown.
void printEstimate(const Spec& spec, const std::optional<RunEstimate>& estimate, double available, bool json);

} // namespace transept::app
