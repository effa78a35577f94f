#pragma once

#include "core/base/HalfKernels.h"
#include "core/base/MappedBytes.h"
#include "core/store/FacetPlace.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace transept {

/// What vectors stand in a file of them: the state of a knowledge base that it was made of.
struct HalfVectorsKey
{
    std::int64_t base = 0;
    std::int64_t stamp = 0; ///< KnowledgeBase::vectorsStamp
    std::int64_t dimension = 0;

    bool operator==(const HalfVectorsKey&) const = default;
};

/// Whose vectors they are, in the order of their rows.
struct HalfVectorsOwners
{
    std::vector<std::int64_t> items; ///< ascending
    std::vector<FacetPlace> facets;  ///< ascending; behind the items
};

/// The float16 vectors of a knowledge base's items and of its facets, in a file that is mapped, or in memory.
/// Little endian: a header, the ids of items as int64, the places of facets as two of them, then the rows,
/// each padded with zeros so that it begins at a multiple of 32 bytes. May be read by any number of threads.
class HalfVectors
{
public:
    static std::size_t sizeOf(const HalfVectorsKey& key, std::size_t items, std::size_t facets);
    /// The bytes before the first row.
    static std::string head(const HalfVectorsKey& key, const HalfVectorsOwners& owners);
    static std::size_t rowBytes(std::int64_t dimension);

    /// Nothing when the bytes are not those of the key, all of them.
    static std::shared_ptr<const HalfVectors> of(MappedBytes bytes, const HalfVectorsKey& key);

    const HalfVectorsKey& key() const noexcept { return m_key; }
    std::span<const std::int64_t> items() const noexcept { return m_items; }
    std::span<const FacetPlace> facets() const noexcept { return m_facets; }
    kernels::HalfRows rows() const noexcept { return m_rows; }
    std::span<const std::uint16_t> row(std::int32_t place) const noexcept; ///< without the padding
    std::int32_t placeOf(ItemId item) const; ///< of its row; -1: it has no vector
    std::int32_t placeOf(FacetPlace facet) const;

private:
    explicit HalfVectors(MappedBytes bytes) : m_bytes(std::move(bytes)) {}

    MappedBytes m_bytes;
    HalfVectorsKey m_key;
    std::span<const std::int64_t> m_items;
    std::span<const FacetPlace> m_facets;
    kernels::HalfRows m_rows;
};

} // namespace transept
