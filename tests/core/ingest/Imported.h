#pragma once

#include "core/ingest/Import.h"
#include "core/store/ImportLog.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

#include <sstream>

namespace transept::test {

/// The rows of a query, columns joined by '|', rows by a line end.
inline std::string rowsOf(const Workspace& workspace, std::string_view sql, int columns)
{
    Result<Statement> rows = workspace.database().prepare(sql);
    if (!rows) {
        return describe(rows.error());
    }
    std::string text;
    while (rows->step().value_or(false)) {
        text += text.empty() ? "" : "\n";
        for (int column = 0; column < columns; ++column) {
            text += (column == 0 ? "" : "|") + std::string(rows->text(column));
        }
    }
    return text;
}

/// All interactions in file order: user|item|value|time|part.
inline std::string interactionsOf(const Workspace& workspace)
{
    return rowsOf(workspace,
                  "SELECT account.key, item.key, value, time, part FROM interaction"
                  " JOIN account ON account.id = account JOIN item ON item.id = item"
                  " ORDER BY interaction.import, interaction.line, entry",
                  5);
}

/// All given negatives in file order: user|item|negative.
inline std::string negativesOf(const Workspace& workspace)
{
    return rowsOf(workspace,
                  "SELECT account.key, item.key, other.key FROM given_negative"
                  " JOIN account ON account.id = account JOIN item ON item.id = item"
                  " JOIN item other ON other.id = negative"
                  " ORDER BY given_negative.import, given_negative.line, entry",
                  3);
}

/// Everything that an import can change, as one text; the clock and the process are left out.
inline std::string contentOf(const Workspace& workspace)
{
    constexpr std::pair<std::string_view, int> tables[] = {
        {"SELECT id, name FROM platform ORDER BY id", 2},
        {"SELECT id, platform, name, kind, scale_min, scale_max FROM domain ORDER BY id", 6},
        {"SELECT id FROM person ORDER BY id", 1},
        {"SELECT id, platform, key, person FROM account ORDER BY id", 4},
        {"SELECT account, name, value FROM account_field ORDER BY 1, 2", 3},
        {"SELECT id, domain, key, title, import, line FROM item ORDER BY id", 6},
        {"SELECT item, name, value FROM item_field ORDER BY 1, 2", 3},
        {"SELECT domain, account, item, nth, value, time, part, import, line, entry FROM interaction"
         " ORDER BY 1, 2, 3, 4",
         10},
        {"SELECT domain, account, item, negative, import, line, entry FROM given_negative ORDER BY 1, 2, 3, "
         "4",
         7},
        {"SELECT domain, account, item, nth, text FROM note ORDER BY 1, 2, 3, 4", 5},
        {"SELECT id, hash, state, checkpoint_offset, rows_read, imported, rejected, skipped FROM import "
         "ORDER BY id",
         8},
        {"SELECT import, line, entry, offset, reason, arguments, raw FROM reject ORDER BY 1, 2, 3", 7}};
    std::string text;
    for (const auto& [sql, columns] : tables) {
        text += rowsOf(workspace, sql, columns) + "\n--\n";
    }
    return text;
}

/// "read = imported + rejected + skipped", checked against the import table and the ledger as well.
inline std::string countsOf(const Workspace& workspace, const Result<ImportReport>& report)
{
    if (!report) {
        return describe(report.error());
    }
    const std::string text =
        fmt::format("{} = {} + {} + {}", report->read, report->imported, report->rejected, report->skipped);
    const std::string stored =
        rowsOf(workspace,
               fmt::format("SELECT rows_read || ' = ' || imported || ' + ' || rejected || ' + ' || skipped,"
                           " (SELECT count(*) FROM reject WHERE import = import.id) = rejected, state"
                           " FROM import WHERE id = {}",
                           number(report->id)),
               3);
    if (report->read != report->imported + report->rejected + report->skipped) {
        return "the sum does not hold: " + text;
    }
    return stored == text + "|1|finished" ? text : text + ", but stored is " + stored;
}

inline std::string sentenceOf(const Result<ImportReport>& report)
{
    return report ? "no error" : describe(report.error());
}

} // namespace transept::test
