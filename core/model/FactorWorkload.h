#pragma once

#include "core/model/FactorState.h"
#include "core/model/Workload.h"

namespace transept {

/// The workload of a joint factorisation of domains, of which the first is measured, that share `users`.
Workload factorWorkload(double users, std::span<const DomainShape> domains, const FactorSettings& settings);

/// How many events an epoch goes through, with sampled negatives.
double factorEvents(std::span<const DomainShape> domains, const FactorSettings& settings);

/// How many rows an optimiser keeps beside each row of factors.
double momentsOf(OptimizerKind kind);

/// Of FactorParameters.
double factorModelBytes(double users, double items, double factors);

} // namespace transept
