#include "core/store/RunStore.h"

#include "core/store/Process.h"
#include "core/store/Rows.h"

#include <fmt/format.h>

#include <array>

namespace transept {
namespace {

constexpr int paletteSize = 8; // Okabe and Ito's series colours

constexpr std::string_view selectRuns =
    "SELECT id, name, spec, spec_hash, state, reason, arguments, epoch, "
    "best_epoch, fingerprint, version, created,"
    " started, finished, load_seconds, train_seconds, evaluate_seconds, "
    "memory_mb, users, note, star, tags, colour, process, last_import, last_item"
    " FROM run WHERE deleted IS NULL";

constexpr std::string_view selectMeasures = "SELECT m.run, m.name, m.value FROM measure m WHERE true";

/// Validation measures of the epoch whose model was kept; epoch 0 stands for a model that knows none.
std::string selectValidation()
{
    return fmt::format("SELECT m.run, substr(m.series, {}), m.value FROM run JOIN curve m ON m.run = run.id"
                       " AND m.step = run.best_epoch"
                       " WHERE run.deleted IS NULL AND run.state = 'finished' AND m.series LIKE '{}%'",
                       validationMark.size() + 1,
                       validationMark);
}

/// What a method told about its own fit stands at no epoch either.
std::string selectDiagnostics()
{
    return fmt::format("SELECT m.run, m.series, m.value FROM run JOIN curve m ON m.run = run.id"
                       " AND m.step = 0"
                       " WHERE run.deleted IS NULL AND run.state = 'finished'"
                       " AND m.series NOT LIKE '{}%' AND m.series NOT LIKE '{}%'",
                       validationMark,
                       memoryMark);
}

std::string selectPeaks()
{
    return fmt::format("SELECT m.run, substr(m.series, {}), m.value FROM run JOIN curve m ON m.run = run.id"
                       " AND m.step = 0"
                       " WHERE run.deleted IS NULL AND run.state = 'finished' AND m.series LIKE '{}%'",
                       memoryMark.size() + 1,
                       memoryMark);
}

constexpr std::array<const char*, 7> resultTables{
    "DELETE FROM measure WHERE run = ?",
    "DELETE FROM user_measure WHERE run = ?",
    "DELETE FROM run_user WHERE run = ?",
    "DELETE FROM list WHERE run = ?",
    "DELETE FROM prediction WHERE run = ?",
    "DELETE FROM model WHERE run = ?",
    "DELETE FROM model_row WHERE run = ?",
};

std::optional<double> optionalReal(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.real(column));
}

std::optional<std::int64_t> optionalInteger(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
}

/// A document that this program wrote; null when the file was changed by hand into something else.
Json jsonOf(std::string_view text)
{
    Json document = Json::parse(text, nullptr, false);
    return document.is_discarded() ? Json() : document;
}

/// The state as it is now: what a process that is gone left running was interrupted, also where nobody may
/// write that down.
RunState stateOf(const Statement& row)
{
    const RunState stored = runStateFrom(row.text(4));
    const bool isActive = stored == RunState::Running || stored == RunState::Paused;
    return isActive && !isAlive(row.integer(23)) ? RunState::Interrupted : stored;
}

RunRecord recordOf(const Statement& row)
{
    RunRecord record{.id = RunId{row.integer(0)},
                     .name = std::string(row.text(1)),
                     .spec = jsonOf(row.text(2)),
                     .specHash = std::string(row.text(3)),
                     .state = stateOf(row),
                     .epoch = static_cast<int>(row.integer(7)),
                     .bestEpoch = static_cast<int>(row.integer(8)),
                     .fingerprint = std::string(row.text(9)),
                     .version = std::string(row.text(10)),
                     .created = row.integer(11),
                     .started = optionalInteger(row, 12),
                     .finished = optionalInteger(row, 13),
                     .loadSeconds = optionalReal(row, 14),
                     .trainSeconds = optionalReal(row, 15),
                     .evaluateSeconds = optionalReal(row, 16),
                     .memoryMb = optionalReal(row, 17),
                     .users = optionalInteger(row, 18),
                     .note = std::string(row.text(19)),
                     .star = row.integer(20) != 0,
                     .tags = std::string(row.text(21)),
                     .colour = static_cast<int>(row.integer(22))};
    if (!row.isNull(24) && !row.isNull(25)) {
        record.extent = DataExtent{.lastImport = row.integer(24), .lastItem = row.integer(25)};
    }
    record.reason.sentence = std::string(row.text(5));
    for (const Json& argument : jsonOf(row.text(6))) {
        record.reason.arguments.push_back(argument.is_string() ? argument.get<std::string>()
                                                               : argument.dump());
    }
    return record;
}

tl::unexpected<Error> noSuchRun(RunId id)
{
    return fail(ErrorCode::NotFound,
                TRANSLATABLE("errors", "There is no run %1. The command \"transept runs\" lists them."),
                {std::to_string(number(id))});
}

/// Adds what all runs, or one, are worth on test and validation data to the records that `recordOf` finds.
template<typename RecordOf>
Status addMeasures(const Database& database, std::optional<RunId> only, const RecordOf& recordOf)
{
    for (const auto& [values, select] : {std::pair(&RunRecord::measures, std::string(selectMeasures)),
                                         std::pair(&RunRecord::validation, selectValidation()),
                                         std::pair(&RunRecord::diagnostics, selectDiagnostics()),
                                         std::pair(&RunRecord::phaseMb, selectPeaks())}) {
        Result<Statement> rows =
            only ? prepared(database, select + " AND m.run = ?", *only) : database.prepare(select);
        const auto add = [&, part = values](const Statement& row) {
            if (RunRecord* record = recordOf(row.integer(0))) {
                (record->*part).emplace(row.text(1), realOrNaN(row, 2));
            }
        };
        if (Status read = forEachRow(rows, add); !read) {
            return read;
        }
    }
    return {};
}

} // namespace

Result<RunId> RunStore::add(std::string_view name, const Json& spec) const
{
    Result<Statement> insert = m_database.prepare(
        "INSERT INTO run(name, spec, spec_hash, state, created, colour) VALUES(?1, ?2, ?3, 'queued', ?4,"
        " coalesce((SELECT (colour + 1) % ?5 FROM run ORDER BY id DESC LIMIT 1), 0))");
    if (!insert) {
        return passOn(insert);
    }
    Json unnamed = spec;
    unnamed.erase("name"); // a new name makes no new experiment
    const std::string text = spec.dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::string hash = fingerprint(unnamed);
    const Status added = insert->bind(1, name)
                             .bind(2, std::string_view(text))
                             .bind(3, std::string_view(hash))
                             .bind(4, now())
                             .bind(5, std::int64_t{paletteSize})
                             .run();
    if (!added) {
        return passOn(added);
    }
    return RunId{m_database.lastInsertId()};
}

Result<std::vector<RunRecord>> RunStore::all() const
{
    std::vector<RunRecord> found;
    std::unordered_map<std::int64_t, std::size_t> places;
    Result<Statement> runs = m_database.prepare(std::string(selectRuns) + " ORDER BY id");
    Status read = forEachRow(runs, [&](const Statement& row) {
        places.emplace(row.integer(0), found.size());
        found.push_back(recordOf(row));
    });
    if (!read) {
        return passOn(read);
    }
    read = addMeasures(m_database, std::nullopt, [&](std::int64_t run) {
        const auto place = places.find(run);
        return place == places.end() ? nullptr : &found[place->second];
    });
    if (!read) {
        return passOn(read);
    }
    return found;
}

Result<std::vector<std::pair<RunId, std::string>>> RunStore::latestFinished(int limit) const
{
    return gather<std::vector<std::pair<RunId, std::string>>>(
        prepared(m_database,
                 "SELECT id, name FROM run WHERE deleted IS NULL AND state = 'finished'"
                 " ORDER BY id DESC LIMIT ?",
                 limit),
        [](auto& runs, const Statement& row) {
            runs.emplace_back(RunId{row.integer(0)}, std::string(row.text(1)));
        });
}

Result<RunRecord> RunStore::find(RunId id) const
{
    Result<Statement> run = m_database.prepare(std::string(selectRuns) + " AND id = ?");
    if (!run) {
        return passOn(run);
    }
    const Result<bool> row = run->bind(1, number(id)).step();
    if (!row) {
        return passOn(row);
    }
    if (!*row) {
        return noSuchRun(id);
    }
    RunRecord record = recordOf(*run);
    const Status read = addMeasures(m_database, id, [&record](std::int64_t) { return &record; });
    if (!read) {
        return passOn(read);
    }
    return record;
}

Result<RunRecord> RunStore::findFinished(RunId id) const
{
    Result<RunRecord> run = find(id);
    if (run && run->state != RunState::Finished) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "Run %1 is %2: only finished runs have results to look at."),
                    {std::to_string(number(id)), std::string(wordOf(run->state))});
    }
    return run;
}

Result<std::optional<RunId>> RunStore::nextQueued() const
{
    const auto next = m_database.scalar("SELECT min(id) FROM run WHERE state = 'queued' AND deleted IS NULL");
    if (!next) {
        return passOn(next);
    }
    return next->has_value() ? std::optional(RunId{**next}) : std::nullopt;
}

Result<bool> RunStore::claim(RunId id, std::string_view version) const
{
    Result<Statement> update =
        m_database.prepare("UPDATE run SET state = 'running', process = ?2, started = ?3, finished = NULL, "
                           "version = ?4, reason = '',"
                           " arguments = '[]', epoch = 0, best_epoch = 0"
                           " WHERE id = ?1 AND deleted IS NULL AND state IN ('queued', 'interrupted')");
    if (!update) {
        return passOn(update);
    }
    const Status done =
        update->bind(1, number(id)).bind(2, processId()).bind(3, now()).bind(4, version).run();
    if (!done) {
        return passOn(done);
    }
    return m_database.changes() == 1;
}

Status RunStore::setState(RunId id, RunState state, const Error* reason) const
{
    const bool active = state == RunState::Running || state == RunState::Paused;
    Result<Statement> update = m_database.prepare(
        "UPDATE run SET state = ?2, reason = ?3, arguments = ?4, finished = ?5, process = ?6"
        " WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    const bool ended = !active && state != RunState::Queued;
    const std::string arguments =
        reason == nullptr ? "[]"
                          : Json(reason->arguments).dump(-1, ' ', false, Json::error_handler_t::replace);
    return update->bind(1, number(id))
        .bind(2, wordOf(state))
        .bind(3, std::string_view(reason == nullptr ? std::string_view() : reason->sentence))
        .bind(4, std::string_view(arguments))
        .bind(5, ended ? std::optional(now()) : std::nullopt)
        .bind(6, active ? processId() : 0)
        .run();
}

Status RunStore::setPaused(RunId id, bool paused) const
{
    Result<Statement> update = m_database.prepare("UPDATE run SET state = ?2 WHERE id = ?1 AND state = ?3");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(id))
        .bind(2, wordOf(paused ? RunState::Paused : RunState::Running))
        .bind(3, wordOf(paused ? RunState::Running : RunState::Paused))
        .run();
}

Status RunStore::addCurvePoints(RunId id,
                                int epoch,
                                const std::vector<std::pair<std::string, double>>& values) const
{
    Result<Statement> insert =
        m_database.prepare("INSERT OR REPLACE INTO curve(run, series, step, value) VALUES(?, ?, ?, ?)");
    Result<Statement> update = m_database.prepare("UPDATE run SET epoch = max(epoch, ?2) WHERE id = ?1");
    if (!insert || !update) {
        return insert ? passOn(update) : passOn(insert);
    }
    for (const auto& [series, value] : values) {
        const Status done = insert->bind(1, number(id))
                                .bind(2, std::string_view(series))
                                .bind(3, std::int64_t{epoch})
                                .bind(4, finiteOrNull(value))
                                .run();
        if (!done) {
            return done;
        }
    }
    return update->bind(1, number(id)).bind(2, std::int64_t{epoch}).run();
}

Status RunStore::clearResults(RunId id, int keptEpochs) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    for (const char* sql : resultTables) {
        if (const Status done = change(m_database, sql, id); !done) {
            return done;
        }
    }
    Status cleared =
        change(m_database, "DELETE FROM curve WHERE run = ? AND (step = 0 OR step > ?)", id, keptEpochs);
    if (cleared && keptEpochs == 0) {
        cleared = change(m_database, "DELETE FROM checkpoint WHERE run = ?", id);
    }
    if (cleared) {
        cleared = change(m_database,
                         "UPDATE run SET epoch = ?2, best_epoch = 0, fingerprint = '', load_seconds = NULL,"
                         " train_seconds = NULL, evaluate_seconds = NULL, memory_mb = NULL, users = NULL"
                         " WHERE id = ?1",
                         id,
                         keptEpochs);
    }
    return cleared ? transaction->commit() : cleared;
}

Result<std::map<std::string, std::vector<CurvePoint>>> RunStore::curves(RunId id) const
{
    using Curves = std::map<std::string, std::vector<CurvePoint>>;
    return gather<Curves>(
        prepared(m_database,
                 "SELECT series, step, value FROM curve WHERE run = ? AND step > 0 ORDER BY series, step",
                 id),
        [](Curves& found, const Statement& row) {
            found[std::string(row.text(0))].push_back(
                {.step = static_cast<int>(row.integer(1)), .value = realOrNaN(row, 2)});
        });
}

} // namespace transept
