#include "core/store/Workspace.h"

#include "core/store/Migration.h"
#include "core/store/Process.h"
#include "core/store/Schema.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <iterator>
#include <sstream>
#include <unistd.h>

namespace transept {
namespace {

Status setUpConnection(const Database& database)
{
    return database.execute(
        "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;"
        "PRAGMA cell_size_check = ON;");
}

/// What the header of an SQLite file says.
struct Header
{
    std::int64_t application = 0;
    std::int64_t version = 0;
};

std::optional<Header> readHeader(const std::filesystem::path& file)
{
    constexpr std::string_view magic{"SQLite format 3\0", 16};
    const std::optional<std::array<char, 100>> bytes = readDatabaseHeader(file);
    if (!bytes || !std::string_view(bytes->data(), bytes->size()).starts_with(magic)) {
        return std::nullopt;
    }
    const auto bigEndian = [&](std::size_t at) {
        std::int64_t value = 0;
        for (std::size_t byte = at; byte < at + 4; ++byte) {
            value = value * 256 + static_cast<unsigned char>((*bytes)[byte]);
        }
        return value;
    };
    return Header{.application = bigEndian(68), .version = bigEndian(60)};
}

tl::unexpected<Error> foreignFile(const std::filesystem::path& file)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 is not a Transept workspace. Choose a .transept file or create a new one."),
                {file.string()});
}

tl::unexpected<Error> newerFile(const std::filesystem::path& file, std::int64_t version)
{
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "%1 was written by a newer Transept (workspace version %2, this program knows %3). "
                     "Update the program; the file was not touched."),
        {file.string(), std::to_string(version), std::to_string(schema::version)});
}

tl::unexpected<Error> existsAlready(const std::filesystem::path& file)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "%1 exists already. Choose another name, or open it."),
                {file.string()});
}

/// Refuses what is no workspace of this or an older version, without touching it.
Status checkHeader(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no workspace %1. Check the name, or create it first."),
                    {file.string()});
    }
    if (!std::filesystem::is_regular_file(file, ignored)) {
        return foreignFile(file);
    }
    if (access(file.c_str(), R_OK) != 0) {
        return fail(ErrorCode::Io,
                    TRANSLATABLE("errors", "%1 cannot be opened. Check that it exists and may be read."),
                    {file.string()});
    }
    const std::optional<Header> header = readHeader(file);
    if (!header || header->application != schema::applicationId || header->version < 1) {
        return foreignFile(file);
    }
    return header->version > schema::version ? Status(newerFile(file, header->version)) : Status{};
}

Status fill(const Database& database)
{
    return database.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;")
        .and_then([&] { return setUpConnection(database); })
        .and_then([&] {
            return database.execute(
                fmt::format("BEGIN; PRAGMA application_id = {}; PRAGMA user_version = {}; {} COMMIT;",
                            schema::applicationId,
                            schema::version,
                            schema::create));
        });
}

/// What SQLite keeps beside a database that is open, and what a killed program leaves there.
constexpr std::array companions{"-wal", "-shm", "-journal"};

/// A log that another workspace of the same name left would be played into the new one.
Status checkNoCompanions(const std::filesystem::path& file)
{
    for (const std::string_view suffix : companions) {
        const std::filesystem::path beside = fmt::format("{}{}", file.string(), suffix);
        std::error_code ignored;
        if (std::filesystem::exists(beside, ignored)) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 cannot be created: %2 is left from another workspace of that name. Move it "
                             "away, or choose another name."),
                {file.string(), beside.string()});
        }
    }
    return {};
}

void removeWithCompanions(const std::filesystem::path& file)
{
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    for (const std::string_view suffix : companions) {
        std::filesystem::remove(fmt::format("{}{}", file.string(), suffix), ignored);
    }
}

/// Gives a finished file its name unless that is taken, in one step that two programs cannot both do.
Status publish(const std::filesystem::path& made, const std::filesystem::path& file)
{
    if (link(made.c_str(), file.c_str()) == 0) {
        return {};
    }
    if (errno == EEXIST) {
        return existsAlready(file);
    }
    std::error_code failed; // file systems without hard links
    std::filesystem::rename(made, file, failed);
    if (failed) {
        return fail(
            ErrorCode::Io,
            TRANSLATABLE("errors", "%1 cannot be created. Check that the folder exists and may be written."),
            {file.string()},
            failed.message());
    }
    return {};
}

struct Leftover
{
    Interrupted::Kind kind;
    const char* find;
    const char* mark; ///< only while it still belongs to the process that was found dead
};

constexpr Leftover leftovers[] = {
    {Interrupted::Kind::Import,
     "SELECT id, file, process FROM import WHERE state = 'running'",
     "UPDATE import SET state = 'interrupted' WHERE id = ?1 AND process = ?2 AND state = 'running'"},
    {Interrupted::Kind::Extraction,
     "SELECT id, name, process FROM knowledge_base WHERE state = 'running'",
     "UPDATE knowledge_base SET state = 'interrupted' WHERE id = ?1 AND process = ?2 AND state = 'running'"},
    {Interrupted::Kind::Run,
     "SELECT id, name, process FROM run WHERE state IN ('running', 'paused')",
     "UPDATE run SET state = 'interrupted' WHERE id = ?1 AND process = ?2 AND state IN ('running', "
     "'paused')"},
};

struct Dead
{
    std::int64_t id = 0;
    std::int64_t process = 0;
    std::string name;
};

Result<std::vector<Dead>> findDead(const Database& database, const Leftover& leftover)
{
    Result<Statement> rows = database.prepare(leftover.find);
    if (!rows) {
        return passOn(rows);
    }
    std::vector<Dead> dead;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        if (!isAlive(rows->integer(2))) {
            dead.push_back({rows->integer(0), rows->integer(2), std::string(rows->text(1))});
        }
    }
    if (!row) {
        return passOn(row);
    }
    return dead;
}

} // namespace

Result<Workspace> Workspace::create(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
        return existsAlready(file);
    }
    if (const Status clear = checkNoCompanions(file); !clear) {
        return passOn(clear);
    }
    const std::filesystem::path made = fmt::format("{}.{}.new", file.string(), getpid());
    removeWithCompanions(made);
    Status created = Database::open(made, Access::ReadWrite, true).and_then([](const Database& database) {
        return fill(database);
    }); // closed here, so that the file stands alone
    if (created) {
        created = publish(made, file);
    }
    removeWithCompanions(made);
    if (!created) {
        for (std::string& argument : created.error().arguments) {
            argument = argument == made.string() ? file.string() : argument;
        }
        return passOn(created);
    }
    return open(file);
}

Result<Workspace> Workspace::open(const std::filesystem::path& file, Access access)
{
    if (const Status ours = checkHeader(file); !ours) {
        return passOn(ours);
    }
    Result<Database> database = Database::open(file, access);
    if (!database) {
        return passOn(database);
    }
    // The header is behind while another program's change stands in the log only.
    const auto found = database->scalar("PRAGMA user_version");
    if (!found) {
        return passOn(found);
    }
    const std::int64_t version = found->value_or(0);
    if (version > schema::version) {
        return newerFile(file, version);
    }
    if (const Status ready = setUpConnection(*database); !ready) {
        return passOn(ready);
    }
    if (access == Access::ReadWrite) {
        if (const Status logged = database->execute("PRAGMA journal_mode = WAL"); !logged) {
            return passOn(logged);
        }
    }
    // A file that says it is ours and has not our tables is damaged; say so now and not in the middle of
    // work.
    const Result<Statement> tables = database->prepare(
        "SELECT 1 FROM platform, domain, account, item, interaction, import, knowledge_base, run");
    if (!tables) {
        return fail(
            ErrorCode::Database,
            TRANSLATABLE("errors", "The workspace file is damaged. Restore it from a backup copy (%1)."),
            {tables.error().detail},
            tables.error().detail);
    }
    if (version < schema::version) {
        if (access == Access::ReadOnly) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "%1 is of an older version. Open it for writing once to update it."),
                {file.string()});
        }
        if (const Status migrated = migrate(file, *database, version, schema::migrations()); !migrated) {
            return passOn(migrated);
        }
    }
    return Workspace(file, std::move(*database));
}

Result<std::vector<Interrupted>> Workspace::findInterrupted()
{
    std::vector<Interrupted> found;
    for (const Leftover& leftover : leftovers) {
        const Result<std::vector<Dead>> dead = findDead(m_database, leftover);
        Result<Statement> mark = m_database.prepare(leftover.mark);
        if (!dead || !mark) {
            return dead ? passOn(mark) : passOn(dead);
        }
        for (const Dead& each : *dead) {
            if (const Status marked = mark->bind(1, each.id).bind(2, each.process).run(); !marked) {
                return passOn(marked);
            }
            if (m_database.changes() > 0) {
                found.push_back({leftover.kind, each.id, each.name});
            }
        }
    }
    return found;
}

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t processId()
{
    return identityOf(getpid());
}

} // namespace transept
