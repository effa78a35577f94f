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
///
/// `onPlaces` is handed the arrangement as far as it has come, about once a second, on this thread; it may be
/// null.
Result<std::vector<MapPlace>> neighbourhoodMap(
    const Workspace& workspace,
    KnowledgeId id,
    const JobContext& context,
    const std::function<void(std::vector<MapPlace>)>& onPlaces = {});

/// What itemMap() takes to colour by a facet: of each item its first facet of this name.
std::string colourOfFacet(std::string_view facet);

} // namespace transept
