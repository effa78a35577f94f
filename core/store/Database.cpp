#include "core/store/Database.h"

#include "core/base/File.h"

#include <sqlite3.h>

#include <system_error>
#include <vector>

namespace transept {
namespace {

tl::unexpected<Error> companionsCannotBeWritten(const std::string& said)
{
    return fail(
        ErrorCode::Database,
        TRANSLATABLE("errors",
                     "The workspace cannot be opened: two helper files beside it (-wal and -shm) cannot be "
                     "written. Copy the workspace into a folder that you may write, and open the copy."),
        {},
        said);
}

tl::unexpected<Error> databaseError(sqlite3* handle)
{
    const int code = sqlite3_errcode(handle);
    const std::string said = sqlite3_errmsg(handle);
    switch (code & 0xFF) {
    case SQLITE_INTERRUPT:
        return fail(ErrorCode::Cancelled, TRANSLATABLE("errors", "Stopped. What was done so far is kept."));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(
            ErrorCode::Database,
            TRANSLATABLE("errors", "Another program is writing to the workspace. Try again when it is done."),
            {},
            said);
    case SQLITE_FULL:
        return fail(
            ErrorCode::Database,
            TRANSLATABLE("errors", "The disk is full. Free some space and try again; nothing was lost."),
            {},
            said);
    case SQLITE_READONLY:
        if (const int precise = sqlite3_extended_errcode(handle); precise == SQLITE_READONLY_CANTINIT ||
                                                                  precise == SQLITE_READONLY_RECOVERY ||
                                                                  precise == SQLITE_READONLY_DIRECTORY) {
            return companionsCannotBeWritten(said);
        }
        return fail(ErrorCode::Database,
                    TRANSLATABLE(
                        "errors",
                        "The workspace cannot be written. Check the permissions of the file and its folder."),
                    {},
                    said);
    case SQLITE_CANTOPEN:
        return companionsCannotBeWritten(said);
    case SQLITE_IOERR:
        return fail(
            ErrorCode::Database,
            TRANSLATABLE("errors",
                         "The disk did not read or write the workspace as it should (%1). Check that it is "
                         "connected and has space; what was committed is kept."),
            {said},
            said);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fail(
            ErrorCode::Database,
            TRANSLATABLE("errors", "The workspace file is damaged. Restore it from a backup copy (%1)."),
            {said},
            said);
    default:
        return fail(ErrorCode::Database,
                    TRANSLATABLE("errors", "The workspace refused the change (%1)."),
                    {said},
                    said);
    }
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* handle) const noexcept
{
    sqlite3_finalize(handle);
}

Statement& Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(m_handle.get(), index, value);
    return *this;
}

Statement& Statement::bind(int index, double value)
{
    sqlite3_bind_double(m_handle.get(), index, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view value)
{
    sqlite3_bind_text64(m_handle.get(),
                        index,
                        value.data() == nullptr ? "" : value.data(),
                        value.size(),
                        SQLITE_TRANSIENT,
                        SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(int index, std::span<const std::byte> value)
{
    if (value.empty()) {
        sqlite3_bind_zeroblob(m_handle.get(), index, 0);
    } else {
        sqlite3_bind_blob64(m_handle.get(), index, value.data(), value.size(), SQLITE_TRANSIENT);
    }
    return *this;
}

Statement& Statement::bindNull(int index)
{
    sqlite3_bind_null(m_handle.get(), index);
    return *this;
}

Result<bool> Statement::step()
{
    switch (sqlite3_step(m_handle.get())) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default:
        return databaseError(sqlite3_db_handle(m_handle.get()));
    }
}

Status Statement::run()
{
    Result<bool> row = step();
    while (row && *row) {
        row = step();
    }
    if (!row) {
        Status failed = passOn(row);
        rewind();
        return failed;
    }
    rewind();
    return {};
}

void Statement::rewind()
{
    sqlite3_reset(m_handle.get());
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_handle.get(), column);
}

std::string_view Statement::text(int column) const
{
    const unsigned char* text = sqlite3_column_text(m_handle.get(), column);
    if (text == nullptr) {
        return {};
    }
    const auto length = static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column));
    return {reinterpret_cast<const char*>(text), length};
}

std::span<const std::byte> Statement::blob(int column) const
{
    const void* bytes = sqlite3_column_blob(m_handle.get(), column);
    const auto length = static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column));
    return {static_cast<const std::byte*>(bytes), bytes == nullptr ? 0 : length};
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_handle.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* handle) const noexcept
{
    sqlite3_close_v2(handle);
}

std::optional<std::array<char, 100>> readDatabaseHeader(const std::filesystem::path& file)
{
    // By SQLite's own means, which keep the descriptor open for as long as this process holds locks on the
    // file: see markAsOpenDatabase().
    sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
    std::error_code failed;
    const std::filesystem::path place = std::filesystem::absolute(file, failed);
    std::vector<std::max_align_t> memory(
        static_cast<std::size_t>(system->szOsFile) / sizeof(std::max_align_t) + 1);
    auto* const opened = reinterpret_cast<sqlite3_file*>(memory.data());
    auto* const name = sqlite3_create_filename(place.c_str(), "", "", 0, nullptr);
    const int code = system->xOpen(system, name, opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nullptr);
    std::array<char, 100> header{};
    const bool read =
        code == SQLITE_OK &&
        opened->pMethods->xRead(opened, header.data(), static_cast<int>(header.size()), 0) == SQLITE_OK;
    if (opened->pMethods != nullptr) {
        opened->pMethods->xClose(opened);
    }
    sqlite3_free_filename(name);
    return read ? std::optional(header) : std::nullopt;
}

Result<Database> Database::open(const std::filesystem::path& file, Access access, bool create)
{
    // An absolute name cannot be taken for a URI ("file:...") or for a database in memory (":memory:").
    std::error_code failed;
    const std::filesystem::path place = std::filesystem::absolute(file, failed);
    const int flags = (access == Access::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                      (create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(place.c_str(), &handle, flags, nullptr);
    Database database(
        handle, markAsOpenDatabase(place)); // SQLite hands back a connection to close even when opening fails
    if (code != SQLITE_OK) {
        return fail(
            ErrorCode::Io,
            create ? TRANSLATABLE("errors",
                                  "%1 cannot be created. Check that the folder exists and may be written.")
                   : TRANSLATABLE("errors", "%1 cannot be opened. Check that it exists and may be read."),
            {file.string()},
            handle == nullptr ? "no memory" : sqlite3_errmsg(handle));
    }
    // SQLite opens for reading what it may not write, and would complain only at the first change.
    if (access == Access::ReadWrite && sqlite3_db_readonly(handle, "main") == 1) {
        return fail(
            ErrorCode::Io,
            TRANSLATABLE(
                "errors",
                "%1 may only be read. Change its permissions, or work on a copy in a folder of yours."),
            {file.string()});
    }
    sqlite3_extended_result_codes(handle, 0);
    sqlite3_busy_timeout(handle, 10'000);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) const
{
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(m_handle.get(),
                                        sql.data(),
                                        static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT,
                                        &handle,
                                        nullptr);
    Statement statement(handle);
    if (code != SQLITE_OK) {
        return databaseError(m_handle.get());
    }
    return statement;
}

Status Database::execute(std::string_view sql) const
{
    if (sqlite3_exec(m_handle.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return databaseError(m_handle.get());
    }
    return {};
}

Result<std::optional<std::int64_t>> Database::scalar(std::string_view sql) const
{
    Result<Statement> statement = prepare(sql);
    if (!statement) {
        return passOn(statement);
    }
    const Result<bool> row = statement->step();
    if (!row) {
        return passOn(row);
    }
    if (!*row || statement->isNull(0)) {
        return std::optional<std::int64_t>{};
    }
    return std::optional(statement->integer(0));
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle.get());
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_handle.get());
}

void Database::interrupt() const
{
    sqlite3_interrupt(m_handle.get());
}

StopWatcher::StopWatcher(const Database& database, const JobContext& context)
    : m_handle(database.handle())
    , m_context(context)
{
    constexpr int steps = 20'000; // of SQLite's machine: about a millisecond
    sqlite3_progress_handler(
        m_handle,
        steps,
        [](void* watcher) { return static_cast<StopWatcher*>(watcher)->m_context.checkpoint() ? 0 : 1; },
        this);
}

StopWatcher::~StopWatcher()
{
    sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

Result<Transaction> Transaction::begin(const Database& database)
{
    if (const Status begun = database.execute("BEGIN IMMEDIATE"); !begun) {
        return passOn(begun);
    }
    return Transaction(database.handle());
}

Status Transaction::commit()
{
    if (sqlite3_exec(m_handle, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
        return databaseError(m_handle); // the destructor rolls back
    }
    m_handle = nullptr;
    return {};
}

Transaction::~Transaction()
{
    if (m_handle != nullptr) {
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Result<ReadSnapshot> ReadSnapshot::begin(const Database& database)
{
    if (sqlite3_get_autocommit(database.handle()) == 0) {
        return ReadSnapshot(nullptr);
    }
    if (const Status begun = database.execute("BEGIN"); !begun) {
        return passOn(begun);
    }
    return ReadSnapshot(database.handle());
}

ReadSnapshot::~ReadSnapshot()
{
    if (m_handle != nullptr) {
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr); // also after an interrupted statement
    }
}

} // namespace transept
