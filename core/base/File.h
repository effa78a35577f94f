#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <string_view>

namespace transept {

/// A file that is written beside its place and put there by commit(): never half a file under its name, and
/// what stood there before stays until then. Without commit() nothing remains.
class ReplacedFile
{
public:
    /// Fails with Io when the folder cannot be written.
    static Result<ReplacedFile> open(const std::filesystem::path& place);

    Status write(std::string_view bytes);
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
