#include "core/store/HalfVectors.h"

#include <algorithm>
#include <cstring>

namespace transept {
namespace {

constexpr std::size_t rowAlignment = 32;

struct Header
{
    char magic[8] = {'T', 'r', 'a', 'n', 's', 'f', '1', '6'};
    std::uint64_t version = 2;
    HalfVectorsKey key;
    std::uint64_t items = 0;
    std::uint64_t facets = 0;
};

std::size_t padded(std::size_t bytes)
{
    return (bytes + rowAlignment - 1) / rowAlignment * rowAlignment;
}

std::size_t headSize(std::size_t items, std::size_t facets)
{
    return padded(sizeof(Header) + items * sizeof(std::int64_t) + facets * sizeof(FacetPlace));
}

template<typename Owner>
bool ascend(std::span<const Owner> owners)
{
    return std::ranges::adjacent_find(owners, std::greater_equal<>()) == owners.end();
}

template<typename Owner>
std::int32_t placeAmong(std::span<const Owner> owners, const Owner& owner)
{
    const auto found = std::ranges::lower_bound(owners, owner);
    return found != owners.end() && *found == owner ? static_cast<std::int32_t>(found - owners.begin()) : -1;
}

} // namespace

std::size_t HalfVectors::rowBytes(std::int64_t dimension)
{
    return padded(static_cast<std::size_t>(dimension) * sizeof(std::uint16_t));
}

std::size_t HalfVectors::sizeOf(const HalfVectorsKey& key, std::size_t items, std::size_t facets)
{
    return headSize(items, facets) + (items + facets) * rowBytes(key.dimension);
}

std::string HalfVectors::head(const HalfVectorsKey& key, const HalfVectorsOwners& owners)
{
    const Header header{.key = key, .items = owners.items.size(), .facets = owners.facets.size()};
    std::string bytes;
    const auto add = [&](const auto& values) {
        const std::span<const std::byte> added = std::as_bytes(std::span(values));
        bytes.append(reinterpret_cast<const char*>(added.data()), added.size());
    };
    add(std::span(&header, 1));
    add(owners.items);
    add(owners.facets);
    bytes.resize(headSize(owners.items.size(), owners.facets.size()));
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
    const Header expected{.key = key, .items = header.items, .facets = header.facets};
    if (std::memcmp(&header, &expected, sizeof(header)) != 0 || header.items > bytes.size() ||
        header.facets > bytes.size() || bytes.size() != sizeOf(key, header.items, header.facets)) {
        return nullptr;
    }
    const std::byte* owners = bytes.data() + sizeof(header);
    vectors->m_key = key;
    vectors->m_items = {reinterpret_cast<const std::int64_t*>(owners), header.items};
    vectors->m_facets = {reinterpret_cast<const FacetPlace*>(owners + vectors->m_items.size_bytes()),
                         header.facets};
    vectors->m_rows = {
        reinterpret_cast<const std::uint16_t*>(bytes.data() + headSize(header.items, header.facets)),
        rowBytes(key.dimension) / sizeof(std::uint16_t)};
    return ascend(vectors->m_items) && ascend(vectors->m_facets) ? vectors : nullptr;
}

std::span<const std::uint16_t> HalfVectors::row(std::int32_t place) const noexcept
{
    return {m_rows.first + static_cast<std::size_t>(place) * m_rows.stride,
            static_cast<std::size_t>(m_key.dimension)};
}

std::int32_t HalfVectors::placeOf(ItemId item) const
{
    return placeAmong(m_items, number(item));
}

std::int32_t HalfVectors::placeOf(FacetPlace facet) const
{
    const std::int32_t place = placeAmong(m_facets, facet);
    return place < 0 ? place : static_cast<std::int32_t>(m_items.size()) + place;
}

} // namespace transept
