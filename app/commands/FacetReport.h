#pragma once

#include "app/commands/Console.h"
#include "core/knowledge/FacetChanges.h"
#include "core/knowledge/FacetFigures.h"
#include "core/knowledge/FacetTable.h"
#include "core/knowledge/ItemPage.h"

#include <map>

namespace transept::app {

/// What the command facets tells, as a document for scripts and as tables for people.

/// "extracted", "edited", "struck out", "added", or "other" for what the other knowledge base alone has.
std::string_view stateWord(const FacetRow& row);

/// Facets and the number of all that were asked for.
struct FoundFacets
{
    std::vector<FacetRow> rows;
    std::int64_t count = 0;
    std::map<DomainId, std::string> domains;
    bool isCompared = false;
};
Json reportOf(const FoundFacets& found);
void printFacets(const FoundFacets& found);

Json reportOf(const FacetFigures& figures);
void printFigures(const FacetFigures& figures);

Json reportOf(const std::vector<FacetComparison>& compared);
void printComparison(const std::vector<FacetComparison>& compared);

Json reportOf(const FacetVocabulary& vocabulary);
void printVocabulary(const FacetVocabulary& vocabulary);

Json reportOf(const std::vector<FacetChange>& history);
void printHistory(const std::vector<FacetChange>& history);

/// An item's page, with the replies that are kept, by the names of knowledge bases.
using KeptReplies = std::map<std::string, std::string>;
Json reportOf(const ItemPage& page, const KeptReplies& replies);
void printPage(const ItemPage& page, const KeptReplies& replies);

} // namespace transept::app
