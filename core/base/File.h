#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace transept {

/// Says that this process has a file open as a database, for as long as what it returns lives. To open such a
/// file by other means is harmful even for reading: when that descriptor is closed, the process loses its
/// locks on the file (POSIX), and another program may damage the database (sqlite.org/howtocorrupt.html,
/// section 2.2).
std::shared_ptr<const void> markAsOpenDatabase(const std::filesystem::path& file);

/// Whether some part of this process has the file open as a database, under whatever name, or as the log or
/// the index of one (-wal, -shm beside its name), where its locks stand as well.
bool isOpenDatabase(const std::filesystem::path& file);

/// A file that is written beside its place and put there by commit(): never half a file under its name, and
/// what stood there before stays until then. Without commit() nothing remains.
class ReplacedFile
{
public:
    /// Fails with Io when the folder cannot be written, and with InvalidInput when the place is an open
    /// database.
    static Result<ReplacedFile> open(const std::filesystem::path& place);

    Status write(std::string_view bytes);
    Status settle(); ///< what was written is on the disk: commit() then waits for what comes later alone
    Status commit(); ///< to the disk, then to its place; once, at the end

    ReplacedFile(ReplacedFile&& other) noexcept;
    ReplacedFile& operator=(ReplacedFile&&) = delete;
    ~ReplacedFile();

private:
    ReplacedFile(std::filesystem::path place, std::filesystem::path beside, int descriptor)
        : m_place(std::move(place))
        , m_beside(std::move(beside))
        , m_descriptor(descriptor)
    {
    }
    Status flush();
    tl::unexpected<Error> ioError() const;

    std::filesystem::path m_place;
    std::filesystem::path m_beside;
    std::string m_pending; ///< not yet handed to the system
    int m_descriptor;      ///< -1 once committed or moved from
};

/// Moves a file that is complete on the disk to its place, replacing what stood there; both in the same
/// folder. Survives a power cut: either the old or the new one is there.
Status moveToPlace(const std::filesystem::path& from, const std::filesystem::path& place);

} // namespace transept
