#include "core/ingest/InteractionMapper.h"
#include "core/store/ImportLog.h"

#include <tuple>

namespace transept {
namespace {

constexpr std::int64_t noTime = INT64_MIN;

struct Row
{
    double value = 1.0;
    std::int64_t time = noTime;
    std::int64_t line = 0;
    std::int64_t entry = 0;
    std::uint32_t domain = 0;
    std::uint32_t account = 0;
    std::uint32_t item = 0;
    std::uint8_t part = 0;
};

/// What only some imports need of a row: its review text, and what a reject would have to show.
struct RowTexts
{
    std::string note;
    std::string raw;
    std::int64_t offset = 0;
};

/// Rows are written in the order of the clustered table.
struct Place
{
    std::int64_t domain = 0;
    std::int64_t account = 0;
    std::int64_t item = 0;
    std::uint32_t row = 0;

    // clang-tidy 14 takes the 0 behind a defaulted comparison for a pointer.
    auto operator<=>(const Place&) const = default; // NOLINT(modernize-use-nullptr)
};

/// A row of the workspace for the same user and item.
struct Stored
{
    std::int64_t nth = 0;
    std::int64_t part = 0;
    double value = 0.0;
    std::int64_t import = 0;
};

struct Statements
{
    static Result<Statements> prepare(const Database& database);

    Statement insert;
    Statement stored;
    Statement replace;
    Statement note;
    Statement dropNote;
    Statement findItem;
    Statement addItem;
};

class InteractionSink final : public Sink
{
public:
    InteractionSink(InteractionMapper mapper, const ImportPlan& plan)
        : m_plan(plan)
        , m_mapper(std::move(mapper))
        , m_keepsTexts(!m_mapper.places().texts.empty() || plan.options.duplicates == Duplicates::Reject)
        , m_accountIds(plan.platform)
    {
    }

    Taken take(const Record& record, std::optional<Problem>& problem) override;
    std::size_t buffered() const override { return m_rows.size(); }
    Status write(Step& step) override;
    Status finish(Step& step) override;

private:
    std::string noteOf(const Record& record) const;
    Status resolveDomains(const Step& step);
    Status resolveItems(const Step& step, DomainTable::Entry& domain);
    Status insertAll(Step& step);
    Status dropIndexWhenLarge(const Step& step);
    Result<bool> insert(const Step& step, const Place& place, std::int64_t nth);
    Status insertRepeated(Step& step, const Place& place);
    Status replace(const Step& step, const Place& place, const Stored& stored, double value);
    Status storeNote(const Place& place, std::int64_t nth);
    Status rejectRepeated(Step& step, const Place& place);
    Result<std::vector<Stored>> storedFor(const Place& place);

    const ImportPlan& m_plan;
    InteractionMapper m_mapper;
    bool m_keepsTexts;
    std::optional<Statements> m_sql;
    DomainTable m_domains;
    KeyTable m_accounts;
    AccountNumbers m_accountIds;
    bool m_indexDecided = false;
    int m_stepsWritten = 0;
    std::vector<Row> m_rows;
    std::vector<RowTexts> m_texts; ///< one a row when m_keepsTexts
    Interaction m_interaction;
};

Result<Statements> Statements::prepare(const Database& database)
{
    Result<Statement> insert = database.prepare(
        "INSERT INTO interaction(domain, account, item, nth, value, time, part, import, line, entry)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    Result<Statement> stored = database.prepare("SELECT nth, part, value, import FROM interaction WHERE "
                                                "domain = ? AND account = ? AND item = ? ORDER BY nth");
    Result<Statement> replace =
        database.prepare("UPDATE interaction SET value = ?5, time = ?6, import = ?7, line = ?8, entry = ?9"
                         " WHERE domain = ?1 AND account = ?2 AND item = ?3 AND nth = ?4");
    Result<Statement> note = database.prepare("INSERT INTO note(domain, account, item, nth, text) VALUES(?, "
                                              "?, ?, ?, ?) ON CONFLICT DO UPDATE SET text ="
                                              " excluded.text");
    Result<Statement> dropNote =
        database.prepare("DELETE FROM note WHERE domain = ? AND account = ? AND item = ? AND nth = ?");
    Result<Statement> findItem = database.prepare("SELECT id FROM item WHERE domain = ? AND key = ?");
    Result<Statement> addItem = database.prepare("INSERT INTO item(domain, key) VALUES(?, ?)");
    for (const Result<Statement>* each :
         {&insert, &stored, &replace, &note, &dropNote, &findItem, &addItem}) {
        if (!*each) {
            return passOn(*each);
        }
    }
    return Statements{std::move(*insert),
                      std::move(*stored),
                      std::move(*replace),
                      std::move(*note),
                      std::move(*dropNote),
                      std::move(*findItem),
                      std::move(*addItem)};
}

Taken InteractionSink::take(const Record& record, std::optional<Problem>& problem)
{
    if (!m_mapper.map(record, m_interaction, problem)) {
        return problem ? Taken::Rejected : Taken::Skipped;
    }
    const std::uint32_t domain = m_domains.number(m_interaction.domain);
    DomainTable::Entry& entry = m_domains[domain];
    const double value = m_interaction.value;
    entry.lowest = entry.hasValues ? std::min(entry.lowest, value) : value;
    entry.highest = entry.hasValues ? std::max(entry.highest, value) : value;
    entry.hasValues = true;
    m_rows.push_back({.value = value,
                      .time = m_interaction.time.value_or(noTime),
                      .line = record.line,
                      .entry = record.entry,
                      .domain = domain,
                      .account = m_accounts.number(m_interaction.user),
                      .item = entry.items.number(m_interaction.item),
                      .part = m_interaction.part});
    if (m_keepsTexts) {
        const bool mayBeRejected = m_plan.options.duplicates == Duplicates::Reject;
        m_texts.push_back({.note = noteOf(record),
                           .raw = mayBeRejected ? std::string(record.raw) : std::string(),
                           .offset = record.offset});
    }
    return Taken::Buffered;
}

/// The texts of a row, one a line.
std::string InteractionSink::noteOf(const Record& record) const
{
    std::string note;
    for (const std::size_t place : m_mapper.places().texts) {
        const std::string_view text = fieldAt(record, static_cast<int>(place));
        note += (note.empty() || text.empty() ? "" : "\n") + std::string(text);
    }
    return note;
}

Status InteractionSink::write(Step& step)
{
    if (!m_sql) {
        Result<Statements> prepared = Statements::prepare(step.workspace.database());
        if (!prepared) {
            return passOn(prepared);
        }
        m_sql.emplace(std::move(*prepared));
    }
    Status done = resolveDomains(step).and_then([&] { return m_accountIds.resolve(step, m_accounts); });
    for (DomainTable::Entry& domain : m_domains.entries()) {
        done = done.and_then([&] { return resolveItems(step, domain); });
    }
    done = done.and_then([&] { return dropIndexWhenLarge(step); }).and_then([&] { return insertAll(step); });
    m_rows.clear();
    m_texts.clear();
    return done;
}

/// Keeping the index by item up to date costs more than everything else together, because its places are
/// scattered. A large import into a workspace that holds little drops it and builds it again at its end. A
/// workspace without the index is slower and not wrong; every import of interactions that comes to its end
/// leaves it complete.
Status InteractionSink::dropIndexWhenLarge(const Step& step)
{
    if (m_indexDecided || ++m_stepsWritten < 2) {
        return {};
    }
    m_indexDecided = true;
    const auto others = step.workspace.database().scalar(
        "SELECT sum(imported) FROM import WHERE target = 'interactions' AND id <> " +
        std::to_string(number(step.import)));
    if (!others) {
        return passOn(others);
    }
    if (others->value_or(0) > 2 * step.counters.read) {
        return {};
    }
    return step.workspace.database().execute("DROP INDEX IF EXISTS interaction_item");
}

Status InteractionSink::resolveDomains(const Step& step)
{
    for (DomainTable::Entry& entry : m_domains.entries()) {
        if (!entry.ready) {
            const Result<Domain> domain = ensureDomain(step.workspace, entry.name, m_plan);
            if (!domain) {
                return passOn(domain);
            }
            entry.id = domain->id;
            entry.ready = true;
        }
        if (entry.hasValues && m_plan.kind == FeedbackKind::Explicit) {
            const Status widened = Catalog(step.workspace).widenScale(entry.id, entry.lowest, entry.highest);
            if (!widened) {
                return widened;
            }
        }
        entry.hasValues = false;
    }
    return {};
}

Status InteractionSink::resolveItems(const Step& step, DomainTable::Entry& domain)
{
    while (domain.ids.size() < domain.items.size()) {
        const std::string_view key = domain.items.key(static_cast<std::uint32_t>(domain.ids.size()));
        const Result<bool> found = m_sql->findItem.bind(1, number(domain.id)).bind(2, key).step();
        if (!found) {
            return passOn(found);
        }
        const std::optional<std::int64_t> id =
            *found ? std::optional(m_sql->findItem.integer(0)) : std::nullopt;
        m_sql->findItem.rewind();
        if (!id) {
            if (const Status added = m_sql->addItem.bind(1, number(domain.id)).bind(2, key).run(); !added) {
                return added;
            }
        }
        domain.ids.push_back(id ? *id : step.workspace.database().lastInsertId());
        if (domain.ids.size() % 1024 == 0) {
            if (const Status going = step.context.checkpoint(); !going) {
                return going;
            }
        }
    }
    return {};
}

Status InteractionSink::insertAll(Step& step)
{
    std::vector<Place> places;
    places.reserve(m_rows.size());
    for (const Row& row : m_rows) {
        DomainTable::Entry& domain = m_domains[row.domain];
        places.push_back({.domain = number(domain.id),
                          .account = m_accountIds[row.account],
                          .item = domain.ids[row.item],
                          .row = static_cast<std::uint32_t>(places.size())});
    }
    std::sort(places.begin(), places.end());
    for (std::size_t at = 0; at < places.size(); ++at) {
        if (at % 1024 == 0) {
            if (const Status going = step.context.checkpoint(); !going) {
                return going;
            }
        }
        const Result<bool> added = insert(step, places[at], 0);
        if (!added) {
            return passOn(added);
        }
        if (*added) {
            ++step.counters.imported;
        } else if (const Status resolved = insertRepeated(step, places[at]); !resolved) {
            return resolved;
        }
    }
    return {};
}

/// False: there is such a row already.
Result<bool> InteractionSink::insert(const Step& step, const Place& place, std::int64_t nth)
{
    const Row& row = m_rows[place.row];
    Statement& sql = m_sql->insert;
    sql.bind(1, place.domain).bind(2, place.account).bind(3, place.item).bind(4, nth).bind(5, row.value);
    row.time == noTime ? sql.bindNull(6) : sql.bind(6, row.time);
    sql.bind(7, std::int64_t{row.part}).bind(8, number(step.import)).bind(9, row.line).bind(10, row.entry);
    if (const Status inserted = sql.run(); !inserted) {
        return passOn(inserted);
    }
    if (step.workspace.database().changes() == 0) {
        return false;
    }
    if (const Status noted = storeNote(place, nth); !noted) {
        return passOn(noted);
    }
    return true;
}

Status InteractionSink::storeNote(const Place& place, std::int64_t nth)
{
    if (m_mapper.places().texts.empty()) {
        return {};
    }
    const std::string& text = m_texts[place.row].note;
    Statement& sql = text.empty() ? m_sql->dropNote : m_sql->note;
    sql.bind(1, place.domain).bind(2, place.account).bind(3, place.item).bind(4, nth);
    if (!text.empty()) {
        sql.bind(5, std::string_view(text));
    }
    return sql.run();
}

Result<std::vector<Stored>> InteractionSink::storedFor(const Place& place)
{
    Statement& sql = m_sql->stored;
    sql.bind(1, place.domain).bind(2, place.account).bind(3, place.item);
    std::vector<Stored> found;
    Result<bool> row = sql.step();
    for (; row && *row; row = sql.step()) {
        found.push_back({sql.integer(0), sql.integer(1), sql.real(2), sql.integer(3)});
    }
    sql.rewind();
    if (!row) {
        return passOn(row);
    }
    return found;
}

/// The user has the item already; the rule for repeated pairs decides among rows of the same part.
Status InteractionSink::insertRepeated(Step& step, const Place& place)
{
    const Result<std::vector<Stored>> stored = storedFor(place);
    if (!stored) {
        return passOn(stored);
    }
    const Row& row = m_rows[place.row];
    const auto samePart = [&](const Stored& each) { return each.part == row.part; };
    const auto twin = std::find_if(stored->begin(), stored->end(), samePart);
    const Duplicates rule = m_plan.options.duplicates;
    const bool isOfThisImport = std::any_of(stored->begin(), stored->end(), [&](const Stored& each) {
        return samePart(each) && each.import == number(step.import);
    });
    // The mean needs all values: they stand side by side until the last step merges them.
    if (twin == stored->end() || rule == Duplicates::Keep || rule == Duplicates::Mean) {
        const Result<bool> added = insert(step, place, stored->back().nth + 1);
        const bool merges = rule == Duplicates::Mean && twin != stored->end() && isOfThisImport;
        ++(merges ? step.counters.skipped : step.counters.imported);
        return added.map([](bool) {});
    }
    if (rule == Duplicates::Reject) {
        return rejectRepeated(step, place);
    }
    if (rule == Duplicates::First) {
        ++step.counters.skipped;
        return {};
    }
    ++(isOfThisImport ? step.counters.skipped : step.counters.imported);
    return replace(step, place, *twin, rule == Duplicates::Sum ? twin->value + row.value : row.value);
}

Status InteractionSink::replace(const Step& step, const Place& place, const Stored& stored, double value)
{
    const Row& row = m_rows[place.row];
    Statement& sql = m_sql->replace;
    sql.bind(1, place.domain).bind(2, place.account).bind(3, place.item).bind(4, stored.nth).bind(5, value);
    row.time == noTime ? sql.bindNull(6) : sql.bind(6, row.time);
    sql.bind(7, number(step.import)).bind(8, row.line).bind(9, row.entry);
    return sql.run().and_then([&] { return storeNote(place, stored.nth); });
}

Status InteractionSink::rejectRepeated(Step& step, const Place& place)
{
    const Row& row = m_rows[place.row];
    RowTexts& texts = m_texts[place.row];
    DomainTable::Entry& domain = m_domains[row.domain];
    step.rejects.push_back(
        {.line = row.line,
         .entry = row.entry,
         .offset = texts.offset,
         .problem = {TRANSLATABLE("errors", "The user %1 has the item %2 already."),
                     {std::string(m_accounts.key(row.account)), std::string(domain.items.key(row.item))}},
         .raw = std::move(texts.raw)});
    ++step.counters.rejected;
    return {};
}

Status InteractionSink::finish(Step& step)
{
    if (m_plan.options.duplicates == Duplicates::Mean) {
        if (const Status merged = mergeMeans(step); !merged) {
            return merged;
        }
    }
    const Database& database = step.workspace.database();
    const std::stop_callback interrupt(step.context.stop, [&] { database.interrupt(); });
    return step.context.checkpoint().and_then([&] { return ImportLog(step.workspace).restoreItemIndex(); });
}

} // namespace

Result<std::unique_ptr<Sink>> makeInteractionSink(const Workspace& workspace, const ImportPlan& plan)
{
    Result<InteractionMapper> mapper = InteractionMapper::make(workspace, plan);
    if (!mapper) {
        return passOn(mapper);
    }
    return std::make_unique<InteractionSink>(std::move(*mapper), plan);
}

} // namespace transept
