#include "core/base/MappedBytes.h"

#include <fcntl.h>
#include <new>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace transept {

std::optional<MappedBytes> MappedBytes::ofFile(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return std::nullopt;
    }
    struct stat found
    {
    };
    void* first = MAP_FAILED;
    if (::fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > 0) {
        first =
            ::mmap(nullptr, static_cast<std::size_t>(found.st_size), PROT_READ, MAP_SHARED, descriptor, 0);
    }
    ::close(descriptor); // the mapping stays
    if (first == MAP_FAILED) {
        return std::nullopt;
    }
    return MappedBytes(static_cast<std::byte*>(first), static_cast<std::size_t>(found.st_size));
}

MappedBytes MappedBytes::ofMemory(std::size_t size)
{
    void* first = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (first == MAP_FAILED) {
        throw std::bad_alloc();
    }
    return {static_cast<std::byte*>(first), size};
}

MappedBytes::~MappedBytes()
{
    if (m_first != nullptr) {
        ::munmap(m_first, m_size);
    }
}

} // namespace transept
