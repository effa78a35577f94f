#pragma once

#include "core/data/TrainingData.h"
#include "core/store/KnowledgeStore.h"

namespace transept {

/// The vectors of the `facets` of items: each has the first one that the knowledge base stores with a facet
/// of its name and text, of whatever item and domain. Empty when it stores none at all. Those of `halves`
/// stay where they are; null: they are read in float32.
Result<FacetVectors> loadFacetVectors(const KnowledgeStore& store,
                                      const KnowledgeBase& base,
                                      std::span<const std::vector<Facet>> facets,
                                      std::shared_ptr<const HalfVectors> halves);

} // namespace transept
