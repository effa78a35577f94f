#include "core/base/File.h"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace transept {
namespace {

constexpr std::size_t blockSize = std::size_t{1} << 18U;

tl::unexpected<Error> cannotWrite(const std::filesystem::path& place, int reason)
{
    const std::string said = std::generic_category().message(reason);
    if (reason == ENOSPC || reason == EDQUOT) {
        return fail(
            ErrorCode::Io,
            TRANSLATABLE("errors", "The disk is full: %1 was not written. Free some space and try again."),
            {place.string()},
            said);
    }
    return fail(
        ErrorCode::Io,
        TRANSLATABLE("errors", "%1 cannot be written (%2). Choose another place, or change its permissions."),
        {place.string(), said},
        said);
}

std::filesystem::path folderOf(const std::filesystem::path& file)
{
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

/// Names are safe from a power cut only when the folder is flushed too; some file systems cannot, and need
/// not.
void flushFolder(const std::filesystem::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

/// For a file without a name: the system takes back its blocks and pages when it is closed, some tenths of a
/// second for a long one, and whoever asked to stop need not wait for that.
void closeElsewhere(int descriptor)
{
    try {
        std::thread([descriptor] { ::close(descriptor); }).detach();
    } catch (const std::system_error&) {
        ::close(descriptor);
    }
}

/// What a file is under all its names.
using FileIdentity = std::pair<dev_t, ino_t>;

std::optional<FileIdentity> identityOf(const std::filesystem::path& file)
{
    struct stat found = {};
    return ::stat(file.c_str(), &found) == 0 ? std::optional(FileIdentity(found.st_dev, found.st_ino))
                                             : std::nullopt;
}

struct OpenDatabases
{
    std::mutex mutex;
    std::multiset<FileIdentity> files;
};

OpenDatabases& openDatabases()
{
    static OpenDatabases databases;
    return databases;
}

} // namespace

std::shared_ptr<const void> markAsOpenDatabase(const std::filesystem::path& file)
{
    const std::optional<FileIdentity> identity = identityOf(file);
    if (!identity) {
        return nullptr;
    }
    OpenDatabases& databases = openDatabases();
    const std::lock_guard lock(databases.mutex);
    const auto place = databases.files.insert(*identity);
    return {&*place, [&databases, place](const void*) {
                const std::lock_guard held(databases.mutex);
                databases.files.erase(place);
            }};
}

bool isOpenDatabase(const std::filesystem::path& file)
{
    const std::string name = file.string();
    for (const std::string_view companion : {"-shm", "-wal"}) {
        if (name.ends_with(companion) && isOpenDatabase(name.substr(0, name.size() - companion.size()))) {
            return true;
        }
    }
    const std::optional<FileIdentity> identity = identityOf(file);
    OpenDatabases& databases = openDatabases();
    const std::lock_guard lock(databases.mutex);
    return identity && databases.files.contains(*identity);
}

Result<ReplacedFile> ReplacedFile::open(const std::filesystem::path& place)
{
    if (isOpenDatabase(place)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is a workspace that is open. Choose another place."),
                    {place.string()});
    }
    static std::atomic<unsigned> count = 0; // two threads may write to one place, and the later one stays
    const std::filesystem::path beside =
        fmt::format("{}.{}-{}.part", place.string(), ::getpid(), count.fetch_add(1));
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return cannotWrite(place, errno);
    }
    return ReplacedFile(place, beside, descriptor);
}

ReplacedFile::ReplacedFile(ReplacedFile&& other) noexcept
    : m_place(std::move(other.m_place))
    , m_beside(std::move(other.m_beside))
    , m_pending(std::move(other.m_pending))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

ReplacedFile::~ReplacedFile()
{
    if (m_descriptor >= 0) {
        ::unlink(m_beside.c_str());
        closeElsewhere(m_descriptor);
    }
}

Status ReplacedFile::write(std::string_view bytes)
{
    m_pending += bytes;
    return m_pending.size() < blockSize ? Status{} : flush();
}

Status ReplacedFile::flush()
{
    std::string_view rest = m_pending;
    while (!rest.empty()) {
        const ssize_t written = ::write(m_descriptor, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            return ioError();
        }
        rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    m_pending.clear();
    return {};
}

tl::unexpected<Error> ReplacedFile::ioError() const
{
    return cannotWrite(m_place, errno);
}

Status ReplacedFile::settle()
{
    if (Status flushed = flush(); !flushed) {
        return flushed;
    }
    if (::fsync(m_descriptor) != 0 &&
        errno != EINVAL) { // EINVAL: a place that has nothing to flush, like a pipe
        return ioError();
    }
    return {};
}

Status ReplacedFile::commit()
{
    if (Status settled = settle(); !settled) {
        return settled;
    }
    if (Status moved = moveToPlace(m_beside, m_place); !moved) {
        return moved;
    }
    ::close(std::exchange(m_descriptor, -1));
    return {};
}

Status moveToPlace(const std::filesystem::path& from, const std::filesystem::path& place)
{
    if (std::rename(from.c_str(), place.c_str()) != 0) {
        return cannotWrite(place, errno);
    }
    flushFolder(folderOf(place));
    return {};
}

} // namespace transept
