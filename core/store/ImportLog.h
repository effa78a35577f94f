#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

namespace transept {

struct ImportRecord
{
    ImportId id{};
    std::string file;
    std::string target; ///< interactions, items, users, links, negatives
    std::optional<DomainId> domain;
    std::string options; ///< JSON
    std::string state;   ///< running, finished, interrupted, failed, cancelled
    std::string reason;
    std::int64_t read = 0;
    std::int64_t imported = 0;
    std::int64_t rejected = 0;
    std::int64_t skipped = 0;
    std::int64_t started = 0;
    std::optional<std::int64_t> finished;
};

struct RejectRecord
{
    std::int64_t line = 0;
    std::int64_t entry = 0;
    std::int64_t offset = 0;
    std::string reason; ///< English with %1
    std::vector<std::string> arguments;
    std::string raw;
};

/// What was imported, and what was refused.
class ImportLog
{
public:
    explicit ImportLog(const Workspace& workspace) : m_database(workspace.database()) {}

    Result<std::vector<ImportRecord>> imports() const; ///< newest first
    Result<ImportRecord> import(ImportId id) const;

    /// At most `limit` rejects after (line, entry), in file order: a keyset window.
    Result<std::vector<RejectRecord>> rejects(ImportId id,
                                              std::int64_t afterLine,
                                              std::int64_t afterEntry,
                                              int limit) const;

    /// All rejects as CSV: file, line, offset, reason, raw. Written beside and renamed, so never half a file.
    Status exportRejects(ImportId id, const std::filesystem::path& to) const;

    /// A large import leaves the index by item out until its end; without it much is slower and nothing
    /// wrong. True when an import that was killed or stopped has left it missing.
    Result<bool> lacksItemIndex() const;

    /// Builds it again: about a second for a million interactions, during which nobody else can write.
    Status restoreItemIndex() const;

private:
    const Database& m_database;
};

} // namespace transept
