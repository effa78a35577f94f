#include "core/base/Words.h"
#include "core/store/RunStore.h"

namespace transept {
namespace {

/// One column of a run.
template<typename Value>
Status setColumn(const Database& database, std::string_view sql, RunId id, const Value& value)
{
    Result<Statement> statement = database.prepare(sql);
    return statement ? statement->bind(1, number(id)).bind(2, value).run() : passOn(statement);
}

} // namespace

Result<RunId> runNumber(std::string_view text)
{
    const auto number = parseInteger(text);
    if (!number) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 is no run: runs are named by their number, as \"transept runs\" shows it."),
            {std::string(text)});
    }
    return RunId{*number};
}

Result<std::vector<RunId>> runNumbers(std::span<const std::string> texts)
{
    std::vector<RunId> runs;
    for (const std::string& text : texts) {
        const Result<RunId> run = runNumber(text);
        if (!run) {
            return passOn(run);
        }
        runs.push_back(*run);
    }
    return runs;
}

Status RunStore::setFingerprint(RunId id,
                                std::string_view fingerprint,
                                const std::optional<DataExtent>& extent) const
{
    const auto partOf = [&](std::int64_t DataExtent::*part) {
        return extent ? std::optional((*extent).*part) : std::nullopt;
    };
    Result<Statement> update =
        m_database.prepare("UPDATE run SET fingerprint = ?2, last_import = ?3, last_item = ?4 WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(id))
        .bind(2, fingerprint)
        .bind(3, partOf(&DataExtent::lastImport))
        .bind(4, partOf(&DataExtent::lastItem))
        .run();
}

Status RunStore::rename(RunId id, std::string_view name) const
{
    return setColumn(m_database, "UPDATE run SET name = ?2 WHERE id = ?1", id, name);
}

Status RunStore::setNote(RunId id, std::string_view note) const
{
    return setColumn(m_database, "UPDATE run SET note = ?2 WHERE id = ?1", id, note);
}

Status RunStore::setStar(RunId id, bool star) const
{
    return setColumn(m_database, "UPDATE run SET star = ?2 WHERE id = ?1", id, std::int64_t{star});
}

Status RunStore::setTags(RunId id, std::string_view tags) const
{
    return setColumn(m_database, "UPDATE run SET tags = ?2 WHERE id = ?1", id, tags);
}

Status RunStore::setDeleted(RunId id, bool deleted) const
{
    if (deleted) {
        const Result<RunRecord> run = find(id);
        if (!run) {
            return passOn(run);
        }
        if (run->state == RunState::Running || run->state == RunState::Paused) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "Run %1 is still training. Stop it first, then delete it."),
                        {std::to_string(number(id))});
        }
    }
    const std::optional<std::int64_t> when = deleted ? std::optional(now()) : std::nullopt;
    return setColumn(m_database, "UPDATE run SET deleted = ?2 WHERE id = ?1", id, when);
}

} // namespace transept
