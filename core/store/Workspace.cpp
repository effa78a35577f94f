#include "core/store/Workspace.h"

#include "core/store/Schema.h"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <unistd.h>

namespace transept {
namespace {

constexpr std::string_view sqliteMagic = "SQLite format 3";

Status setUpConnection(const Database& database)
{
    return database.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"
                            "PRAGMA cache_size = -65536;");
}

bool looksLikeSqlite(const std::filesystem::path& file)
{
    std::ifstream input(file, std::ios::binary);
    std::string head(sqliteMagic.size(), '\0');
    input.read(head.data(), static_cast<std::streamsize>(head.size()));
    return input && head == sqliteMagic;
}

tl::unexpected<Error> foreignFile(const std::filesystem::path& file)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "%1 is not a Transept workspace. Choose a .transept file or create a new one."),
                {file.string()});
}

bool isAlive(std::int64_t process)
{
    return process > 0 && (kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

struct Leftover
{
    Interrupted::Kind kind;
    const char* find;
    const char* mark;
};

constexpr Leftover leftovers[] = {
    {Interrupted::Kind::Import,
     "SELECT id, file, process FROM import WHERE state = 'running'",
     "UPDATE import SET state = 'interrupted' WHERE id = ?"},
    {Interrupted::Kind::Extraction,
     "SELECT id, name, process FROM knowledge_base WHERE state = 'running'",
     "UPDATE knowledge_base SET state = 'interrupted' WHERE id = ?"},
    {Interrupted::Kind::Run,
     "SELECT id, name, process FROM run WHERE state IN ('running', 'paused')",
     "UPDATE run SET state = 'interrupted' WHERE id = ?"},
};

} // namespace

Result<Workspace> Workspace::create(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 exists already. Choose another name, or open it."),
                    {file.string()});
    }
    Result<Database> database = Database::open(file, Access::ReadWrite, true);
    if (!database) {
        return passOn(database);
    }
    const Status created = database
                               ->execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;")
                               .and_then([&] { return setUpConnection(*database); })
                               .and_then([&] {
                                   return database->execute(fmt::format(
                                       "BEGIN; PRAGMA application_id = {}; PRAGMA user_version = {}; {} COMMIT;",
                                       schema::applicationId,
                                       schema::version,
                                       schema::create));
                               });
    if (!created) {
        return passOn(created);
    }
    return Workspace(file, std::move(*database));
}

Result<Workspace> Workspace::open(const std::filesystem::path& file, Access access)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no workspace %1. Check the name, or create it first."),
                    {file.string()});
    }
    if (!looksLikeSqlite(file)) {
        return foreignFile(file);
    }
    Result<Database> database = Database::open(file, access);
    if (!database) {
        return passOn(database);
    }
    const auto application = database->scalar("PRAGMA application_id");
    const auto version = database->scalar("PRAGMA user_version");
    if (!application || !version) {
        return application ? passOn(version) : passOn(application);
    }
    if (application->value_or(0) != schema::applicationId) {
        return foreignFile(file);
    }
    const std::int64_t found = version->value_or(0);
    if (found > schema::version) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1 was written by a newer Transept (workspace version %2, this program knows %3). "
                                 "Update the program; the file was not touched."),
                    {file.string(), std::to_string(found), std::to_string(schema::version)});
    }
    if (const Status ready = setUpConnection(*database); !ready) {
        return passOn(ready);
    }
    if (found < schema::version) {
        if (access == Access::ReadOnly) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1 is of an older version. Open it for writing once to update it."),
                        {file.string()});
        }
        if (const Status migrated = migrate(file, *database, found); !migrated) {
            return passOn(migrated);
        }
    }
    return Workspace(file, std::move(*database));
}

Status Workspace::migrate(const std::filesystem::path& file, const Database& database, std::int64_t from)
{
    const std::string backup = fmt::format("{}.version-{}.backup", file.string(), from);
    std::error_code ignored;
    std::filesystem::remove(backup, ignored); // VACUUM INTO refuses an existing file; one from a failed try may stand there
    Result<Statement> copy = database.prepare("VACUUM INTO ?");
    if (!copy) {
        return passOn(copy);
    }
    if (const Status copied = copy->bind(1, std::string_view(backup)).run(); !copied) {
        return copied;
    }
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) {
        return passOn(transaction);
    }
    for (std::int64_t step = from; step < schema::version; ++step) {
        const Status done = database.execute(schema::migrations()[static_cast<std::size_t>(step - 1)]);
        if (!done) {
            return done;
        }
    }
    if (const Status marked = database.execute(fmt::format("PRAGMA user_version = {}", schema::version)); !marked) {
        return marked;
    }
    return transaction->commit();
}

Result<std::vector<Interrupted>> Workspace::findInterrupted()
{
    std::vector<Interrupted> found;
    for (const Leftover& leftover : leftovers) {
        Result<Statement> rows = m_database.prepare(leftover.find);
        Result<Statement> mark = m_database.prepare(leftover.mark);
        if (!rows || !mark) {
            return rows ? passOn(mark) : passOn(rows);
        }
        std::vector<Interrupted> ofKind;
        Result<bool> row = rows->step();
        for (; row && *row; row = rows->step()) {
            if (!isAlive(rows->integer(2))) {
                ofKind.push_back({leftover.kind, rows->integer(0), std::string(rows->text(1))});
            }
        }
        if (!row) {
            return passOn(row);
        }
        for (const Interrupted& each : ofKind) {
            if (const Status marked = mark->bind(1, each.id).run(); !marked) {
                return passOn(marked);
            }
        }
        found.insert(found.end(), ofKind.begin(), ofKind.end());
    }
    return found;
}

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t processId()
{
    return getpid();
}

} // namespace transept
