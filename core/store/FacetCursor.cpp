#include "core/store/FacetCursor.h"

#include "core/store/Rows.h"

namespace transept {
namespace {

/// SQLite gives the other columns of the row that has the maximum (sqlite.org/lang_select.html#bareagg).
constexpr std::string_view selectEdits = "SELECT edit.item, edit.nth, edit.name, edit.text, edit.created,"
                                         " max(edit.id) FROM facet_edit AS edit";
constexpr std::string_view oneOfAPlace = " GROUP BY edit.item, edit.nth ORDER BY edit.item, edit.nth";

/// Moves a statement on; the place of its row, or nothing after the last.
Status advance(Statement& rows, std::optional<FacetPlace>& at)
{
    const Result<bool> row = rows.step();
    if (!row) {
        return passOn(row);
    }
    at = *row ? std::optional(FacetPlace{ItemId{rows.integer(0)}, rows.integer(1)}) : std::nullopt;
    return {};
}

bool isUpTo(const FacetPlace& one, const FacetPlace& other)
{
    return one.item < other.item || (one.item == other.item && one.nth <= other.nth);
}

std::string heldEdits(std::string_view condition)
{
    return std::string(selectEdits) + std::string(condition) + std::string(oneOfAPlace);
}

} // namespace

FacetCursor FacetCursor::overFields(const Database& database, std::string_view items, ItemId item)
{
    const std::string fields = "SELECT item, 0, name, value, 1.0 FROM item_field WHERE item " +
                               std::string(items) + " ?1 ORDER BY item, name";
    return {prepared(database, fields, number(item)),
            prepared(database, heldEdits(" WHERE edit.kb = ?1"), number(importedFields))};
}

FacetCursor FacetCursor::from(const Database& database, KnowledgeId id, FacetPlace start)
{
    if (id == importedFields) {
        return overFields(database, ">=", start.item);
    }
    const auto select = [&](std::string_view sql) {
        return prepared(database, sql, number(id), number(start.item), start.nth);
    };
    return {select("SELECT item, nth, name, text, weight FROM facet"
                   " WHERE kb = ?1 AND (item, nth) >= (?2, ?3) ORDER BY item, nth"),
            select(heldEdits(" WHERE edit.kb = ?1 AND edit.undone = 0"
                             " AND (edit.item, edit.nth) >= (?2, ?3)"))};
}

FacetCursor FacetCursor::ofItem(const Database& database, KnowledgeId id, ItemId item)
{
    if (id == importedFields) {
        return overFields(database, "=", item);
    }
    const auto select = [&](std::string_view sql) {
        return prepared(database, sql, number(id), number(item));
    };
    return {
        select("SELECT item, nth, name, text, weight FROM facet WHERE kb = ?1 AND item = ?2 ORDER BY nth"),
        select(heldEdits(" WHERE edit.kb = ?1 AND edit.item = ?2 AND edit.undone = 0"))};
}

FacetCursor FacetCursor::ofDomain(const Database& database, KnowledgeId id, DomainId domain)
{
    const auto select = [&](std::string_view sql) {
        return prepared(database, sql, number(id), number(domain));
    };
    // By the items' own order, so that nothing has to be sorted.
    return {select("SELECT item.id, facet.nth, facet.name, facet.text, facet.weight FROM item NOT INDEXED"
                   " CROSS JOIN facet ON facet.kb = ?1 AND facet.item = item.id WHERE item.domain = ?2"
                   " ORDER BY item.id, facet.nth"),
            select(heldEdits(" CROSS JOIN item ON item.id = edit.item"
                             " WHERE edit.kb = ?1 AND edit.undone = 0 AND item.domain = ?2"))};
}

Status FacetCursor::nextFacet()
{
    return advance(*m_facets, m_facetAt);
}

Status FacetCursor::nextEdit()
{
    return advance(*m_edits, m_editAt);
}

void FacetCursor::takeFacet()
{
    m_facet.place = *m_facetAt;
    m_facet.name = m_facets->text(2);
    m_facet.extracted = m_facets->text(3);
    m_facet.text = m_facet.extracted;
    m_facet.weight = m_facets->real(4);
    m_facet.edited = 0;
}

void FacetCursor::takeEdit()
{
    m_facet.text = m_edits->isNull(3) ? std::nullopt : std::optional(std::string(m_edits->text(3)));
    m_facet.edited = m_facet.text == m_facet.extracted ? 0 : m_edits->integer(4);
}

Result<bool> FacetCursor::begin()
{
    if (!m_facets || !m_edits) {
        return m_facets ? passOn(m_edits) : passOn(m_facets);
    }
    m_begun = true;
    const Status ready = nextFacet().and_then([this] { return nextEdit(); });
    return ready ? Result<bool>(true) : passOn(ready);
}

Result<bool> FacetCursor::step()
{
    if (const Result<bool> begun = m_begun ? Result<bool>(true) : begin(); !begun) {
        return begun;
    }
    while (m_facetAt || m_editAt) {
        const bool isExtracted = m_facetAt && (!m_editAt || isUpTo(*m_facetAt, *m_editAt));
        const bool isEdited = m_editAt && (!m_facetAt || isUpTo(*m_editAt, *m_facetAt));
        bool isThere = isExtracted;
        if (isExtracted) {
            takeFacet();
        } else if (m_editAt->nth >= firstAddedFacet) {
            m_facet = {.place = *m_editAt, .name = std::string(m_edits->text(2))};
            isThere = true;
        }
        if (isEdited && isThere && m_facet.name == m_edits->text(2)) {
            takeEdit();
        }
        const Status moved =
            (isExtracted ? nextFacet() : Status()).and_then([&] { return isEdited ? nextEdit() : Status(); });
        if (!moved) {
            return passOn(moved);
        }
        if (isThere) {
            return true;
        }
    }
    return false;
}

} // namespace transept
