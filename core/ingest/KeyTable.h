#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// Numbers texts 0, 1, 2 ... in the order in which they come: the accounts and items of an import. Open
/// addressing over one block of text, because this is looked up twice per row.
class KeyTable
{
public:
    KeyTable() : m_slots(64, free) {}

    /// The number of `key`, which is new when it equals size() before the call.
    std::uint32_t number(std::string_view key);

    /// Nothing is added; size() when the key is not known.
    std::uint32_t find(std::string_view key) const;

    std::string_view key(std::uint32_t number) const
    {
        return std::string_view(m_text).substr(m_starts[number], m_starts[number + 1] - m_starts[number]);
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_hashes.size()); }

private:
    static constexpr std::uint32_t free = UINT32_MAX;

    std::size_t slotOf(std::string_view key, std::uint32_t hash) const;
    void grow();

    std::vector<std::uint32_t> m_slots;
    std::vector<std::uint32_t> m_hashes;
    std::vector<std::size_t> m_starts{0};
    std::string m_text;
};

} // namespace transept
