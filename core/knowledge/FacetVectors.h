#pragma once

#include "core/knowledge/ExtractorTable.h"

#include <unordered_map>

namespace transept {

/// The setting `facets-of`: whose facets get vectors.
Parameter facetsOfParameter();

/// The items of the extraction's domains with their facets in the base that the settings name, as they hold,
/// without vectors; those left out that have facts in the base `id` or are not to be extracted. InvalidInput
/// when that base is not there, is not finished, tells of people or has no facets.
Result<std::vector<ItemFacts>> facetsToPlace(const Workspace& workspace,
                                             const Extraction& extraction,
                                             KnowledgeId id,
                                             const JobContext& context);

/// The same of one item; for a look at it.
Result<ItemFacts> facetsOfItem(const Workspace& workspace, const Extraction& extraction, ItemId item);

/// The different texts of facets, in the order of their first appearance.
std::vector<std::string> textsOf(std::span<const ItemFacts> facts);

/// Vectors of texts, all of one length; texts without any are not in it, or have an empty one.
using TextVectors = std::unordered_map<std::string, std::vector<float>>;

/// Gives facets and items their vectors and stores them in steps. A facet that an item before has gets none
/// of its own. With the weights w_f and vectors v_f of an item's facets, its vector is
///
///   x = sum_f w_f v_f / |sum_f w_f v_f|
Status saveFacetVectors(const KnowledgeStore& store,
                        KnowledgeId id,
                        std::vector<ItemFacts> facts,
                        const TextVectors& vectors,
                        const JobContext& context);

} // namespace transept
