#pragma once

#include "core/base/HalfKernels.h"
#include "core/base/Ids.h"
#include "core/base/MappedBytes.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace transept {

/// What vectors stand in a file of them: the state of a knowledge base that it was made of.
struct HalfVectorsKey
{
    std::int64_t base = 0;
    std::int64_t stamp = 0; ///< KnowledgeBase::vectorsStamp
    std::int64_t dimension = 0;

    bool operator==(const HalfVectorsKey&) const = default;
};

/// The float16 vectors of a knowledge base's items, by ascending item id; in a file that is mapped, or in
/// memory. Little endian: a header, the ids as int64, then the rows, each padded with zeros so that it begins
/// at a multiple of 32 bytes. May be read by any number of threads.
class HalfVectors
{
public:
    static std::size_t sizeOf(const HalfVectorsKey& key, std::size_t count);
    /// The bytes before the first row.
    static std::string head(const HalfVectorsKey& key, std::span<const std::int64_t> items);
    static std::size_t rowBytes(std::int64_t dimension);

    /// Nothing when the bytes are not those of the key, all of them.
    static std::shared_ptr<const HalfVectors> of(MappedBytes bytes, const HalfVectorsKey& key);

    const HalfVectorsKey& key() const noexcept { return m_key; }
    std::span<const std::int64_t> items() const noexcept { return m_items; }
    kernels::HalfRows rows() const noexcept { return m_rows; }
    std::span<const std::uint16_t> row(std::int32_t place) const noexcept; ///< without the padding
    std::int32_t placeOf(ItemId item) const; ///< of its row; -1: it has no vector

private:
    explicit HalfVectors(MappedBytes bytes) : m_bytes(std::move(bytes)) {}

    MappedBytes m_bytes;
    HalfVectorsKey m_key;
    std::span<const std::int64_t> m_items;
    kernels::HalfRows m_rows;
};

} // namespace transept
