#include "core/base/File.h"
#include "core/ingest/TextSource.h"

#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace transept {
namespace {

tl::unexpected<Error> unreadable(const std::filesystem::path& file, int code)
{
    return fail(
        ErrorCode::Io,
        TRANSLATABLE("errors", "%1 cannot be read (%2). Check the disk and the permissions, then try again."),
        {file.string(),
         std::strerror(code)}); // NOLINT(concurrency-mt-unsafe): glibc keeps the text per thread
}

} // namespace

struct Archive
{
    archive* handle = archive_read_new();
    ~Archive() { archive_read_free(handle); }
};

ByteSource::ByteSource(std::filesystem::path file,
                       std::uintmax_t size,
                       int descriptor,
                       std::unique_ptr<Archive> archive)
    : m_file(std::move(file))
    , m_size(size)
    , m_descriptor(descriptor)
    , m_archive(std::move(archive))
{
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_size(other.m_size)
    , m_read(other.m_read)
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_archive(std::move(other.m_archive))
{
}

ByteSource::~ByteSource()
{
    m_archive.reset();
    if (m_descriptor >= 0) {
        close(m_descriptor);
    }
}

Result<ByteSource> ByteSource::open(const std::filesystem::path& file, bool compressed)
{
    std::error_code problem;
    const std::filesystem::file_status status = std::filesystem::status(file, problem);
    if (!std::filesystem::exists(status)) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no file %1. Check the name and the folder."),
                    {file.string()});
    }
    if (std::filesystem::is_directory(status)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is a folder. Choose a file in it."),
                    {file.string()});
    }
    if (isOpenDatabase(file)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is a workspace that is open. Choose a file of data."),
                    {file.string()});
    }
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 may not be read. Check the permissions of the file."),
                    {file.string()});
    }
    const std::uintmax_t size = std::filesystem::file_size(file, problem);
    ByteSource source(file, problem ? 0 : size, descriptor, nullptr);
    if (!compressed) {
        return source;
    }
    auto archive = std::make_unique<Archive>();
    archive_read_support_filter_gzip(archive->handle);
    archive_read_support_format_raw(archive->handle);
    archive_entry* entry = nullptr;
    if (archive_read_open_fd(archive->handle, descriptor, 1U << 18U) != ARCHIVE_OK ||
        archive_read_next_header(archive->handle, &entry) != ARCHIVE_OK ||
        archive_filter_code(archive->handle, 0) != ARCHIVE_FILTER_GZIP) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is not a readable gzip file. Unpack it, or fetch it again."),
                    {file.string()});
    }
    source.m_archive = std::move(archive);
    return source;
}

Result<std::size_t> ByteSource::read(std::string& bytes, std::size_t most)
{
    const std::size_t before = bytes.size();
    bytes.resize(before + most);
    ssize_t got = 0;
    if (m_archive) {
        got = archive_read_data(m_archive->handle, bytes.data() + before, most);
        m_read =
            static_cast<std::uintmax_t>(std::max<la_int64_t>(0, archive_filter_bytes(m_archive->handle, -1)));
    } else {
        do {
            got = ::read(m_descriptor, bytes.data() + before, most);
        } while (got < 0 && errno == EINTR);
        m_read += static_cast<std::uintmax_t>(std::max<ssize_t>(0, got));
    }
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(0, got)));
    if (got < 0) {
        return m_archive ? Result<std::size_t>(fail(
                               ErrorCode::InvalidInput,
                               TRANSLATABLE("errors", "%1 is damaged or not complete. Fetch the file again."),
                               {m_file.string()},
                               archive_error_string(m_archive->handle) == nullptr
                                   ? ""
                                   : archive_error_string(m_archive->handle)))
                         : unreadable(m_file, errno);
    }
    return static_cast<std::size_t>(got);
}

double ByteSource::fraction() const
{
    return m_size == 0 ? 1.0 : std::min(1.0, static_cast<double>(m_read) / static_cast<double>(m_size));
}

} // namespace transept
