#pragma once

#include "core/base/Ids.h"
#include "core/store/FacetCursor.h"
#include "core/store/Workspace.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// What a reviewer says of a facet: it is so, it is not so, or it says nothing about the item.
enum class FacetVerdict { True, False, Empty };

std::string_view wordOf(FacetVerdict verdict); ///< "true", "false", "empty"
std::optional<FacetVerdict> verdictFrom(std::string_view word);

/// A facet as a reviewer sees it.
struct ReviewedFacet
{
    FacetPlace place;
    DomainId domain{};
    std::string title; ///< of the item, or its key when it has none
    std::string name;
    std::string text;
    std::optional<FacetVerdict> verdict; ///< none yet
};

/// The verdicts on the facets of knowledge bases, as they hold. Each is committed by itself. A verdict is one
/// on a text: it says nothing of a text that a person gave the facet in a later second.
class FacetReviews
{
public:
    explicit FacetReviews(const Workspace& workspace) : m_database(workspace.database()) {}

    /// Notes a verdict, in place of an earlier one; nothing takes it back. NotFound when there is no such
    /// facet.
    Status mark(KnowledgeId id, const FacetPlace& place, std::optional<FacetVerdict> verdict) const;

    /// The places of all facets of items whose domain is not deleted, by the facets' names; places ascend.
    struct FacetName
    {
        std::string name;
        std::vector<FacetPlace> places;
    };
    Result<std::vector<FacetName>> facetNames(KnowledgeId id) const; ///< names ascend

    /// The facets at these places with their verdicts, in that order. NotFound when one is not there.
    Result<std::vector<ReviewedFacet>> at(KnowledgeId id, std::span<const FacetPlace> places) const;

private:
    const Database& m_database;
};

} // namespace transept
