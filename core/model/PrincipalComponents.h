#pragma once

#include "core/base/Job.h"
#include "core/data/TrainingData.h"

namespace transept {

/// The leading principal components of feature vectors, a row each of `features`: at most `count` columns, in
/// order of falling variance. The mean and the directions are those of the rows `of` that are not zero, over
/// which the components are uncorrelated and their squared norms have the mean 1. Rows of zeros, of which
/// nothing is known, stay zeros. No columns when the rows `of` are all alike.
///
/// Up to 256 features: exact; above that by subspace iteration (Halko, Martinsson and Tropp 2011), which
/// finds the space of the leading directions nearly, and within it uncorrelated ones exactly.
Result<Matrix> principalComponents(const KnowledgeVectors& features,
                                   std::span<const std::uint32_t> of,
                                   std::size_t count,
                                   const JobContext& job);

} // namespace transept
