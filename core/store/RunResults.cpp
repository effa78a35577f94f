#include "core/store/Blobs.h"
#include "core/store/Rows.h"
#include "core/store/RunStore.h"

namespace transept {
namespace {

Status writeMeasures(const Database& database, RunId id, const RunStore::Outcome& outcome)
{
    Result<Statement> measure = database.prepare("INSERT INTO measure(run, name, value) VALUES(?, ?, ?)");
    Result<Statement> perUser = database.prepare("INSERT INTO user_measure(run, name, data) VALUES(?, ?, ?)");
    Result<Statement> users = database.prepare("INSERT INTO run_user(run, data) VALUES(?, ?)");
    if (!measure || !perUser || !users) {
        return !measure ? passOn(measure) : !perUser ? passOn(perUser) : passOn(users);
    }
    for (const auto& [name, value] : outcome.measures) {
        const Status done =
            measure->bind(1, number(id)).bind(2, std::string_view(name)).bind(3, finiteOrNull(value)).run();
        if (!done) {
            return done;
        }
    }
    for (const auto& [name, values] : outcome.perUser) {
        const Status done =
            perUser->bind(1, number(id)).bind(2, std::string_view(name)).bind(3, bytesOf(values)).run();
        if (!done) {
            return done;
        }
    }
    return users->bind(1, number(id)).bind(2, bytesOf(outcome.users)).run();
}

Status writeLists(const Database& database,
                  RunId id,
                  std::span<const StoredList> lists,
                  const JobContext& context)
{
    constexpr std::size_t listsBetweenChecks = 256;
    Result<Statement> insert =
        database.prepare("INSERT INTO list(run, person, items, scores, relevant) VALUES(?, ?, ?, ?, ?)");
    if (!insert) {
        return passOn(insert);
    }
    for (std::size_t at = 0; at < lists.size(); ++at) {
        if (at % listsBetweenChecks == 0) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                return goOn;
            }
        }
        const StoredList& list = lists[at];
        const Status done = insert->bind(1, number(id))
                                .bind(2, number(list.person))
                                .bind(3, bytesOf(list.items))
                                .bind(4, bytesOf(list.scores))
                                .bind(5, bytesOf(list.relevant))
                                .run();
        if (!done) {
            return done;
        }
    }
    return {};
}

Status writePredictions(const Database& database, RunId id, const StoredPredictions& predictions)
{
    Result<Statement> insert = database.prepare(
        "INSERT INTO prediction(run, persons, items, truths, predictions) VALUES(?, ?, ?, ?, ?)");
    if (!insert) {
        return passOn(insert);
    }
    return insert->bind(1, number(id))
        .bind(2, bytesOf(predictions.persons))
        .bind(3, bytesOf(predictions.items))
        .bind(4, bytesOf(predictions.truths))
        .bind(5, bytesOf(predictions.predictions))
        .run();
}

Status writeModel(const Database& database, RunId id, const RunStore::Outcome& outcome)
{
    Result<Statement> model = database.prepare("INSERT INTO model(run, data) VALUES(?, ?)");
    Result<Statement> rows = database.prepare("INSERT INTO model_row(run, part, ids) VALUES(?, ?, ?)");
    if (!model || !rows) {
        return model ? passOn(rows) : passOn(model);
    }
    Status done = model->bind(1, number(id)).bind(2, bytesOf(*outcome.model)).run();
    for (std::int64_t part = -1; const std::vector<std::int64_t>& ids : outcome.modelRows) {
        if (done) {
            done = rows->bind(1, number(id)).bind(2, part++).bind(3, bytesOf(ids)).run();
        }
    }
    return done;
}

Status writeSummary(const Database& database, RunId id, const RunStore::Outcome& outcome)
{
    Result<Statement> update = database.prepare(
        "UPDATE run SET state = 'finished', reason = '', arguments = '[]', finished = ?2, best_epoch = ?3,"
        " load_seconds = ?4, train_seconds = ?5, evaluate_seconds = ?6, memory_mb = ?7, users = ?8, process "
        "= 0"
        " WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(id))
        .bind(2, now())
        .bind(3, std::int64_t{outcome.bestEpoch})
        .bind(4, outcome.load.seconds)
        .bind(5, outcome.train.seconds)
        .bind(6, outcome.evaluate.seconds)
        .bind(7, std::max({outcome.load.peakMb, outcome.train.peakMb, outcome.evaluate.peakMb}))
        .bind(8, static_cast<std::int64_t>(outcome.users.size()))
        .run();
}

Status writePeaks(const Database& database, RunId id, const RunStore::Outcome& outcome)
{
    Result<Statement> insert =
        database.prepare("INSERT OR REPLACE INTO curve(run, series, step, value) VALUES(?, ?, 0, ?)");
    if (!insert) {
        return passOn(insert);
    }
    Status done;
    for (const auto& [phase, cost] : {std::pair("load", outcome.load),
                                      std::pair("train", outcome.train),
                                      std::pair("evaluate", outcome.evaluate)}) {
        if (done && cost.peakMb > 0.0) {
            const std::string series = std::string(memoryMark) + phase;
            done = insert->bind(1, number(id)).bind(2, std::string_view(series)).bind(3, cost.peakMb).run();
        }
    }
    return done;
}

/// Everything that a finished run holds, in the transaction that is open.
Status writeOutcome(const Database& database,
                    RunId id,
                    const RunStore::Outcome& outcome,
                    const JobContext& context)
{
    Status done = writeMeasures(database, id, outcome);
    if (done) {
        done = writeLists(database, id, outcome.lists, context);
    }
    if (done && !outcome.predictions.items.empty()) {
        done = writePredictions(database, id, outcome.predictions);
    }
    if (done && outcome.model) {
        done = writeModel(database, id, outcome);
    }
    if (done) {
        done = change(database, "DELETE FROM checkpoint WHERE run = ?", id);
    }
    if (done) {
        done = writePeaks(database, id, outcome);
    }
    return done ? writeSummary(database, id, outcome) : done;
}

StoredList listOf(const Statement& row)
{
    return {.person = PersonId{row.integer(0)},
            .items = valuesOf<ItemId>(row.blob(1)),
            .scores = valuesOf<float>(row.blob(2)),
            .relevant = valuesOf<ItemId>(row.blob(3))};
}

} // namespace

Status RunStore::finish(RunId id, const Outcome& outcome, const JobContext& context) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    const Status done = writeOutcome(m_database, id, outcome, context);
    return done ? transaction->commit() : done;
}

Result<RunId> RunStore::addFinished(const Origin& origin,
                                    const Outcome& outcome,
                                    const JobContext& context) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    const Result<RunId> id = transaction ? add(origin.name, origin.spec) : passOn(transaction);
    if (!id) {
        return id;
    }
    Result<Statement> update =
        m_database.prepare("UPDATE run SET started = created, version = ?2 WHERE id = ?1");
    Status done = update ? update->bind(1, number(*id)).bind(2, std::string_view(origin.version)).run()
                         : passOn(update);
    if (done) {
        done = setFingerprint(*id, origin.fingerprint, origin.extent);
    }
    if (done) {
        done = writeOutcome(m_database, *id, outcome, context);
    }
    if (done) {
        done = transaction->commit();
    }
    return done ? id : passOn(done);
}

Result<std::vector<PersonId>> RunStore::users(RunId id) const
{
    using Users = std::vector<PersonId>;
    return gather<Users>(prepared(m_database, "SELECT data FROM run_user WHERE run = ?", id),
                         [](Users& found, const Statement& row) { found = valuesOf<PersonId>(row.blob(0)); });
}

Result<std::vector<double>> RunStore::perUser(RunId id, std::string_view measure) const
{
    using Values = std::vector<double>;
    Result<Statement> rows =
        prepared(m_database, "SELECT data FROM user_measure WHERE run = ? AND name = ?", id);
    if (rows) {
        rows->bind(2, measure);
    }
    return gather<Values>(std::move(rows),
                          [](Values& found, const Statement& row) { found = valuesOf<double>(row.blob(0)); });
}

Result<std::optional<StoredList>> RunStore::list(RunId id, PersonId person) const
{
    using List = std::optional<StoredList>;
    Result<Statement> rows = prepared(
        m_database, "SELECT person, items, scores, relevant FROM list WHERE run = ? AND person = ?", id);
    if (rows) {
        rows->bind(2, number(person));
    }
    return gather<List>(std::move(rows), [](List& found, const Statement& row) { found = listOf(row); });
}

Result<std::vector<StoredList>> RunStore::lists(RunId id) const
{
    using Lists = std::vector<StoredList>;
    return gather<Lists>(
        prepared(
            m_database, "SELECT person, items, scores, relevant FROM list WHERE run = ? ORDER BY person", id),
        [](Lists& found, const Statement& row) { found.push_back(listOf(row)); });
}

Result<StoredPredictions> RunStore::predictions(RunId id) const
{
    return gather<StoredPredictions>(
        prepared(m_database, "SELECT persons, items, truths, predictions FROM prediction WHERE run = ?", id),
        [](StoredPredictions& found, const Statement& row) {
            found = {.persons = valuesOf<PersonId>(row.blob(0)),
                     .items = valuesOf<ItemId>(row.blob(1)),
                     .truths = valuesOf<float>(row.blob(2)),
                     .predictions = valuesOf<float>(row.blob(3))};
        });
}

Result<std::optional<std::string>> RunStore::model(RunId id) const
{
    using Bytes = std::optional<std::string>;
    return gather<Bytes>(prepared(m_database, "SELECT data FROM model WHERE run = ?", id),
                         [](Bytes& found, const Statement& row) { found = textOf(row.blob(0)); });
}

Result<std::vector<std::vector<std::int64_t>>> RunStore::modelRows(RunId id) const
{
    using Rows = std::vector<std::vector<std::int64_t>>;
    return gather<Rows>(
        prepared(m_database, "SELECT ids FROM model_row WHERE run = ? ORDER BY part", id),
        [](Rows& found, const Statement& row) { found.push_back(valuesOf<std::int64_t>(row.blob(0))); });
}

} // namespace transept
