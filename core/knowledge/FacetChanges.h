#pragma once

#include "core/base/Job.h"
#include "core/store/FacetEdits.h"

namespace transept {

/// A text that a person gives a facet, as it is stored: one paragraph of plain text (plainParagraph).
/// InvalidInput when nothing is left of it, or when it is longer than a model's may be (longestFacet).
Result<std::string> facetText(std::string text);

/// Commits edits as one change, their texts and the names of what is added checked; its number. InvalidInput
/// for a text that facetText() refuses, a name of more than 40 bytes, and as FacetEdits::commit() says.
Result<std::int64_t> changeFacets(const Workspace& workspace, KnowledgeId id, std::vector<FacetEdit> edits);

/// Whether facets of the knowledge base have vectors and none of those has this name and text: then an edited
/// facet has none until the facets are embedded anew.
Result<bool> lacksVector(const Workspace& workspace,
                         KnowledgeId id,
                         const std::string& facet,
                         const std::string& text);

/// What came of a merge.
struct MergedTexts
{
    std::int64_t change = 0; ///< its number, to undo it by
    std::int64_t facets = 0; ///< that have the text now
    std::int64_t struck = 0; ///< of items that had the text already
};

/// Gives every facet of this name with one of `texts` the text `into`, as one change. An item that has
/// several of them keeps one; the others are struck out. InvalidInput when no facet has one of the texts, and
/// as changeFacets() says.
Result<MergedTexts> mergeFacetTexts(const Workspace& workspace,
                                    KnowledgeId id,
                                    const std::string& facet,
                                    const std::vector<std::string>& texts,
                                    const std::string& into,
                                    const JobContext& context);

/// The change that undoing takes back, the last one that holds; and the one that is made again after that,
/// the first undone one behind it. Nothing: there is none.
std::optional<std::int64_t> changeToUndo(const std::vector<FacetChange>& history);
std::optional<std::int64_t> changeToRedo(const std::vector<FacetChange>& history);

} // namespace transept
