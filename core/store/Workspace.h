#pragma once

#include "core/base/Job.h"
#include "core/store/Database.h"

#include <filesystem>
#include <string>
#include <vector>

namespace transept {

/// What a killed program left behind, found and marked when the workspace is opened for writing.
struct Interrupted
{
    enum class Kind { Import, Extraction, Run };
    Kind kind{};
    std::int64_t id = 0; ///< of the import, knowledge base or run
    std::string name;
};

/// One `.transept` file: an SQLite database with our tables. Belongs to the thread that opened it; every job
/// opens its own on the same file. Readers never block the writer. What was committed survives the process
/// being killed.
class Workspace
{
public:
    /// Makes a new file; refuses to overwrite one. A file of that name is there only once it is complete.
    static Result<Workspace> create(const std::filesystem::path& file);

    /// Opens an existing one. An older version is migrated when opened for writing (a backup copy is left
    /// beside it, named FILE.version-N.backup) and refused when opened for reading only. A newer version or a
    /// foreign file is refused unharmed, with a sentence that says which.
    static Result<Workspace> open(const std::filesystem::path& file, Access access = Access::ReadWrite);

    const std::filesystem::path& file() const { return m_file; }
    const Database& database() const { return m_database; }

    /// Marks work whose process is gone as interrupted, and says what it was. Once per start of a program. Of
    /// two programs that look at the same time, one is told.
    Result<std::vector<Interrupted>> findInterrupted();

private:
    Workspace(std::filesystem::path file, Database database)
        : m_file(std::move(file))
        , m_database(std::move(database))
    {
    }

    std::filesystem::path m_file;
    Database m_database;
};

/// Seconds since 1970, now.
std::int64_t now();

/// The number under which this process stands in the `process` columns: unlike a mere process id it is not
/// given to another process later, not even after the machine was started again.
std::int64_t processId();

} // namespace transept
