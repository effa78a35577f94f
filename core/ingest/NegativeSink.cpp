#include "core/base/Interruptible.h"
#include "core/ingest/InteractionMapper.h"

#include <map>
#include <tuple>

namespace transept {
namespace {

constexpr std::int64_t absent = -1;
constexpr std::string_view ofEarlierImports =
    " FROM given_negative WHERE domain = ? AND account = ? AND item = ? AND import <> ?";

/// A domain that rows name, and what is known of its users and items so far: numbered as they come, with
/// their ids in the workspace.
struct KnownDomain
{
    std::optional<Domain> domain; ///< nothing: the workspace has none of that name
    KeyTable users;
    std::vector<std::int64_t> accounts; ///< absent: the user has no account
    KeyTable items;
    std::vector<std::int64_t> ids; ///< absent: there is no such item
};

/// A checked row, in the order of the clustered table.
struct NegativeRow
{
    std::int64_t domain = 0;
    std::int64_t account = 0;
    std::int64_t item = 0;
    std::int64_t negative = 0;
    std::int64_t line = 0;
    std::int64_t entry = 0;
    std::uint32_t reject = 0; ///< place among the kept rejects

    auto interaction() const { return std::tuple(domain, account, item); }
    auto place() const { return std::tuple(domain, account, item, negative, line, entry); }
};

struct Statements
{
    Statement account;
    Statement item;
    Statement interaction;
    Statement dropEarlier;
    Statement hasEarlier;
    Statement insert;
};

/// Negatives of interactions that were imported before. Nothing that a row names is made.
class NegativeSink final : public Sink
{
public:
    NegativeSink(const Workspace& workspace, InteractionMapper mapper, const ImportPlan& plan, Statements sql)
        : m_workspace(workspace)
        , m_plan(plan)
        , m_mapper(std::move(mapper))
        , m_sql(std::move(sql))
    {
    }

    Taken take(const Record& record, std::optional<Problem>& problem) override;
    std::size_t buffered() const override { return m_rows.size(); }
    Status write(Step& step) override;

private:
    Result<std::optional<Problem>> resolve(const Record& record, NegativeRow& row);
    Result<std::optional<Problem>> resolveIn(KnownDomain& domain,
                                             const Interaction& interaction,
                                             std::string_view negative,
                                             NegativeRow& row);
    Result<KnownDomain*> domainOf(std::string_view name);
    Result<std::int64_t> accountOf(KnownDomain& domain, std::string_view user);
    Result<std::int64_t> itemOf(KnownDomain& domain, std::string_view key);
    Result<bool> isThere(const NegativeRow& row);
    Status insertAll(Step& step);
    Result<bool> insert(const Step& step, const NegativeRow& row);
    Result<bool> makesRoom(const Step& step, const NegativeRow& row);

    const Workspace& m_workspace;
    const ImportPlan& m_plan;
    InteractionMapper m_mapper;
    Statements m_sql;
    std::map<std::string, KnownDomain, std::less<>> m_domains;
    std::optional<NegativeRow> m_last; ///< whose interaction is there
    std::vector<NegativeRow> m_rows;
    std::vector<Reject> m_rejects; ///< of every row, where repeated ones are reported
    Status m_failure;              ///< of a look into the workspace; ends the import at the next write
};

Taken NegativeSink::take(const Record& record, std::optional<Problem>& problem)
{
    NegativeRow row{
        .line = record.line, .entry = record.entry, .reject = static_cast<std::uint32_t>(m_rejects.size())};
    Result<std::optional<Problem>> found = resolve(record, row);
    if (!found) {
        m_failure = passOn(found);
        return Taken::Skipped;
    }
    problem = std::move(*found);
    if (problem) {
        return Taken::Rejected;
    }
    m_rows.push_back(row);
    if (m_plan.options.duplicates == Duplicates::Reject) {
        m_rejects.push_back(
            {.line = record.line,
             .entry = record.entry,
             .offset = record.offset,
             .problem = {TRANSLATABLE("errors", "The item %1 is a negative of this interaction already."),
                         {std::string(fieldAt(record, m_mapper.places().negative))}},
             .raw = std::string(record.raw)});
    }
    return Taken::Buffered;
}

Result<std::optional<Problem>> NegativeSink::resolve(const Record& record, NegativeRow& row)
{
    Interaction interaction;
    std::optional<Problem> problem;
    m_mapper.map(record, interaction, problem);
    const std::string_view negative = fieldAt(record, m_mapper.places().negative);
    if (!problem && isBlank(negative)) {
        problem = Problem{TRANSLATABLE("errors", "The negative is empty."), {}};
    }
    if (!problem && negative == interaction.item) {
        problem =
            Problem{TRANSLATABLE("errors",
                                 "The negative %1 is the item of the interaction itself. Take it out, or "
                                 "put another item in its place."),
                    {std::string(negative)}};
    }
    if (problem) {
        return problem;
    }
    const Result<KnownDomain*> domain = domainOf(interaction.domain);
    if (!domain) {
        return passOn(domain);
    }
    if (*domain == nullptr) {
        return Problem{
            TRANSLATABLE("errors", "There is no domain %1. Import its interactions before their negatives."),
            {std::string(interaction.domain)}};
    }
    return resolveIn(**domain, interaction, negative, row);
}

Result<std::optional<Problem>> NegativeSink::resolveIn(KnownDomain& domain,
                                                       const Interaction& interaction,
                                                       std::string_view negative,
                                                       NegativeRow& row)
{
    const Result<std::int64_t> account = accountOf(domain, interaction.user);
    const Result<std::int64_t> item = account ? itemOf(domain, interaction.item) : account;
    const Result<std::int64_t> other = item ? itemOf(domain, negative) : item;
    if (!other) {
        return passOn(other);
    }
    if (*account == absent) {
        return Problem{TRANSLATABLE("errors",
                                    "There is no user %1 on the platform %2. Import the interactions before "
                                    "their negatives."),
                       {std::string(interaction.user), domain.domain->platformName}};
    }
    if (*item == absent || *other == absent) {
        return Problem{TRANSLATABLE("errors",
                                    "There is no item %1 in the domain %2. Import the interactions, and a "
                                    "description of items that have none, before the negatives."),
                       {std::string(*item == absent ? interaction.item : negative), domain.domain->name}};
    }
    row.domain = number(domain.domain->id);
    row.account = *account;
    row.item = *item;
    row.negative = *other;
    const Result<bool> there = isThere(row);
    if (!there || *there) {
        return there ? Result<std::optional<Problem>>(std::nullopt) : passOn(there);
    }
    return Problem{
        TRANSLATABLE("errors",
                     "The user %1 has no interaction with the item %2 in the domain %3. Import the "
                     "interactions before their negatives, or choose the domain that they are of."),
        {std::string(interaction.user), std::string(interaction.item), domain.domain->name}};
}

/// Null: there is none of that name.
Result<KnownDomain*> NegativeSink::domainOf(std::string_view name)
{
    auto known = m_domains.find(name);
    if (known == m_domains.end()) {
        Result<Domain> found = Catalog(m_workspace).domain(name);
        if (!found && found.error().code != ErrorCode::NotFound) {
            return passOn(found);
        }
        known = m_domains.try_emplace(std::string(name)).first;
        if (found) {
            known->second.domain = std::move(*found);
        }
    }
    return known->second.domain ? &known->second : nullptr;
}

/// The first value of the row that the statement finds, absent when it finds none.
Result<std::int64_t> firstOf(Statement& sql, std::int64_t place, std::string_view key)
{
    const Result<bool> found = sql.bind(1, place).bind(2, key).step();
    if (!found) {
        return passOn(found);
    }
    const std::int64_t id = *found ? sql.integer(0) : absent;
    sql.rewind();
    return id;
}

/// Looks a key up once.
Result<std::int64_t> idOf(
    std::string_view key, KeyTable& keys, std::vector<std::int64_t>& ids, Statement& sql, std::int64_t place)
{
    const std::uint32_t known = keys.number(key);
    if (known == ids.size()) {
        const Result<std::int64_t> id = firstOf(sql, place, key);
        if (!id) {
            return passOn(id);
        }
        ids.push_back(*id);
    }
    return ids[known];
}

Result<std::int64_t> NegativeSink::accountOf(KnownDomain& domain, std::string_view user)
{
    return idOf(user, domain.users, domain.accounts, m_sql.account, number(domain.domain->platform));
}

Result<std::int64_t> NegativeSink::itemOf(KnownDomain& domain, std::string_view key)
{
    return idOf(key, domain.items, domain.ids, m_sql.item, number(domain.domain->id));
}

/// Whether the workspace has the interaction of a row; the rows of one mostly come together.
Result<bool> NegativeSink::isThere(const NegativeRow& row)
{
    if (m_last && m_last->interaction() == row.interaction()) {
        return true;
    }
    Statement& sql = m_sql.interaction;
    const Result<bool> found = sql.bind(1, row.domain).bind(2, row.account).bind(3, row.item).step();
    if (!found) {
        return passOn(found);
    }
    sql.rewind();
    if (*found) {
        m_last = row;
    }
    return *found;
}

Status NegativeSink::write(Step& step)
{
    Status done = m_failure;
    if (done) {
        std::ranges::sort(m_rows, {}, &NegativeRow::place);
        done = insertAll(step);
    }
    m_rows.clear();
    m_rejects.clear();
    return done;
}

/// Has what an earlier import gave the interaction of a row make way. False: that stays, and the new ones are
/// dropped.
Result<bool> NegativeSink::makesRoom(const Step& step, const NegativeRow& row)
{
    const Duplicates rule = m_plan.options.duplicates;
    if (rule != Duplicates::Last && rule != Duplicates::First) {
        return true;
    }
    Statement& sql = rule == Duplicates::Last ? m_sql.dropEarlier : m_sql.hasEarlier;
    sql.bind(1, row.domain).bind(2, row.account).bind(3, row.item).bind(4, number(step.import));
    const Result<bool> found = sql.step();
    sql.rewind();
    return found ? Result<bool>(!*found) : passOn(found);
}

/// False: the interaction has that negative already.
Result<bool> NegativeSink::insert(const Step& step, const NegativeRow& row)
{
    const Status inserted = m_sql.insert.bind(1, row.domain)
                                .bind(2, row.account)
                                .bind(3, row.item)
                                .bind(4, row.negative)
                                .bind(5, number(step.import))
                                .bind(6, row.line)
                                .bind(7, row.entry)
                                .run();
    return inserted ? Result<bool>(step.workspace.database().changes() > 0) : passOn(inserted);
}

Status NegativeSink::insertAll(Step& step)
{
    Result<bool> takes = true; // what comes for the present interaction
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        const NegativeRow& row = m_rows[at];
        if (const Status going = everyFewThousand(at, step.context); !going) {
            return going;
        }
        if (at == 0 || m_rows[at - 1].interaction() != row.interaction()) {
            takes = makesRoom(step, row);
        }
        const Result<bool> added = takes && *takes ? insert(step, row) : takes;
        if (!added) {
            return passOn(added);
        }
        if (*added) {
            ++step.counters.imported;
        } else if (m_plan.options.duplicates == Duplicates::Reject) {
            step.rejects.push_back(std::move(m_rejects[row.reject]));
            ++step.counters.rejected;
        } else {
            ++step.counters.skipped;
        }
    }
    return {};
}

Result<Statements> prepareStatements(const Database& database)
{
    Result<Statement> account = database.prepare("SELECT id FROM account WHERE platform = ? AND key = ?");
    Result<Statement> item = database.prepare("SELECT id FROM item WHERE domain = ? AND key = ?");
    Result<Statement> interaction =
        database.prepare("SELECT 1 FROM interaction WHERE domain = ? AND account = ? AND item = ? LIMIT 1");
    Result<Statement> dropEarlier = database.prepare("DELETE" + std::string(ofEarlierImports));
    Result<Statement> hasEarlier = database.prepare("SELECT 1" + std::string(ofEarlierImports));
    Result<Statement> insert =
        database.prepare("INSERT INTO given_negative(domain, account, item, negative, import, line, entry)"
                         " VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    for (const Result<Statement>* each :
         {&account, &item, &interaction, &dropEarlier, &hasEarlier, &insert}) {
        if (!*each) {
            return passOn(*each);
        }
    }
    return Statements{std::move(*account),
                      std::move(*item),
                      std::move(*interaction),
                      std::move(*dropEarlier),
                      std::move(*hasEarlier),
                      std::move(*insert)};
}

} // namespace

Result<std::unique_ptr<Sink>> makeNegativeSink(const Workspace& workspace, const ImportPlan& plan)
{
    Result<InteractionMapper> mapper = InteractionMapper::make(workspace, plan);
    Result<Statements> sql = mapper ? prepareStatements(workspace.database()) : passOn(mapper);
    if (!sql) {
        return passOn(sql);
    }
    return std::make_unique<NegativeSink>(workspace, std::move(*mapper), plan, std::move(*sql));
}

} // namespace transept
