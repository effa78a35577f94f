#include "core/experiment/ResultRows.h"

#include "core/base/RowOf.h"
#include "core/store/Rows.h"

#include <algorithm>

namespace transept {
namespace {

/// Numbers what `sql` lists (key, id) by the ascending `ids`.
template<typename Id>
Status readKeys(const Workspace& workspace,
                std::string_view sql,
                std::int64_t where,
                const std::vector<Id>& ids,
                KeyRows& into)
{
    Result<Statement> rows = prepared(workspace.database(), sql, where);
    return forEachRow(rows, [&](const Statement& row) {
        into.keys.number(row.text(0));
        into.rows.push_back(rowOf<std::int32_t>(ids, Id{row.integer(1)}).value_or(-1));
    });
}

Status readKeys(const Workspace& workspace, const Dataset& data, ResultRows& rows, const JobContext& context)
{
    const StopWatcher watcher(workspace.database(), context);
    const Result<Domain> target = Catalog(workspace).domain(data.target.name);
    if (!target) {
        return passOn(target);
    }
    const Status users = readKeys(workspace,
                                  "SELECT key, person FROM account WHERE platform = ?1",
                                  number(target->platform),
                                  data.users,
                                  rows.users);
    return users ? readKeys(workspace,
                            "SELECT key, id FROM item WHERE domain = ?1",
                            number(target->id),
                            data.target.items,
                            rows.items)
                 : users;
}

std::vector<bool> testedUsers(const Prepared& prepared)
{
    std::vector<bool> tested(prepared.data.users.size());
    for (const Event& event : prepared.parts.test.events) {
        tested[index(event.user)] = true;
    }
    return tested;
}

/// Puts the rows of one file into its table.
class RowCollector
{
public:
    RowCollector(const Prepared& prepared, const std::vector<bool>& tested, ResultRows& rows)
        : m_target(prepared.data.target.name)
        , m_tested(tested)
        , m_rows(rows)
    {
    }

    void begin(const ResultPlan& plan)
    {
        m_table = plan.kind == ResultKind::Lists ? &m_rows.lists : &m_rows.ratings;
        m_table->resize(m_tested.size());
        m_rows.files.push_back(plan.inspection.file);
    }

    Status take(const ResultRow& row)
    {
        ++m_rows.read;
        const std::optional<std::int32_t> user = m_rows.users.rowOf(row.user);
        if (!user) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1, line %2: there is no user %3 on the platform of %4. Users are named as in "
                             "the imported files; the test part, as export writes it, shows how."),
                {file(), std::to_string(row.line), std::string(row.user), m_target});
        }
        const std::optional<std::int32_t> item = m_rows.items.rowOf(row.item);
        if (!item || *item < 0) {
            return noItem(row, item.has_value());
        }
        if (*user < 0 || !m_tested[static_cast<std::size_t>(*user)]) {
            ++m_rows.notTested;
            return {};
        }
        (*m_table)[static_cast<std::size_t>(*user)].push_back(
            {.item = static_cast<ItemRow>(*item),
             .file = static_cast<std::uint32_t>(m_rows.files.size() - 1),
             .line = row.line,
             .rank = row.rank.value_or(0),
             .value = row.value.value_or(0.0)});
        return {};
    }

private:
    tl::unexpected<Error> noItem(const ResultRow& row, bool isLeftOut) const
    {
        return fail(ErrorCode::InvalidInput,
                    isLeftOut ? TRANSLATABLE("errors",
                                             "%1, line %2: the item %3 is left out of the catalogue of %4 by "
                                             "data.where.min_item, so that nobody is recommended it. Take it "
                                             "out of the file.")
                              : TRANSLATABLE("errors",
                                             "%1, line %2: there is no item %3 in %4. Items are named as in "
                                             "the imported files; the test part, as export writes it, shows "
                                             "how."),
                    {file(), std::to_string(row.line), std::string(row.item), m_target});
    }

    std::string file() const { return m_rows.files.back().string(); }

    const std::string& m_target;
    const std::vector<bool>& m_tested;
    ResultRows& m_rows;
    std::vector<std::vector<ResultCell>>* m_table = nullptr;
};

/// Whether the lists have ranks and scores; all of them, or none.
Status checkOrders(std::span<const ResultPlan> plans, ResultRows& rows)
{
    const ResultPlan* first = nullptr;
    for (const ResultPlan& plan : plans) {
        if (plan.kind != ResultKind::Lists) {
            continue;
        }
        const bool isTable = plan.inspection.format.layout == Format::Layout::Delimited;
        const bool hasRanks = plan.rank.has_value() || !isTable;
        const bool hasScores = plan.value.has_value();
        if (first == nullptr) {
            first = &plan;
            rows.hasRanks = hasRanks;
            rows.hasScores = hasScores;
        } else if (rows.hasRanks != hasRanks || rows.hasScores != hasScores) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "%1 and %2 order their lists differently: only one has ranks, or only "
                                     "one has scores. Name the columns that both have (--columns)."),
                        {first->inspection.file.string(), plan.inspection.file.string()});
        }
    }
    return {};
}

} // namespace

std::optional<std::int32_t> KeyRows::rowOf(std::string_view key) const
{
    const std::uint32_t found = keys.find(key);
    return found == keys.size() ? std::nullopt : std::optional(rows[found]);
}

std::string KeyRows::keyOf(std::int32_t row) const
{
    const auto found = std::find(rows.begin(), rows.end(), row);
    return found == rows.end() ? std::string()
                               : std::string(keys.key(static_cast<std::uint32_t>(found - rows.begin())));
}

Result<ResultRows> readResultRows(const Workspace& workspace,
                                  const Prepared& prepared,
                                  std::span<const ResultPlan> plans,
                                  const JobContext& context)
{
    ResultRows rows;
    const Status keys = readKeys(workspace, prepared.data, rows, context);
    const Status agreed = keys ? checkOrders(plans, rows) : keys;
    if (!agreed) {
        return passOn(agreed);
    }
    const std::vector<bool> tested = testedUsers(prepared);
    RowCollector collector(prepared, tested, rows);
    for (const ResultPlan& plan : plans) {
        collector.begin(plan);
        Result<std::string> hash = readResults(
            plan, [&](const ResultRow& row) { return collector.take(row); }, context);
        if (!hash) {
            return passOn(hash);
        }
        rows.hashes.push_back(std::move(*hash));
    }
    return rows;
}

} // namespace transept
