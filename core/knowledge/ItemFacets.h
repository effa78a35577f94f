#pragma once

#include "core/base/Job.h"
#include "core/store/FacetCursor.h"
#include "core/store/Workspace.h"

#include <map>
#include <set>
#include <vector>

namespace transept {

/// Walks the facets of one item after another, in the order of items.
class ItemFacets
{
public:
    explicit ItemFacets(FacetCursor facets) : m_cursor(std::move(facets)) {}

    Status next();                                        ///< to be called before the first, too
    std::optional<ItemId> item() const { return m_item; } ///< nothing after the last
    const std::vector<HeldFacet>& facets() const { return m_facets; }

private:
    FacetCursor m_cursor;
    std::optional<HeldFacet> m_ahead;
    std::optional<ItemId> m_item;
    std::vector<HeldFacet> m_facets;
};

/// Tells of items whose domain is not deleted.
class VisibleItems
{
public:
    static Result<VisibleItems> open(const Workspace& workspace);

    /// False: there is no such item, or its domain is deleted.
    Result<bool> find(ItemId item);
    DomainId domain() const { return m_domain; }
    const std::string& key() const { return m_key; }
    const std::string& title() const { return m_title; } ///< may be empty

private:
    explicit VisibleItems(Statement find) : m_find(std::move(find)) {}

    Statement m_find;
    DomainId m_domain{};
    std::string m_key;
    std::string m_title;
};

/// The values of the facets that hold by their names, as they are compared: the listedValues() of the texts
/// by facetKey(), those that say something.
using FacetValueKeys = std::map<std::string, std::set<std::string>, std::less<>>;
FacetValueKeys valueKeysOf(const std::vector<HeldFacet>& facets);

/// Whether two sides say something of one facet, and nothing in common.
bool areInConflict(const std::set<std::string>& one, const std::set<std::string>& other);

} // namespace transept
