#pragma once

#include "core/model/NeighbourOptions.h"

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace transept {

struct Neighbour
{
    std::int32_t row = 0;
    float similarity = 0.0F;
};

/// A neighbour as one number: the row, then the bits of the similarity. Sorted, they stand by row.
using PackedNeighbour = std::uint64_t;

inline Neighbour unpacked(PackedNeighbour packed)
{
    return {.row = static_cast<std::int32_t>(packed >> 32U),
            .similarity = std::bit_cast<float>(static_cast<std::uint32_t>(packed))};
}

/// Keeps the `most` nearest of what it is given in any order and no row twice, only those with positive
/// similarity; of equal ones that of the lower row is nearer.
class Nearest
{
public:
    explicit Nearest(std::size_t most) : m_most(most) {}

    /// What is less similar cannot be among them any more; at least 0.
    float threshold() const { return m_last == none ? 0.0F : similarityOf(m_last); }

    void add(const Neighbour& neighbour)
    {
        if (neighbour.similarity > 0.0F && keyOf(neighbour) > m_last) {
            keep(keyOf(neighbour));
        }
    }

    /// Forgets what is not among them.
    void prune();

    /// Appends them by row, and begins anew.
    void moveTo(std::vector<PackedNeighbour>& neighbours);

private:
    /// A neighbour as one number, larger for a nearer one: the bits of positive numbers are in their order.
    using Key = std::uint64_t;
    static constexpr Key none = 0;

    static Key keyOf(const Neighbour& neighbour)
    {
        return Key{std::bit_cast<std::uint32_t>(neighbour.similarity)} << 32U |
               ~static_cast<std::uint32_t>(neighbour.row);
    }
    static float similarityOf(Key key)
    {
        return std::bit_cast<float>(static_cast<std::uint32_t>(key >> 32U));
    }
    static std::int32_t rowOf(Key key) { return static_cast<std::int32_t>(~static_cast<std::uint32_t>(key)); }

    void keep(Key key);

    std::size_t m_most;
    Key m_last = none; ///< only nearer ones are of interest
    std::vector<Key> m_kept;
};

/// Sums over the columns that two rows share: of row a (x), of row b (y).
struct SharedSums
{
    double xy = 0.0;
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    int count = 0;

    void add(double ofA, double ofB)
    {
        ++count;
        xy += ofA * ofB;
        x += ofA;
        y += ofB;
        xx += ofA * ofA;
        yy += ofB * ofB;
    }
};

double normOf(std::span<const float> values);

/// `norms`: the product of both rows' norms.
float similarityOf(const NeighbourOptions& options, double norms, const SharedSums& sums);

} // namespace transept
