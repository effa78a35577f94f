#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

namespace transept {

/// Pages of a file, or of memory; they begin where a page does.
class MappedBytes
{
public:
    /// The whole of a file, to be read: the system brings pages when they are touched, shares them with other
    /// processes, and may let them go at any time. Nothing when the file cannot be read or is empty. Nobody
    /// may cut the file short while it is mapped.
    static std::optional<MappedBytes> ofFile(const std::filesystem::path& file);
    /// Zeros, to be written. Throws std::bad_alloc, as other memory does.
    static MappedBytes ofMemory(std::size_t size);

    std::span<const std::byte> bytes() const noexcept { return {m_first, m_size}; }
    std::span<std::byte> writable() noexcept { return {m_first, m_size}; } ///< of memory alone

    MappedBytes(MappedBytes&& other) noexcept
        : m_first(std::exchange(other.m_first, nullptr))
        , m_size(std::exchange(other.m_size, 0))
    {
    }
    MappedBytes& operator=(MappedBytes&&) = delete;
    ~MappedBytes();

private:
    MappedBytes(std::byte* first, std::size_t size) : m_first(first), m_size(size) {}

    std::byte* m_first; ///< null when moved from
    std::size_t m_size;
};

} // namespace transept
