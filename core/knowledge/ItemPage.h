#pragma once

#include "core/base/Job.h"
#include "core/store/Explorer.h"
#include "core/store/FacetReviews.h"
#include "core/store/KnowledgeStore.h"

namespace transept {

/// Where the vector of a facet comes from: it is stored with it, or with the same name and text of another
/// item. An edited facet whose text no other one has has none until the facets are embedded anew.
enum class FacetVectorOf { None, Own, SameText };

/// A facet of an item with all that is known of it.
struct SourcedFacet
{
    HeldFacet facet;
    FacetVectorOf vector = FacetVectorOf::None;
    std::optional<FacetVerdict> verdict; ///< of the review
};

/// What one knowledge base says of an item.
struct SourcedFacts
{
    KnowledgeBase base;
    std::string model; ///< that was asked; empty: none
    std::vector<SourcedFacet> facets;
    bool hasVector = false; ///< the item itself
    std::int64_t terms = 0; ///< weighted words
    std::optional<ExtractionFailure> failure;
};

/// An item with the sources of all that is known of it.
struct ItemPage
{
    ItemRecord item;
    std::string domain;
    std::string file;                ///< that described it; empty: it was only seen in interactions
    std::int64_t line = 0;           ///< of that file, from 1
    std::vector<SourcedFacts> bases; ///< those that say something of it, or failed to
};

/// NotFound when there is no such item.
Result<ItemPage> itemPage(const Workspace& workspace, ItemId item, const JobContext& context);

/// What the model said of an item, as JSON, when it is kept: the reply in the cache, else that of the
/// failure. Nothing for extractors that ask nobody.
Result<std::optional<std::string>> keptReply(const Workspace& workspace,
                                             KnowledgeId id,
                                             ItemId item,
                                             const JobContext& context);

} // namespace transept
