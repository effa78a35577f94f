#pragma once

#include "core/knowledge/Extractor.h"

namespace transept {

/// Where an item of a map lies.
struct MapPlace
{
    ItemId item{};
    float x = 0.0F;
    float y = 0.0F;
};

/// The items of itemMap() in another arrangement: by t-SNE of at most 50 principal components of their
/// vectors, so that items which are near by their vectors lie near each other. Ascending item ids.
Result<std::vector<MapPlace>> neighbourhoodMap(const Workspace& workspace,
                                               KnowledgeId id,
                                               const JobContext& context);

} // namespace transept
