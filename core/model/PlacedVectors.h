#pragma once

#include "core/data/KnowledgeVectors.h"

#include <array>
#include <string_view>
#include <unordered_map>

namespace transept {

/// Numbers vectors by what they hold: the first of equal ones stands for all.
class VectorNumbers
{
public:
    explicit VectorNumbers(std::size_t dimension) : m_room(dimension), m_other(dimension) {}

    std::uint32_t of(const PlacedVector& vector, std::vector<PlacedVector>& distinct)
    {
        const std::string_view content = contentOf(vector, m_room);
        const std::size_t hash = std::hash<std::string_view>()(content);
        const auto [first, last] = m_numbers.equal_range(hash);
        for (auto each = first; each != last; ++each) {
            if (contentOf(distinct[each->second], m_other) == content) {
                return each->second;
            }
        }
        distinct.push_back(vector);
        return m_numbers.emplace(hash, static_cast<std::uint32_t>(distinct.size() - 1))->second;
    }

private:
    static std::string_view contentOf(const PlacedVector& vector, std::vector<float>& room)
    {
        return {reinterpret_cast<const char*>(vector.in(room)), room.size() * sizeof(float)};
    }

    std::vector<float> m_room;
    std::vector<float> m_other;
    std::unordered_multimap<std::size_t, std::uint32_t> m_numbers; ///< by the hash of what they hold
};

/// Calls `use(first, vectors)` for a few at a time, in float32; a multiple of four but for the last, so that
/// sums of four at once are those of all together.
template<typename Use>
void inFloats(std::span<const PlacedVector> vectors, std::size_t dimension, const Use& use)
{
    constexpr std::size_t together = 32;
    std::vector<float> room(together * dimension);
    std::array<const float*, together> floats{};
    for (std::size_t first = 0; first < vectors.size(); first += together) {
        const std::size_t count = std::min(together, vectors.size() - first);
        for (std::size_t at = 0; at < count; ++at) {
            floats[at] = vectors[first + at].in(std::span(room).subspan(at * dimension, dimension));
        }
        use(first, std::span<const float* const>(floats.data(), count));
    }
}

} // namespace transept
