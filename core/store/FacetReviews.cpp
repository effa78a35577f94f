#include "core/store/FacetReviews.h"

#include "core/store/Rows.h"

#include <array>
#include <map>

namespace transept {
namespace {

constexpr std::array<std::string_view, 3> words{"true", "false", "empty"};

tl::unexpected<Error> noSuchFacet()
{
    return fail(
        ErrorCode::NotFound,
        TRANSLATABLE("errors",
                     "The facet is not in the knowledge base any more: it was extracted anew. Look at "
                     "the knowledge base again."));
}

/// The facet of a place; NotFound when none holds there.
Result<HeldFacet> facetAt(const Database& database, KnowledgeId id, const FacetPlace& place)
{
    FacetCursor facets = FacetCursor::ofItem(database, id, place.item);
    Result<bool> isAny = facets.step();
    for (; isAny && *isAny; isAny = facets.step()) {
        if (facets.facet().place == place && facets.facet().text) {
            return facets.facet();
        }
    }
    return isAny ? noSuchFacet() : passOn(isAny);
}

} // namespace

std::string_view wordOf(FacetVerdict verdict)
{
    return words.at(static_cast<std::size_t>(verdict));
}

std::optional<FacetVerdict> verdictFrom(std::string_view word)
{
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt
                                : std::optional(static_cast<FacetVerdict>(found - words.begin()));
}

Status FacetReviews::mark(KnowledgeId id, const FacetPlace& place, std::optional<FacetVerdict> verdict) const
{
    if (!verdict) {
        return change(m_database,
                      "DELETE FROM facet_review WHERE kb = ? AND item = ? AND nth = ?",
                      number(id),
                      number(place.item),
                      place.nth);
    }
    const Result<HeldFacet> facet = facetAt(m_database, id, place);
    Result<Statement> insert = m_database.prepare(
        "INSERT INTO facet_review(kb, item, nth, verdict, created) VALUES(?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET verdict = excluded.verdict, created = excluded.created");
    if (!facet || !insert) {
        return facet ? passOn(insert) : passOn(facet);
    }
    insert->bind(1, number(id)).bind(2, number(place.item)).bind(3, place.nth);
    return insert->bind(4, wordOf(*verdict)).bind(5, now()).run();
}

Result<std::vector<FacetReviews::FacetName>> FacetReviews::facetNames(KnowledgeId id) const
{
    Result<Statement> seen = m_database.prepare("SELECT 1 FROM item JOIN domain ON domain.id = item.domain"
                                                " WHERE item.id = ? AND domain.deleted IS NULL");
    if (!seen) {
        return passOn(seen);
    }
    std::map<std::string, std::vector<FacetPlace>, std::less<>> byName;
    FacetCursor facets = FacetCursor::from(m_database, id);
    ItemId item{};
    Result<bool> isSeen = false; // whether the domain of `item` is
    Result<bool> isAny = facets.step();
    for (; isAny && *isAny; isAny = facets.step()) {
        const HeldFacet& facet = facets.facet();
        if (facet.place.item != item) {
            item = facet.place.item;
            seen->rewind();
            isSeen = seen->bind(1, number(item)).step();
        }
        if (!isSeen) {
            return passOn(isSeen);
        }
        if (*isSeen && facet.text) {
            byName[facet.name].push_back(facet.place);
        }
    }
    if (!isAny) {
        return passOn(isAny);
    }
    std::vector<FacetName> names;
    for (auto& [name, places] : byName) {
        names.push_back({name, std::move(places)});
    }
    return names;
}

Result<std::vector<ReviewedFacet>> FacetReviews::at(KnowledgeId id, std::span<const FacetPlace> places) const
{
    Result<Statement> rows =
        m_database.prepare("SELECT item.domain, coalesce(nullif(item.title, ''), item.key), review.verdict"
                           " FROM item LEFT JOIN facet_review AS review ON review.kb = ?1"
                           "  AND review.item = item.id AND review.nth = ?3 AND review.created >= ?4"
                           " WHERE item.id = ?2");
    if (!rows) {
        return passOn(rows);
    }
    std::vector<ReviewedFacet> reviewed;
    for (const FacetPlace& place : places) {
        Result<HeldFacet> facet = facetAt(m_database, id, place);
        if (!facet) {
            return passOn(facet);
        }
        rows->bind(1, number(id)).bind(2, number(place.item)).bind(3, place.nth).bind(4, facet->edited);
        const Result<bool> row = rows->step();
        if (!row || !*row) {
            return row ? noSuchFacet() : passOn(row);
        }
        reviewed.push_back({.place = place,
                            .domain = DomainId{rows->integer(0)},
                            .title = std::string(rows->text(1)),
                            .name = std::move(facet->name),
                            .text = std::move(*facet->text),
                            .verdict = verdictFrom(rows->text(2))});
        rows->rewind();
    }
    return reviewed;
}

} // namespace transept
