#include "core/store/HalfVectors.h"

#include <algorithm>
#include <cstring>

namespace transept {
namespace {

constexpr std::size_t rowAlignment = 32;

struct Header
{
    char magic[8] = {'T', 'r', 'a', 'n', 's', 'f', '1', '6'};
    std::uint64_t version = 1;
    HalfVectorsKey key;
    std::uint64_t count = 0;
};

std::size_t padded(std::size_t bytes)
{
    return (bytes + rowAlignment - 1) / rowAlignment * rowAlignment;
}

std::size_t headSize(std::size_t count)
{
    return padded(sizeof(Header) + count * sizeof(std::int64_t));
}

bool ascend(std::span<const std::int64_t> items)
{
    return std::ranges::adjacent_find(items, std::greater_equal<>()) == items.end();
}

} // namespace

std::size_t HalfVectors::rowBytes(std::int64_t dimension)
{
    return padded(static_cast<std::size_t>(dimension) * sizeof(std::uint16_t));
}

std::size_t HalfVectors::sizeOf(const HalfVectorsKey& key, std::size_t count)
{
    return headSize(count) + count * rowBytes(key.dimension);
}

std::string HalfVectors::head(const HalfVectorsKey& key, std::span<const std::int64_t> items)
{
    std::string bytes(headSize(items.size()), '\0');
    const Header header{.key = key, .count = items.size()};
    std::memcpy(bytes.data(), &header, sizeof(header));
    if (!items.empty()) {
        std::memcpy(bytes.data() + sizeof(header), items.data(), items.size_bytes());
    }
    return bytes;
}

std::shared_ptr<const HalfVectors> HalfVectors::of(MappedBytes mapping, const HalfVectorsKey& key)
{
    const std::shared_ptr<HalfVectors> vectors(new HalfVectors(std::move(mapping)));
    const std::span<const std::byte> bytes = vectors->m_bytes.bytes();
    Header header;
    if (bytes.size() < sizeof(header)) {
        return nullptr;
    }
    std::memcpy(&header, bytes.data(), sizeof(header));
    const Header expected{.key = key, .count = header.count};
    if (std::memcmp(&header, &expected, sizeof(header)) != 0 || header.count > bytes.size() ||
        bytes.size() != sizeOf(key, header.count)) {
        return nullptr;
    }
    vectors->m_key = key;
    vectors->m_items = {reinterpret_cast<const std::int64_t*>(bytes.data() + sizeof(header)), header.count};
    vectors->m_rows = {reinterpret_cast<const std::uint16_t*>(bytes.data() + headSize(header.count)),
                       rowBytes(key.dimension) / sizeof(std::uint16_t)};
    return ascend(vectors->m_items) ? vectors : nullptr;
}

std::span<const std::uint16_t> HalfVectors::row(std::int32_t place) const noexcept
{
    return {m_rows.first + static_cast<std::size_t>(place) * m_rows.stride,
            static_cast<std::size_t>(m_key.dimension)};
}

std::int32_t HalfVectors::placeOf(ItemId item) const
{
    const auto found = std::ranges::lower_bound(m_items, number(item));
    return found != m_items.end() && *found == number(item)
               ? static_cast<std::int32_t>(found - m_items.begin())
               : -1;
}

} // namespace transept
