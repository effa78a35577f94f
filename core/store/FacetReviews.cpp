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
    Result<Statement> insert = m_database.prepare(
        "INSERT INTO facet_review(kb, item, nth, verdict, created) SELECT kb, item, nth, ?4, ?5 FROM facet"
        " WHERE kb = ?1 AND item = ?2 AND nth = ?3"
        " ON CONFLICT DO UPDATE SET verdict = excluded.verdict, created = excluded.created");
    if (!insert) {
        return passOn(insert);
    }
    insert->bind(1, number(id)).bind(2, number(place.item)).bind(3, place.nth);
    const Status noted = insert->bind(4, wordOf(*verdict)).bind(5, now()).run();
    return noted && m_database.changes() == 0 ? Status(noSuchFacet()) : noted;
}

Result<std::vector<FacetReviews::FacetName>> FacetReviews::facetNames(KnowledgeId id) const
{
    Result<Statement> rows =
        prepared(m_database,
                 "SELECT facet.name, facet.item, facet.nth FROM facet"
                 " CROSS JOIN item ON item.id = facet.item CROSS JOIN domain ON domain.id = item.domain"
                 " WHERE facet.kb = ? AND domain.deleted IS NULL ORDER BY facet.item, facet.nth",
                 number(id));
    std::map<std::string, std::vector<FacetPlace>, std::less<>> byName;
    const Status read = forEachRow(rows, [&](const Statement& row) {
        auto found = byName.find(row.text(0));
        if (found == byName.end()) {
            found = byName.emplace(row.text(0), std::vector<FacetPlace>()).first;
        }
        found->second.push_back({ItemId{row.integer(1)}, row.integer(2)});
    });
    if (!read) {
        return passOn(read);
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
        m_database.prepare("SELECT item.domain, coalesce(nullif(item.title, ''), item.key), facet.name, "
                           "facet.text, review.verdict"
                           " FROM facet JOIN item ON item.id = facet.item LEFT JOIN facet_review AS review"
                           " ON review.kb = facet.kb AND review.item = facet.item AND review.nth = facet.nth"
                           " WHERE facet.kb = ? AND facet.item = ? AND facet.nth = ?");
    if (!rows) {
        return passOn(rows);
    }
    std::vector<ReviewedFacet> facets;
    for (const FacetPlace& place : places) {
        rows->bind(1, number(id)).bind(2, number(place.item)).bind(3, place.nth);
        const Result<bool> row = rows->step();
        if (!row || !*row) {
            return row ? noSuchFacet() : passOn(row);
        }
        facets.push_back({.place = place,
                          .domain = DomainId{rows->integer(0)},
                          .title = std::string(rows->text(1)),
                          .name = std::string(rows->text(2)),
                          .text = std::string(rows->text(3)),
                          .verdict = verdictFrom(rows->text(4))});
        rows->rewind();
    }
    return facets;
}

} // namespace transept
