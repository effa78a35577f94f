#include "core/knowledge/ItemFacets.h"

#include "core/knowledge/FacetKey.h"
#include "core/knowledge/ItemTexts.h"

#include <algorithm>

namespace transept {

Status ItemFacets::next()
{
    m_facets.clear();
    m_item.reset();
    for (;;) {
        if (!m_ahead) {
            const Result<bool> isAny = m_cursor.step();
            if (!isAny || !*isAny) {
                return isAny ? Status() : passOn(isAny);
            }
            m_ahead = m_cursor.facet();
        }
        if (m_item && *m_item != m_ahead->place.item) {
            return {};
        }
        m_item = m_ahead->place.item;
        m_facets.push_back(std::move(*m_ahead));
        m_ahead.reset();
    }
}

Result<VisibleItems> VisibleItems::open(const Workspace& workspace)
{
    Result<Statement> find = workspace.database().prepare(
        "SELECT item.domain, item.key, coalesce(item.title, '') FROM item"
        " JOIN domain ON domain.id = item.domain WHERE item.id = ? AND domain.deleted IS NULL");
    return find ? Result<VisibleItems>(VisibleItems(std::move(*find))) : passOn(find);
}

Result<bool> VisibleItems::find(ItemId item)
{
    m_find.rewind();
    const Result<bool> row = m_find.bind(1, number(item)).step();
    if (row && *row) {
        m_domain = DomainId{m_find.integer(0)};
        m_key = m_find.text(1);
        m_title = m_find.text(2);
    }
    return row;
}

FacetValueKeys valueKeysOf(const std::vector<HeldFacet>& facets)
{
    FacetValueKeys keys;
    for (const HeldFacet& facet : facets) {
        for (const std::string& value : listedValues(facet.text.value_or(std::string()))) {
            if (std::string key = facetKey(value); !key.empty()) {
                keys[facet.name].insert(std::move(key));
            }
        }
    }
    return keys;
}

bool areInConflict(const std::set<std::string>& one, const std::set<std::string>& other)
{
    return !one.empty() && !other.empty() &&
           std::ranges::none_of(one, [&](const std::string& key) { return other.contains(key); });
}

} // namespace transept
