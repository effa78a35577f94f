#pragma once

#include "core/model/History.h"

#include <string_view>

namespace transept {

/// What the knowledge base says of the target's items, with vectors; InvalidInput, naming the method, when
/// the run has none.
Result<const ItemKnowledge*> requiredVectors(const TrainingData& data, std::string_view method);

/// The knowledge vectors of all history columns' items, a row each (columnCount() x dimension of the target's
/// vectors); zero rows for items of domains without knowledge, or with vectors of another length. The numbers
/// are those of the knowledge, not a copy. The target has knowledge.
KnowledgeVectors columnVectors(const TrainingData& data, const History& history);

/// (V'V + ridge I)^-1 for the rows of V, summed and inverted in double: dimension x dimension.
Result<Eigen::MatrixXd> inverseMoments(const KnowledgeVectors& vectors, double ridge, const JobContext& job);

} // namespace transept
