#include "core/ingest/InteractionMapper.h"

namespace transept {
namespace {

struct Pair
{
    std::int64_t domain = 0;
    std::int64_t account = 0;
    std::int64_t item = 0;
    std::int64_t part = 0;
};

/// Pairs that stand several times in a part, at least once by this import.
Result<std::vector<Pair>> repeatedPairs(const Step& step)
{
    Result<Statement> rows = step.workspace.database().prepare(
        "SELECT domain, account, item, part FROM interaction"
        " WHERE domain IN (SELECT DISTINCT domain FROM interaction WHERE import = ?1)"
        " GROUP BY domain, account, item, part HAVING count(*) > 1 AND max(import = ?1)");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(step.import));
    std::vector<Pair> pairs;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        pairs.push_back({rows->integer(0), rows->integer(1), rows->integer(2), rows->integer(3)});
    }
    if (!row) {
        return passOn(row);
    }
    return pairs;
}

Statement& bindPair(Statement& sql, const Pair& pair)
{
    return sql.bind(1, pair.domain).bind(2, pair.account).bind(3, pair.item).bind(4, pair.part);
}

} // namespace

Status mergeMeans(const Step& step)
{
    const Database& database = step.workspace.database();
    const Result<std::vector<Pair>> pairs = repeatedPairs(step);
    if (!pairs) {
        return passOn(pairs);
    }
    constexpr std::string_view ofPair = " WHERE domain = ?1 AND account = ?2 AND item = ?3 AND part = ?4";
    Result<Statement> values =
        database.prepare("SELECT value, time, import, line, entry, nth FROM interaction" +
                         std::string(ofPair) + " ORDER BY import, line, entry");
    Result<Statement> drop =
        database.prepare("DELETE FROM interaction" + std::string(ofPair) + " AND nth > ?5");
    Result<Statement> dropNotes = database.prepare(
        "DELETE FROM note WHERE domain = ?1 AND account = ?2 AND item = ?3 AND NOT EXISTS(SELECT 1 FROM "
        "interaction AS"
        " kept WHERE kept.domain = ?1 AND kept.account = ?2 AND kept.item = ?3 AND kept.nth = note.nth)");
    Result<Statement> keep =
        database.prepare("UPDATE interaction SET value = ?5, time = ?6, import = ?7, line = ?8, entry = ?9" +
                         std::string(ofPair));
    for (const Result<Statement>* each : {&values, &drop, &dropNotes, &keep}) {
        if (!*each) {
            return passOn(*each);
        }
    }
    for (const Pair& pair : *pairs) {
        double sum = 0.0;
        std::int64_t count = 0;
        std::int64_t lowestNth = INT64_MAX;
        Result<bool> row = bindPair(*values, pair).step();
        for (; row && *row; row = values->step()) {
            sum += values->real(0);
            ++count;
            lowestNth = std::min(lowestNth, values->integer(5));
            values->isNull(1) ? keep->bindNull(6) : keep->bind(6, values->integer(1));
            keep->bind(7, values->integer(2)).bind(8, values->integer(3)).bind(9, values->integer(4));
        }
        values->rewind();
        if (!row) {
            return passOn(row);
        }
        const Status merged =
            bindPair(*drop, pair)
                .bind(5, lowestNth)
                .run()
                .and_then(
                    [&] { return bindPair(*keep, pair).bind(5, sum / static_cast<double>(count)).run(); })
                .and_then([&] {
                    return dropNotes->bind(1, pair.domain).bind(2, pair.account).bind(3, pair.item).run();
                })
                .and_then([&] { return step.context.checkpoint(); });
        if (!merged) {
            return merged;
        }
    }
    return {};
}

} // namespace transept
