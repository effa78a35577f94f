#pragma once

#include "core/base/Job.h"
#include "core/store/FacetCursor.h"
#include "core/store/Workspace.h"

#include <vector>

namespace transept {

/// Which facets of a knowledge base are looked at. Parts of texts are found whatever their case and width.
struct FacetFilter
{
    std::optional<DomainId> domain;
    std::string facet;          ///< its name; empty: all
    std::string text;           ///< a part of what holds, was extracted, or the other one says; empty: all
    std::string item;           ///< a part of its title or key; empty: all
    std::optional<ItemId> only; ///< of this item alone
    std::optional<std::vector<ItemId>> among; ///< of these items, which ascend; none: of all
    bool edited = false;                      ///< changed, struck out or added by a person
    bool conflicts = false;                   ///< as FacetRow says
    /// What it says of the same items stands beside; importedFields: what was imported under the same names.
    std::optional<KnowledgeId> other;

    bool operator==(const FacetFilter&) const = default;
};

/// A facet in the table. In conflict with another knowledge base: both say something of the facet, and no
/// value is on both sides (areInConflict). In conflict within one: a person or a file gave an item several
/// texts, of which no two have a value in common, for a facet of which at most one item in twenty has several
/// texts.
struct FacetRow
{
    HeldFacet facet;
    DomainId domain{};
    std::string key;
    std::string title; ///< or the key when it has none
    std::optional<std::string>
        other; ///< the same text of the other one if it has it; else all, joined by "; "
    bool conflict = false;

    bool isOfOther() const; ///< the other knowledge base alone has a facet of this name
    bool operator==(const FacetRow&) const = default;
};

/// Facets of the other knowledge base alone are numbered from here on, after those of the item.
inline constexpr std::int64_t firstFacetOfOther = 1'000'000'000;

inline bool FacetRow::isOfOther() const
{
    return facet.place.nth >= firstFacetOfOther;
}

/// Up to `limit` rows at and after `from`, in the order of places: a window that starts at a key. Items of
/// deleted domains are left out.
Result<std::vector<FacetRow>> facetRows(const Workspace& workspace,
                                        KnowledgeId id,
                                        const FacetFilter& filter,
                                        FacetPlace from,
                                        int limit,
                                        const JobContext& context);

/// The places of every `step`-th row, so that a view can jump, and the number of rows.
struct FacetAnchors
{
    std::vector<FacetPlace> places;
    std::int64_t count = 0;
};
Result<FacetAnchors> facetAnchors(const Workspace& workspace,
                                  KnowledgeId id,
                                  const FacetFilter& filter,
                                  int step,
                                  const JobContext& context);

} // namespace transept
