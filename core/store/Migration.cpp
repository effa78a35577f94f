#include "core/store/Migration.h"

#include "core/base/File.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

namespace transept {
namespace {

/// A copy of the workspace that is on the disk before it is moved to its place; removed when it is not.
class Backup
{
public:
    Backup(const std::filesystem::path& file, std::int64_t version)
        : m_place(fmt::format("{}.version-{}.backup", file.string(), version))
        , m_beside(fmt::format("{}.{}", m_place.string(), getpid()))
    {
    }
    Backup(const Backup&) = delete;
    Backup& operator=(const Backup&) = delete;
    ~Backup() { removeCopy(); }

    Status copy(const Database& database)
    {
        removeCopy(); // VACUUM INTO refuses an existing file; one of a killed process may stand there
        Result<Statement> copied = database.prepare("VACUUM INTO ?");
        if (!copied) {
            return passOn(copied);
        }
        return copied->bind(1, std::string_view(m_beside.native())).run();
    }

    Status keep()
    {
        const int descriptor = ::open(m_beside.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor >= 0) {
            ::fsync(descriptor);
            ::close(descriptor);
        }
        return moveToPlace(m_beside, m_place);
    }

private:
    void removeCopy()
    {
        std::error_code ignored;
        std::filesystem::remove(m_beside, ignored);
    }

    std::filesystem::path m_place;
    std::filesystem::path m_beside;
};

Status checkForeignKeys(const Database& database)
{
    Result<Statement> broken = database.prepare("PRAGMA foreign_key_check");
    if (!broken) {
        return passOn(broken);
    }
    const Result<bool> row = broken->step();
    if (!row) {
        return passOn(row);
    }
    if (*row) {
        return fail(
            ErrorCode::Database,
            TRANSLATABLE(
                "errors",
                "The workspace could not be brought to the present version: rows of its table %1 name "
                "rows that are not there. It was left as it is."),
            {std::string(broken->text(0))});
    }
    return {};
}

Status runSteps(const Database& database, std::int64_t from, std::span<const std::string_view> steps)
{
    for (const std::string_view step : steps.subspan(static_cast<std::size_t>(from - 1))) {
        if (Status done = database.execute(step); !done) {
            return done;
        }
    }
    return checkForeignKeys(database).and_then(
        [&] { return database.execute(fmt::format("PRAGMA user_version = {}", steps.size() + 1)); });
}

Status migrateUnchecked(const std::filesystem::path& file,
                        const Database& database,
                        std::int64_t from,
                        std::span<const std::string_view> steps)
{
    Backup backup(file, from); // before the transaction, in which no copy can be made
    if (Status copied = backup.copy(database); !copied) {
        return copied;
    }
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) {
        return passOn(transaction);
    }
    const auto present = database.scalar("PRAGMA user_version");
    if (!present) {
        return passOn(present);
    }
    if (present->value_or(0) != from) {
        return {}; // another program was faster, and its copy is the one of the old version
    }
    return backup.keep().and_then([&] { return runSteps(database, from, steps); }).and_then([&] {
        return transaction->commit();
    });
}

} // namespace

Status migrate(const std::filesystem::path& file,
               const Database& database,
               std::int64_t from,
               std::span<const std::string_view> steps)
{
    // Within a transaction the switch would have no effect.
    if (Status off = database.execute("PRAGMA foreign_keys = OFF"); !off) {
        return off;
    }
    const Status migrated = migrateUnchecked(file, database, from, steps);
    const Status on = database.execute("PRAGMA foreign_keys = ON");
    return migrated ? on : migrated;
}

} // namespace transept
