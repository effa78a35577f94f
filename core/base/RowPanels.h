#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace transept {

/// Float32 rows packed in panels of 16, number k of all 16 side by side: vectors are multiplied with many
/// rows without a sum across lanes. The products have the bits of kernels::dot().
class RowPanels
{
public:
    RowPanels() = default;

    /// Packs `count` rows of `stride` numbers, a multiple of 16; what pads a row is zero.
    RowPanels(const float* rows, std::size_t count, std::size_t stride);

    std::size_t rowCount() const noexcept { return m_count; }

    struct Vectors
    {
        const float* values; ///< one after the other, as long as a row
        std::size_t count;
    };

    struct Range
    {
        std::size_t first; ///< a multiple of 16
        std::size_t count;
    };

    /// What is added to the products: ofVectors[v] + ofRows[r].
    struct Offsets
    {
        const float* ofVectors;
        const float* ofRows; ///< from the range's first row on
    };

    /// products[v * rows.count + r] = <row rows.first + r, vector v> + offset
    void multiply(const Vectors& vectors,
                  const Range& rows,
                  const Offsets& offsets,
                  float* products) const noexcept;

    struct Hit
    {
        float score;
        std::uint32_t row;
    };

    /// What was found for one vector.
    struct Hits
    {
        float bar;         ///< only what is above it is found
        Hit* found;        ///< with room for the rows of a range behind `count`, and one more
        std::size_t count; ///< grows
    };

    /// Finds the rows of the range, in ascending order, whose rough score is above their vector's bar. It is
    /// that of multiply() but for rounding: its products are added one after the other, perhaps fused. With
    /// n numbers a row it differs by no more than scoreError(n) times |row| |vector| + |offset|, when no
    /// number is beyond the range of float32.
    void findAbove(const Vectors& vectors,
                   const Range& rows,
                   const Offsets& offsets,
                   Hits* hits) const noexcept;

    /// Either score is off by n + 1 roundings at most.
    static constexpr double scoreError(std::size_t stride) noexcept
    {
        return (2.0 * static_cast<double>(stride) + 4.0) * 0x1p-24 * 1.01;
    }

private:
    std::size_t m_count = 0;
    std::size_t m_stride = 0;
    std::vector<float> m_panels;
};

} // namespace transept
