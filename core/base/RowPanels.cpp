#include "core/base/RowPanels.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <cstring>

namespace transept {
namespace {

constexpr std::size_t vectorsAtOnce = 4;

/// Panels that stay in the processor's first cache while all vectors pass.
constexpr std::size_t floatsInCache = std::size_t{1} << 12U;

using Lane [[gnu::vector_size(laneCount * sizeof(float))]] = float; ///< of 16 rows

template<std::size_t Vectors>
struct LaneSums
{
    Lane of[Vectors];
};

struct Factors
{
    const float* panel;
    const float* vectors;
    std::size_t stride;
};

/// The sums of the lanes First, First + Width, First + 2 Width ... in the order in which Lanes::sum() adds:
/// of the lanes whose numbers differ by 8 first, then 4, 2 and 1.
template<std::size_t First, std::size_t Width, std::size_t Vectors>
[[gnu::always_inline]] inline void sumLanes(const Factors& factors, LaneSums<Vectors>& sums) noexcept
{
    if constexpr (Width == laneCount) {
        sums = {};
        for (std::size_t at = First; at < factors.stride; at += laneCount) {
            Lane rows;
            std::memcpy(&rows, factors.panel + at * laneCount, sizeof(rows));
            for (std::size_t vector = 0; vector < Vectors; ++vector) {
                sums.of[vector] += rows * factors.vectors[vector * factors.stride + at];
            }
        }
    } else {
        LaneSums<Vectors> others;
        sumLanes<First, 2 * Width>(factors, sums);
        sumLanes<First + Width, 2 * Width>(factors, others);
        for (std::size_t vector = 0; vector < Vectors; ++vector) {
            sums.of[vector] += others.of[vector];
        }
    }
}

/// Where the products of several vectors with the rows of a panel go, and what is added to them.
struct Target
{
    const float* vectorOffsets;
    const float* rowOffsets;
    float* products;
    std::size_t rowsLeft; ///< of the range, from the panel's first on
    std::size_t pitch;    ///< from the products of one vector to those of the next
};

template<std::size_t Vectors>
[[gnu::always_inline]] inline void multiplyPanel(const Factors& factors, const Target& target) noexcept
{
    LaneSums<Vectors> sums;
    sumLanes<0, 1>(factors, sums);
    const std::size_t rows = target.rowsLeft < laneCount ? target.rowsLeft : laneCount;
    Lane rowOffsets{};
    std::memcpy(&rowOffsets, target.rowOffsets, rows == laneCount ? sizeof(Lane) : rows * sizeof(float));
    for (std::size_t vector = 0; vector < Vectors; ++vector) {
        const Lane products = sums.of[vector] + (target.vectorOffsets[vector] + rowOffsets);
        float* out = target.products + vector * target.pitch;
        std::memcpy(out, &products, rows == laneCount ? sizeof(Lane) : rows * sizeof(float));
    }
}

} // namespace

RowPanels::RowPanels(const float* rows, std::size_t count, std::size_t stride)
    : m_count(count)
    , m_stride(stride)
    , m_panels((count + laneCount - 1) / laneCount * laneCount * stride)
{
    for (std::size_t row = 0; row < count; ++row) {
        float* panel = m_panels.data() + row / laneCount * laneCount * stride;
        for (std::size_t at = 0; at < stride; ++at) {
            panel[at * laneCount + row % laneCount] = rows[row * stride + at];
        }
    }
}

FOR_EVERY_PROCESSOR
void RowPanels::multiply(const Vectors& vectors,
                         const Range& rows,
                         const Offsets& offsets,
                         float* products) const noexcept
{
    const std::size_t end = rows.first + rows.count;
    const std::size_t chunk =
        std::max(laneCount, floatsInCache / std::max<std::size_t>(1, m_stride) / laneCount * laneCount);
    for (std::size_t begin = rows.first; begin < end; begin += chunk) {
        for (std::size_t vector = 0; vector < vectors.count;) {
            const bool several = vector + vectorsAtOnce <= vectors.count;
            for (std::size_t row = begin; row < std::min(end, begin + chunk); row += laneCount) {
                const Factors factors{
                    m_panels.data() + row * m_stride, vectors.values + vector * m_stride, m_stride};
                const std::size_t at = row - rows.first;
                const Target target{offsets.ofVectors + vector,
                                    offsets.ofRows + at,
                                    products + vector * rows.count + at,
                                    end - row,
                                    rows.count};
                several ? multiplyPanel<vectorsAtOnce>(factors, target) : multiplyPanel<1>(factors, target);
            }
            vector += several ? vectorsAtOnce : 1;
        }
    }
}

} // namespace transept
