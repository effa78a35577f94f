#include "core/store/FacetEdits.h"

#include "core/store/Rows.h"

namespace transept {
namespace {

/// Writes the edits of one change, with statements that are prepared once.
class EditWriter
{
public:
    EditWriter(const Database& database, KnowledgeId id, std::int64_t change)
        : m_id(number(id))
        , m_change(change)
        , m_find(database.prepare("SELECT 1 FROM facet WHERE kb = ?1 AND item = ?2 AND nth = ?3 AND name = ?4"
                                  " UNION SELECT 1 FROM facet_edit"
                                  " WHERE kb = ?1 AND item = ?2 AND nth = ?3 AND name = ?4 AND nth >= ?5"))
        , m_free(database.prepare("SELECT max(?3, coalesce(max(edit.nth) + 1, 0)) FROM item"
                                  " LEFT JOIN facet_edit AS edit ON edit.kb = ?1 AND edit.item = item.id"
                                  " WHERE item.id = ?2 GROUP BY item.id"))
        , m_insert(database.prepare("INSERT INTO facet_edit(change, kb, item, nth, name, text, created)"
                                    " VALUES(?, ?, ?, ?, ?, ?, ?)"))
    {
    }

    Status ready() const
    {
        return !m_find ? passOn(m_find) : !m_free ? passOn(m_free) : m_insert ? Status() : passOn(m_insert);
    }

    Status write(const FacetEdit& edit, std::int64_t created)
    {
        if (edit.name.empty() || (edit.text && edit.text->empty())) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "A facet needs a name and a text. Strike it out if it says nothing."));
        }
        const Result<std::int64_t> nth = edit.place.nth == newFacet ? freeNumber(edit) : knownNumber(edit);
        if (!nth) {
            return passOn(nth);
        }
        m_insert->bind(1, m_change).bind(2, m_id).bind(3, number(edit.place.item)).bind(4, *nth);
        return m_insert->bind(5, edit.name).bind(6, viewed(edit.text)).bind(7, created).run();
    }

private:
    static std::optional<std::string_view> viewed(const std::optional<std::string>& text)
    {
        return text ? std::optional<std::string_view>(*text) : std::nullopt;
    }

    Result<std::int64_t> freeNumber(const FacetEdit& edit)
    {
        m_free->rewind();
        const Result<bool> row =
            m_free->bind(1, m_id).bind(2, number(edit.place.item)).bind(3, firstAddedFacet).step();
        if (!row) {
            return passOn(row);
        }
        if (!*row) {
            return fail(
                ErrorCode::NotFound,
                TRANSLATABLE("errors", "The item %1 is not in this workspace any more. Load the page again."),
                {std::to_string(number(edit.place.item))});
        }
        const std::int64_t nth = m_free->integer(0);
        m_free->rewind();
        return nth;
    }

    Result<std::int64_t> knownNumber(const FacetEdit& edit)
    {
        m_find->rewind();
        m_find->bind(1, m_id).bind(2, number(edit.place.item)).bind(3, edit.place.nth).bind(4, edit.name);
        const Result<bool> row = m_find->bind(5, firstAddedFacet).step();
        if (!row) {
            return passOn(row);
        }
        m_find->rewind();
        return *row ? Result<std::int64_t>(edit.place.nth)
                    : fail(ErrorCode::NotFound,
                           TRANSLATABLE("errors",
                                        "The facet %1 is not in the knowledge base any more: it was "
                                        "extracted anew. Look at the knowledge base again."),
                           {edit.name});
    }

    std::int64_t m_id;
    std::int64_t m_change;
    Result<Statement> m_find;
    Result<Statement> m_free;
    Result<Statement> m_insert;
};

} // namespace

Result<std::int64_t> FacetEdits::commit(KnowledgeId id, std::span<const FacetEdit> edits) const
{
    if (edits.empty()) {
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "No facet was chosen to be changed."));
    }
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    if (const Status changeable = m_store.checkChangeable(id); !changeable) {
        return passOn(changeable);
    }
    const auto change = gather<std::int64_t>(
        prepared(m_database, "SELECT coalesce(max(change), 0) + 1 FROM facet_edit WHERE kb = ?", number(id)),
        [](std::int64_t& next, const Statement& row) { next = row.integer(0); });
    if (!change) {
        return change;
    }
    EditWriter writer(m_database, id, *change);
    Status done = writer.ready();
    const std::int64_t created = now();
    for (std::size_t at = 0; done && at < edits.size(); ++at) {
        done = writer.write(edits[at], created);
    }
    done = done ? transaction->commit() : done;
    return done ? change : passOn(done);
}

Status FacetEdits::setUndone(KnowledgeId id, std::int64_t number, bool undone) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    if (const Status changeable = m_store.checkChangeable(id); !changeable) {
        return changeable;
    }
    const Status updated = change(m_database,
                                  "UPDATE facet_edit SET undone = ?3 WHERE kb = ?1 AND change = ?2",
                                  transept::number(id),
                                  number,
                                  undone ? 1 : 0);
    if (updated && m_database.changes() == 0) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors",
                                 "There is no change %1 of this knowledge base's facets. Look at the list of "
                                 "changes."),
                    {std::to_string(number)});
    }
    return updated ? transaction->commit() : updated;
}

Result<std::vector<FacetChange>> FacetEdits::history(KnowledgeId id) const
{
    Result<Statement> rows = m_database.prepare(
        "SELECT edit.change, edit.created, count(*), sum(edit.text IS NULL), sum(edit.nth >= ?2 AND NOT "
        "EXISTS"
        " (SELECT 1 FROM facet_edit AS before WHERE before.kb = edit.kb AND before.item = edit.item"
        "  AND before.nth = edit.nth AND before.id < edit.id)), edit.undone,"
        " coalesce(nullif(item.title, ''), item.key, ''), edit.name, edit.text, min(edit.id)"
        " FROM facet_edit AS edit LEFT JOIN item ON item.id = edit.item WHERE edit.kb = ?1"
        " GROUP BY edit.change ORDER BY edit.change");
    if (rows) {
        rows->bind(1, number(id)).bind(2, firstAddedFacet);
    }
    return gather<std::vector<FacetChange>>(
        std::move(rows), [](std::vector<FacetChange>& found, const Statement& row) {
            found.push_back({.number = row.integer(0),
                             .created = row.integer(1),
                             .facets = row.integer(2),
                             .struck = row.integer(3),
                             .added = row.integer(4),
                             .undone = row.integer(5) != 0,
                             .item = std::string(row.text(6)),
                             .name = std::string(row.text(7)),
                             .text = row.isNull(8) ? std::nullopt : std::optional(std::string(row.text(8)))});
        });
}

Result<std::vector<std::string>> FacetEdits::names(KnowledgeId id) const
{
    return gather<std::vector<std::string>>(
        prepared(m_database,
                 "SELECT name FROM facet WHERE kb = ?1"
                 " UNION SELECT name FROM facet_edit WHERE kb = ?1 AND undone = 0 ORDER BY name",
                 number(id)),
        [](std::vector<std::string>& names, const Statement& row) { names.emplace_back(row.text(0)); });
}

} // namespace transept
