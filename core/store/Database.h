#pragma once

#include "core/base/Job.h"
#include "core/base/Result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace transept {

/// One compiled SQL statement. Owns the handle; the database must outlive it. Values are bound from 1,
/// columns are read from 0, as SQLite counts.
class Statement
{
public:
    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, double value); ///< NaN becomes NULL, as SQLite has it
    Statement& bind(int index, std::string_view value);
    Statement& bind(int index, std::span<const std::byte> value);
    Statement& bindNull(int index);

    template<typename T>
    Statement& bind(int index, const std::optional<T>& value)
    {
        return value ? bind(index, *value) : bindNull(index);
    }

    /// True: a row is ready. False: no more rows.
    Result<bool> step();
    /// For statements without rows: steps to the end and rewinds, bindings kept.
    Status run();
    void rewind();

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;           ///< valid until the next step() or rewind()
    std::span<const std::byte> blob(int column) const; ///< valid until the next step() or rewind()
    bool isNull(int column) const;

private:
    friend class Database;
    struct Finalize
    {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };
    explicit Statement(sqlite3_stmt* handle) : m_handle(handle) {}

    std::unique_ptr<sqlite3_stmt, Finalize> m_handle;
};

enum class Access { ReadOnly, ReadWrite };

/// The first 100 bytes of an SQLite file (sqlite.org/fileformat2.html), read without opening it as a
/// database: that could already change a file that is not ours. Nothing when it is shorter or cannot be read.
std::optional<std::array<char, 100>> readDatabaseHeader(const std::filesystem::path& file);

/// One connection. Belongs to the thread that opened it; a background job opens its own on the same file.
class Database
{
public:
    /// Opens an existing file, or creates one when `create`. Fails with Io when a file that is to be written
    /// may only be read. Foreign keys are on, another writer is waited for up to 10 s, and functions,
    /// triggers and views that a hostile file brings along are not run.
    static Result<Database> open(const std::filesystem::path& file, Access access, bool create = false);

    Result<Statement> prepare(std::string_view sql) const;
    Status execute(std::string_view sql) const; ///< any number of statements, no rows

    /// The first column of the first row; nothing when there is no row or it is NULL.
    Result<std::optional<std::int64_t>> scalar(std::string_view sql) const;

    std::int64_t lastInsertId() const;
    std::int64_t changes() const; ///< rows that the last statement changed
    void interrupt() const;       ///< from any thread: the running statement fails with Cancelled

    sqlite3* handle() const { return m_handle.get(); }

private:
    struct Close
    {
        void operator()(sqlite3* handle) const noexcept;
    };
    Database(sqlite3* handle, std::shared_ptr<const void> mark) : m_mark(std::move(mark)), m_handle(handle) {}

    std::shared_ptr<const void> m_mark; ///< keeps others in this process off the file
    std::unique_ptr<sqlite3, Close> m_handle;
};

/// While it lives, every statement on the database fails with Cancelled soon after the job was asked to stop,
/// and waits while the job is paused: for statements that run longer than a checkpoint may be away. One at a
/// time on a database; lives on the database's thread, and both arguments outlive it.
class StopWatcher
{
public:
    StopWatcher(const Database& database, const JobContext& context);
    StopWatcher(const StopWatcher&) = delete;
    StopWatcher& operator=(const StopWatcher&) = delete;
    ~StopWatcher();

private:
    sqlite3* m_handle;
    const JobContext& m_context;
};

/// All or nothing: what was not committed is rolled back, whichever way the scope is left.
class Transaction
{
public:
    static Result<Transaction> begin(const Database& database); ///< takes the write lock at once
    Status commit();

    Transaction(Transaction&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

private:
    explicit Transaction(sqlite3* handle) : m_handle(handle) {}

    sqlite3* m_handle; ///< null once committed or moved from
};

/// What is read while it lives is of one state, whatever others write meanwhile. Within a transaction that is
/// so anyway.
class ReadSnapshot
{
public:
    static Result<ReadSnapshot> begin(const Database& database);

    ReadSnapshot(ReadSnapshot&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}
    ReadSnapshot& operator=(ReadSnapshot&&) = delete;
    ~ReadSnapshot();

private:
    explicit ReadSnapshot(sqlite3* handle) : m_handle(handle) {}

    sqlite3* m_handle; ///< null when there is nothing to end
};

} // namespace transept
