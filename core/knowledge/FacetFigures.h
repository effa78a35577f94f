#pragma once

#include "core/base/Job.h"
#include "core/store/KnowledgeStore.h"

#include <set>

namespace transept {

/// One facet of a knowledge base, as its texts hold.
struct FacetFigure
{
    std::string name;
    std::int64_t items = 0;  ///< that have it
    std::int64_t facets = 0; ///< more when items have several
    std::int64_t texts = 0;  ///< distinct ones
    std::string commonest;   ///< of equals the first by name
    std::int64_t commonestFacets = 0;
    double meanLength = 0.0;  ///< of a text, in characters
    std::int64_t several = 0; ///< items that have more than one text
    std::int64_t edited = 0;  ///< changed, struck out or added by people
};

/// A knowledge base in figures.
struct FacetFigures
{
    std::int64_t items = 0; ///< of the domains that it was extracted from
    std::int64_t withFacets = 0;
    std::int64_t facets = 0;
    std::int64_t edited = 0;   ///< changed, struck out or added by people
    std::int64_t failures = 0; ///< items that came to nothing
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    AnswerCounts answers{};
    std::optional<double> money; ///< for a model that has a price
    std::string currency;
    std::vector<FacetFigure> byName; ///< names ascend
};
Result<FacetFigures> facetFigures(const Workspace& workspace, KnowledgeId id, const JobContext& context);

/// The facets of which at most one item in twenty has more than one text.
Result<std::set<std::string>> facetsOfOneText(const Workspace& workspace,
                                              KnowledgeId id,
                                              const JobContext& context);

/// A text of a facet and how many items have it.
struct VocabularyText
{
    std::string text;
    std::int64_t items = 0;
    bool operator==(const VocabularyText&) const = default;
};

/// The texts of one facet.
struct FacetVocabulary
{
    std::int64_t texts = 0;             ///< distinct ones that were looked for
    std::vector<VocabularyText> common; ///< the most frequent of these, of equals the first by name
    /// Those that differ in writing alone (facetKey), the most frequent first; those of the most items first.
    std::vector<std::vector<VocabularyText>> alike;
};

/// `part`: texts that contain it, whatever their case and width. At most `limit` texts and groups.
Result<FacetVocabulary> facetVocabulary(const Workspace& workspace,
                                        KnowledgeId id,
                                        const std::string& facet,
                                        const std::string& part,
                                        std::size_t limit,
                                        const JobContext& context);

/// What two knowledge bases say of the same items by one facet; in conflict as FacetRow has it. The other one
/// may be importedFields: then by the facets that this one has.
struct FacetComparison
{
    std::string name;
    std::int64_t both = 0;      ///< items of which both say something
    std::int64_t agree = 0;     ///< of these, with a value in common
    std::int64_t onlyOne = 0;   ///< items of which this one alone says something
    std::int64_t onlyOther = 0; ///< items of which the other one alone does
    std::int64_t conflicts() const { return both - agree; }
};
Result<std::vector<FacetComparison>> compareFacets(const Workspace& workspace,
                                                   KnowledgeId one,
                                                   KnowledgeId other,
                                                   const JobContext& context); ///< names ascend

} // namespace transept
