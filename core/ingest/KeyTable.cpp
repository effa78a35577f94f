#include "core/ingest/KeyTable.h"

#include <functional>

namespace transept {
namespace {

std::uint32_t hashOf(std::string_view key)
{
    const std::size_t hash = std::hash<std::string_view>{}(key);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

} // namespace

std::size_t KeyTable::slotOf(std::string_view wanted, std::uint32_t hash) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot] != free && (m_hashes[m_slots[slot]] != hash || key(m_slots[slot]) != wanted)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

std::uint32_t KeyTable::find(std::string_view wanted) const
{
    const std::uint32_t found = m_slots[slotOf(wanted, hashOf(wanted))];
    return found == free ? size() : found;
}

std::uint32_t KeyTable::number(std::string_view wanted)
{
    const std::uint32_t hash = hashOf(wanted);
    const std::size_t slot = slotOf(wanted, hash);
    if (m_slots[slot] != free) {
        return m_slots[slot];
    }
    const std::uint32_t added = size();
    m_slots[slot] = added;
    m_hashes.push_back(hash);
    m_text += wanted;
    m_starts.push_back(m_text.size());
    if (m_hashes.size() * 2 > m_slots.size()) {
        grow();
    }
    return added;
}

void KeyTable::grow()
{
    m_slots.assign(m_slots.size() * 2, free);
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t each = 0; each < size(); ++each) {
        std::size_t slot = m_hashes[each] & mask;
        while (m_slots[slot] != free) {
            slot = (slot + 1) & mask;
        }
        m_slots[slot] = each;
    }
}

} // namespace transept
