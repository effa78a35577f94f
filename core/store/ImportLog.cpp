#include "core/store/ImportLog.h"

#include "core/base/File.h"
#include "core/base/Json.h"
#include "core/store/PageCache.h"

#include <fmt/format.h>

namespace transept {
namespace {

constexpr std::string_view selectImports = "SELECT id, file, target, domain, options, state, reason, "
                                           "rows_read, imported, rejected, skipped, started, finished"
                                           " FROM import";

constexpr std::string_view selectRejects =
    "SELECT line, entry, offset, reason, arguments, raw FROM reject"
    " WHERE import = ?1 AND (line, entry) > (?2, ?3) ORDER BY line, entry LIMIT ?4";

ImportRecord importOf(const Statement& row)
{
    ImportRecord record{.id = ImportId{row.integer(0)},
                        .file = std::string(row.text(1)),
                        .target = std::string(row.text(2)),
                        .options = std::string(row.text(4)),
                        .state = std::string(row.text(5)),
                        .reason = std::string(row.text(6)),
                        .read = row.integer(7),
                        .imported = row.integer(8),
                        .rejected = row.integer(9),
                        .skipped = row.integer(10),
                        .started = row.integer(11)};
    if (!row.isNull(3)) {
        record.domain = DomainId{row.integer(3)};
    }
    if (!row.isNull(12)) {
        record.finished = row.integer(12);
    }
    return record;
}

/// Our own JSON list of texts; anything else that another program may have put there counts as no arguments.
std::vector<std::string> argumentsFrom(std::string_view text)
{
    const Result<Json> list = parseJson(text, "reject");
    std::vector<std::string> arguments;
    if (list && list->is_array()) {
        for (const Json& each : *list) {
            arguments.push_back(each.is_string() ? each.get<std::string>() : each.dump());
        }
    }
    return arguments;
}

RejectRecord rejectOf(const Statement& row)
{
    return {.line = row.integer(0),
            .entry = row.integer(1),
            .offset = row.integer(2),
            .reason = std::string(row.text(3)),
            .arguments = argumentsFrom(row.text(4)),
            .raw = std::string(row.text(5))};
}

/// RFC 4180: quoted when it must be, quotes doubled, not a byte changed. Texts that a spreadsheet would take
/// for a formula are left as they are: the file is there to find and mend the row that it quotes.
std::string csvField(std::string_view text)
{
    const bool isPlain = text.find_first_of(",\"\r\n") == std::string_view::npos && !text.starts_with(' ') &&
                         !text.ends_with(' ');
    if (isPlain) {
        return std::string(text);
    }
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted += letter;
        if (letter == '"') {
            quoted += '"';
        }
    }
    return quoted + '"';
}

std::string csvLine(const std::string& file, const RejectRecord& reject)
{
    const std::string reason = describe({.sentence = reject.reason, .arguments = reject.arguments});
    return csvField(file) + ',' + std::to_string(reject.line) + ',' + std::to_string(reject.offset) + ',' +
           csvField(reason) + ',' + csvField(reject.raw) + '\n';
}

} // namespace

Result<std::vector<ImportRecord>> ImportLog::imports() const
{
    Result<Statement> rows = m_database.prepare(fmt::format("{} ORDER BY id DESC", selectImports));
    if (!rows) {
        return passOn(rows);
    }
    std::vector<ImportRecord> found;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        found.push_back(importOf(*rows));
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

Result<ImportRecord> ImportLog::import(ImportId id) const
{
    Result<Statement> rows = m_database.prepare(fmt::format("{} WHERE id = ?", selectImports));
    if (!rows) {
        return passOn(rows);
    }
    const Result<bool> row = rows->bind(1, number(id)).step();
    if (!row) {
        return passOn(row);
    }
    if (!*row) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no import %1 in this workspace."),
                    {std::to_string(number(id))});
    }
    return importOf(*rows);
}

Result<std::vector<RejectRecord>> ImportLog::rejects(ImportId id,
                                                     std::int64_t afterLine,
                                                     std::int64_t afterEntry,
                                                     int limit) const
{
    Result<Statement> rows = m_database.prepare(selectRejects);
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(id)).bind(2, afterLine).bind(3, afterEntry).bind(4, std::int64_t{limit});
    std::vector<RejectRecord> found;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        found.push_back(rejectOf(*rows));
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

Status ImportLog::exportRejects(ImportId id, const std::filesystem::path& to) const
{
    const Result<ImportRecord> record = import(id);
    Result<Statement> rows = m_database.prepare(selectRejects);
    if (!record || !rows) {
        return record ? passOn(rows) : passOn(record);
    }
    Result<ReplacedFile> file = ReplacedFile::open(to);
    if (!file) {
        return passOn(file);
    }
    Status written = file->write("file,line,offset,reason,raw\n");
    constexpr std::int64_t noLimit = -1;
    rows->bind(1, number(id)).bind(2, std::int64_t{-1}).bind(3, std::int64_t{-1}).bind(4, noLimit);
    Result<bool> row = rows->step();
    for (; written && row && *row; row = rows->step()) {
        written = file->write(csvLine(record->file, rejectOf(*rows)));
    }
    if (!row) {
        return passOn(row);
    }
    return written ? file->commit() : written;
}

Result<bool> ImportLog::lacksItemIndex() const
{
    const auto lacks = m_database.scalar(
        "SELECT NOT EXISTS(SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'interaction_item')"
        " AND NOT EXISTS(SELECT 1 FROM import WHERE state = 'running')");
    return lacks ? Result<bool>(lacks->value_or(0) != 0) : passOn(lacks);
}

Status ImportLog::restoreItemIndex() const
{
    // SQLite sorts in runs as large as the cache, and in a single one in memory: runs that fit the
    // processor's own cache take a third of the time.
    const PageCache cache(m_database, 4096);
    const Status done = m_database.execute("PRAGMA temp_store = FILE").and_then([this] {
        return m_database.execute("CREATE INDEX IF NOT EXISTS interaction_item ON interaction(domain, item)");
    });
    const Status restored = m_database.execute("PRAGMA temp_store = MEMORY");
    return done ? restored : done;
}

} // namespace transept
