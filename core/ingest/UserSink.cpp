#include "core/ingest/Sink.h"

#include "core/base/Words.h"

namespace transept {
namespace {

/// Fields of users: an account that does not exist is made.
class UserSink final : public Sink
{
public:
    explicit UserSink(const ImportPlan& plan)
        : m_plan(plan)
        , m_places(plan.roles)
        , m_accountIds(plan.platform)
    {
    }

    Taken take(const Record& record, std::optional<Problem>& problem) override;
    std::size_t buffered() const override { return m_rows.size(); }
    Status write(Step& step) override;

private:
    struct UserRow
    {
        std::uint32_t account = 0;
        std::vector<std::pair<std::string_view, std::string>> fields; ///< names live in the plan
    };

    const ImportPlan& m_plan;
    Places m_places;
    KeyTable m_accounts;
    AccountNumbers m_accountIds;
    std::vector<UserRow> m_rows;
};

Taken UserSink::take(const Record& record, std::optional<Problem>& problem)
{
    const std::string_view user = fieldAt(record, m_places.user);
    if (isBlank(user)) {
        problem = Problem{TRANSLATABLE("errors", "The user is empty."), {}};
        return Taken::Rejected;
    }
    UserRow row{.account = m_accounts.number(m_plan.options.userPrefix + std::string(user))};
    for (const std::size_t place : m_places.fields) {
        const std::string_view value = trimmed(fieldAt(record, static_cast<int>(place)));
        if (!value.empty()) {
            row.fields.emplace_back(m_plan.names[place], value);
        }
    }
    m_rows.push_back(std::move(row));
    return Taken::Buffered;
}

Status UserSink::write(Step& step)
{
    if (const Status resolved = m_accountIds.resolve(step, m_accounts); !resolved) {
        return resolved;
    }
    Result<Statement> field = step.workspace.database().prepare(
        "INSERT INTO account_field(account, name, value) VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET value ="
        " excluded.value");
    if (!field) {
        return passOn(field);
    }
    for (const UserRow& row : m_rows) {
        for (const auto& [name, value] : row.fields) {
            const Status stored = field->bind(1, m_accountIds[row.account])
                                      .bind(2, name)
                                      .bind(3, std::string_view(value))
                                      .run();
            if (!stored) {
                return stored;
            }
        }
        if (++step.counters.imported % 512 == 0) {
            if (const Status going = step.context.checkpoint(); !going) {
                return going;
            }
        }
    }
    m_rows.clear();
    return {};
}

/// Joins two accounts to one person: all accounts of the second one's person go to the first one's.
class LinkSink final : public Sink
{
public:
    explicit LinkSink(const ImportPlan& plan) : m_plan(plan), m_places(plan.roles) {}

    Taken take(const Record& record, std::optional<Problem>& problem) override;
    std::size_t buffered() const override { return m_rows.size(); }
    Status write(Step& step) override;

private:
    struct LinkRow
    {
        std::string first;
        std::string second;
        Reject reject; ///< what is said when an account is not known
    };
    struct Statements
    {
        Statement person;
        Statement join;
        Statement drop;
    };

    Result<Statements> prepare(const Step& step) const;
    static Result<std::int64_t> personOf(Statement& sql, const std::string& platform, const std::string& key);
    Status join(Step& step, Statements& sql, LinkRow& row) const;

    const ImportPlan& m_plan;
    Places m_places;
    std::vector<LinkRow> m_rows;
};

Taken LinkSink::take(const Record& record, std::optional<Problem>& problem)
{
    const std::string_view first = fieldAt(record, m_places.user);
    const std::string_view second = fieldAt(record, m_places.secondUser);
    if (isBlank(first) || isBlank(second)) {
        problem = Problem{TRANSLATABLE("errors", "The user is empty."), {}};
        return Taken::Rejected;
    }
    m_rows.push_back({.first = std::string(first),
                      .second = std::string(second),
                      .reject = {.line = record.line,
                                 .entry = record.entry,
                                 .offset = record.offset,
                                 .problem = {},
                                 .raw = std::string(record.raw)}});
    return Taken::Buffered;
}

Result<LinkSink::Statements> LinkSink::prepare(const Step& step) const
{
    const Database& database = step.workspace.database();
    Result<Statement> person =
        database.prepare("SELECT account.person FROM account JOIN platform ON platform.id = account.platform"
                         " WHERE platform.name = ? AND account.key = ?");
    Result<Statement> join = database.prepare("UPDATE account SET person = ? WHERE person = ?");
    Result<Statement> drop = database.prepare("DELETE FROM person WHERE id = ?");
    for (const Result<Statement>* each : {&person, &join, &drop}) {
        if (!*each) {
            return passOn(*each);
        }
    }
    return Statements{std::move(*person), std::move(*join), std::move(*drop)};
}

/// 0: there is no such account.
Result<std::int64_t> LinkSink::personOf(Statement& sql, const std::string& platform, const std::string& key)
{
    const Result<bool> found = sql.bind(1, std::string_view(platform)).bind(2, std::string_view(key)).step();
    if (!found) {
        return passOn(found);
    }
    const std::int64_t person = *found ? sql.integer(0) : 0;
    sql.rewind();
    return person;
}

Status LinkSink::join(Step& step, Statements& sql, LinkRow& row) const
{
    const Result<std::int64_t> first = personOf(sql.person, m_plan.platform, row.first);
    const Result<std::int64_t> second = personOf(sql.person, m_plan.secondPlatform, row.second);
    if (!first || !second) {
        return first ? passOn(second) : passOn(first);
    }
    if (*first == 0 || *second == 0) {
        row.reject.problem = {
            TRANSLATABLE("errors", "There is no user %1 on the platform %2."),
            {*first == 0 ? row.first : row.second, *first == 0 ? m_plan.platform : m_plan.secondPlatform}};
        step.rejects.push_back(std::move(row.reject));
        ++step.counters.rejected;
        return {};
    }
    if (*first == *second) {
        ++step.counters.skipped;
        return {};
    }
    ++step.counters.imported;
    return sql.join.bind(1, *first).bind(2, *second).run().and_then([&] {
        return sql.drop.bind(1, *second).run();
    });
}

Status LinkSink::write(Step& step)
{
    Result<Statements> sql = prepare(step);
    if (!sql) {
        return passOn(sql);
    }
    for (LinkRow& row : m_rows) {
        const Status joined = step.context.checkpoint().and_then([&] { return join(step, *sql, row); });
        if (!joined) {
            return joined;
        }
    }
    m_rows.clear();
    return {};
}

} // namespace

std::unique_ptr<Sink> makeUserSink(const ImportPlan& plan)
{
    return std::make_unique<UserSink>(plan);
}

std::unique_ptr<Sink> makeLinkSink(const ImportPlan& plan)
{
    return std::make_unique<LinkSink>(plan);
}

} // namespace transept
