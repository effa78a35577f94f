#pragma once

#include "core/model/History.h"
#include "core/model/Method.h"

namespace transept {

/// Without those of weight 0, the largest absolute weight first, equal ones as they stood.
std::vector<Contribution> strongestFirst(std::vector<Contribution> contributions);

/// The strongest first of what these columns of the history weigh.
std::vector<Contribution> strongestColumns(const History& history,
                                           std::span<const std::int32_t> columns,
                                           std::span<const float> weights);

} // namespace transept
