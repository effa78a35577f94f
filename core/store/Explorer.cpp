#include "core/store/Explorer.h"

#include <fmt/format.h>

#include <limits>

namespace transept {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

/// What a filter means inside: the rows of one account, of one item, of one pair, or of all.
struct Selection
{
    std::optional<std::int64_t> account;
    std::optional<std::int64_t> item;
    bool isEmpty = false; ///< the filter names somebody or something that is not there
};

Result<std::optional<std::int64_t>> find(const Database& database,
                                         std::string_view sql,
                                         DomainId domain,
                                         std::string_view key)
{
    Result<Statement> statement = database.prepare(sql);
    if (!statement) {
        return passOn(statement);
    }
    const Result<bool> row = statement->bind(1, number(domain)).bind(2, key).step();
    if (!row) {
        return passOn(row);
    }
    return *row ? std::optional(statement->integer(0)) : std::nullopt;
}

Result<Selection> resolve(const Database& database, DomainId domain, const ExplorerFilter& filter)
{
    Selection selection;
    if (!filter.user.empty()) {
        const auto found =
            find(database,
                 "SELECT account.id FROM domain JOIN account ON account.platform = domain.platform"
                 " WHERE domain.id = ?1 AND account.key = ?2",
                 domain,
                 filter.user);
        if (!found) {
            return passOn(found);
        }
        selection.account = *found;
        selection.isEmpty = !found->has_value();
    }
    if (!filter.item.empty()) {
        const auto found =
            find(database, "SELECT id FROM item WHERE domain = ?1 AND key = ?2", domain, filter.item);
        if (!found) {
            return passOn(found);
        }
        selection.item = *found;
        selection.isEmpty = selection.isEmpty || !found->has_value();
    }
    return selection;
}

/// The clustered order is (account, item, nth) and the index interaction_item continues with (account, nth):
/// each of the four selections is one range of one of the two, and a row value of ordinary columns is
/// searched in full. ?1 domain, ?2 and ?3 the chosen account and item, ?4 ?5 ?6 the place to start at.
std::string_view conditionOf(const Selection& selection)
{
    if (selection.account && selection.item) {
        return "interaction.domain = ?1 AND interaction.account = ?2 AND interaction.item = ?3 AND "
               "interaction.nth >= ?6";
    }
    if (selection.account) {
        return "interaction.domain = ?1 AND interaction.account = ?2 AND (interaction.item, interaction.nth) "
               ">= (?5, ?6)";
    }
    if (selection.item) {
        return "interaction.domain = ?1 AND interaction.item = ?3 AND (interaction.account, interaction.nth) "
               ">= (?4, ?6)";
    }
    return "interaction.domain = ?1 AND (interaction.account, interaction.item, interaction.nth) >= (?4, ?5, "
           "?6)";
}

/// The first place of the selection at or after `from`, as far as the fixed columns allow to say; nothing:
/// none.
std::optional<InteractionPlace> startOf(const Selection& selection, InteractionPlace from)
{
    if (selection.account) {
        if (*selection.account < from.account) {
            return std::nullopt;
        }
        if (*selection.account > from.account) {
            from = {.account = *selection.account, .item = lowest, .nth = lowest};
        }
    }
    if (selection.item && *selection.item < from.item) {
        if (selection.account || from.account == std::numeric_limits<std::int64_t>::max()) {
            return std::nullopt;
        }
        from = {.account = from.account + 1, .item = *selection.item, .nth = lowest};
    } else if (selection.item && *selection.item > from.item) {
        from = {.account = from.account, .item = *selection.item, .nth = lowest};
    }
    return from;
}

void bindWindow(Statement& statement,
                DomainId domain,
                const Selection& selection,
                const InteractionPlace& start)
{
    statement.bind(1, number(domain));
    statement.bind(2, selection.account).bind(3, selection.item);
    statement.bind(4, start.account).bind(5, start.item).bind(6, start.nth);
}

InteractionRow interactionOf(const Statement& row)
{
    InteractionRow interaction{
        .place = {.account = row.integer(0), .item = row.integer(1), .nth = row.integer(2)},
        .user = std::string(row.text(3)),
        .item = std::string(row.text(4)),
        .title = std::string(row.text(5)),
        .value = row.real(6),
        .part = static_cast<int>(row.integer(8)),
        .import = row.integer(9),
        .line = row.integer(10)};
    if (!row.isNull(7)) {
        interaction.time = row.integer(7);
    }
    return interaction;
}

constexpr std::string_view selectItem = "SELECT item.id, item.key, item.title,"
                                        " (SELECT count(*) FROM interaction WHERE interaction.domain = "
                                        "item.domain AND interaction.item = item.id)"
                                        " FROM item";

/// Reads all rows of `rows`, each with its fields.
Result<std::vector<ItemRecord>> readItems(const Database& database, Statement& rows)
{
    Result<Statement> fields =
        database.prepare("SELECT name, value FROM item_field WHERE item = ? ORDER BY name");
    if (!fields) {
        return passOn(fields);
    }
    std::vector<ItemRecord> found;
    Result<bool> row = rows.step();
    for (; row && *row; row = rows.step()) {
        ItemRecord& record = found.emplace_back(ItemRecord{.id = ItemId{rows.integer(0)},
                                                           .key = std::string(rows.text(1)),
                                                           .title = std::string(rows.text(2)),
                                                           .interactions = rows.integer(3)});
        fields->rewind();
        Result<bool> field = fields->bind(1, rows.integer(0)).step();
        for (; field && *field; field = fields->step()) {
            record.fields.emplace_back(fields->text(0), fields->text(1));
        }
        if (!field) {
            return passOn(field);
        }
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

} // namespace

Result<std::vector<InteractionRow>> Explorer::interactions(DomainId domain,
                                                           const ExplorerFilter& filter,
                                                           InteractionPlace from,
                                                           int limit) const
{
    const Result<Selection> selection = resolve(m_database, domain, filter);
    if (!selection) {
        return passOn(selection);
    }
    const auto start = selection->isEmpty ? std::nullopt : startOf(*selection, from);
    if (!start || limit <= 0) {
        return std::vector<InteractionRow>{};
    }
    // CROSS JOIN keeps SQLite from starting at the accounts or items and sorting.
    Result<Statement> rows = m_database.prepare(fmt::format(
        "SELECT interaction.account, interaction.item, interaction.nth, account.key, item.key, item.title,"
        " interaction.value, interaction.time, interaction.part, interaction.import, interaction.line"
        " FROM interaction CROSS JOIN account ON account.id = interaction.account"
        " CROSS JOIN item ON item.id = interaction.item WHERE {}"
        " ORDER BY interaction.account, interaction.item, interaction.nth LIMIT ?7",
        conditionOf(*selection)));
    if (!rows) {
        return passOn(rows);
    }
    bindWindow(*rows, domain, *selection, *start);
    rows->bind(7, std::int64_t{limit});
    std::vector<InteractionRow> found;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        found.push_back(interactionOf(*rows));
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

Result<Explorer::Anchors> Explorer::anchors(DomainId domain,
                                            const ExplorerFilter& filter,
                                            int step,
                                            const JobContext& context) const
{
    const Result<Selection> selection = resolve(m_database, domain, filter);
    if (!selection) {
        return passOn(selection);
    }
    Anchors anchors;
    if (selection->isEmpty) {
        return anchors;
    }
    Result<Statement> rows = m_database.prepare(
        fmt::format("SELECT account, item, nth FROM interaction WHERE {} ORDER BY account, item, nth",
                    conditionOf(*selection)));
    if (!rows) {
        return passOn(rows);
    }
    bindWindow(*rows, domain, *selection, {.account = lowest, .item = lowest, .nth = lowest});
    const StopWatcher watcher(m_database, context);
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        if (anchors.count++ % std::max(step, 1) == 0) {
            anchors.places.push_back({rows->integer(0), rows->integer(1), rows->integer(2)});
        }
    }
    if (!row) {
        return passOn(row);
    }
    return anchors;
}

Result<std::vector<ItemRecord>> Explorer::items(DomainId domain,
                                                std::string_view text,
                                                ItemId after,
                                                int limit) const
{
    // The + keeps SQLite on the ids, which are the order; the index on keys would need a sort of the whole
    // domain.
    Result<Statement> rows = m_database.prepare(fmt::format(
        "{} WHERE item.id > ?2 AND +item.domain = ?1 AND (?3 = '' OR instr(lower(item.key), lower(?3)) > 0"
        " OR instr(lower(item.title), lower(?3)) > 0) ORDER BY item.id LIMIT ?4",
        selectItem));
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(domain))
        .bind(2, number(after))
        .bind(3, text)
        .bind(4, std::int64_t{std::max(limit, 0)});
    return readItems(m_database, *rows);
}

Result<std::vector<ItemRecord>> Explorer::itemsAmong(
    std::span<const ItemId> items, DomainId domain, std::string_view text, ItemId after, int limit) const
{
    Result<Statement> rows = m_database.prepare(fmt::format(
        "{} WHERE item.id = ?1 AND item.domain = ?2 AND (?3 = '' OR instr(lower(item.key), lower(?3)) > 0"
        " OR instr(lower(item.title), lower(?3)) > 0)",
        selectItem));
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(2, number(domain)).bind(3, text);
    std::vector<ItemRecord> found;
    for (auto item = std::ranges::upper_bound(items, after);
         item != items.end() && found.size() < static_cast<std::size_t>(std::max(limit, 0));
         ++item) {
        Result<std::vector<ItemRecord>> record = readItems(m_database, rows->bind(1, number(*item)));
        if (!record) {
            return record;
        }
        std::ranges::move(*record, std::back_inserter(found));
        rows->rewind();
    }
    return found;
}

Result<ItemRecord> Explorer::item(ItemId id) const
{
    Result<Statement> rows = m_database.prepare(fmt::format("{} WHERE item.id = ?1", selectItem));
    if (!rows) {
        return passOn(rows);
    }
    Result<std::vector<ItemRecord>> found = readItems(m_database, rows->bind(1, number(id)));
    if (!found) {
        return passOn(found);
    }
    if (found->empty()) {
        return fail(
            ErrorCode::NotFound,
            TRANSLATABLE("errors", "The item %1 is not in this workspace any more. Load the page again."),
            {std::to_string(number(id))});
    }
    return std::move(found->front());
}

} // namespace transept
