#pragma once

#include "core/experiment/IntrinsicChecks.h"

namespace transept {

/// The groups of items with the same text, an empty one saying that nothing is known of the item. Fills
/// everything but names; the examples of a group are its first items. The largest groups come first, of
/// equals that whose first item comes first.
IndistinctItems indistinctItems(std::span<const std::string> texts, std::span<const ItemId> ids);

/// What indistinctItems() compares: the bytes of each item's vector.
std::vector<std::string> vectorTexts(const KnowledgeVectors& vectors);

/// The names and texts of all facets of each item, whatever their order.
std::vector<std::string> facetTexts(std::span<const std::vector<Facet>> facets);

} // namespace transept
