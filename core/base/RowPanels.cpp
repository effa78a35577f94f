#include "core/base/RowPanels.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <cstring>

namespace transept {
namespace {

// As many sums as the processor has registers for, and no number is fetched for one of them alone.
constexpr std::size_t vectorsAtOnce = 4;
constexpr std::size_t panelsAtOnce = 2;

/// Panels that stay in the processor's first cache while all vectors pass.
constexpr std::size_t floatsInCache = std::size_t{1} << 12U;

using Lane = LaneValues<float>; ///< of 16 rows

template<std::size_t Panels, std::size_t Vectors>
struct LaneSums
{
    Lane of[Panels][Vectors];
};

struct Factors
{
    const float* panel; ///< the first
    const float* vectors;
    std::size_t stride;
};

/// The sums of the lanes First, First + Width, First + 2 Width ... in the order in which Lanes::sum() adds:
/// of the lanes whose numbers differ by 8 first, then 4, 2 and 1.
template<std::size_t First, std::size_t Width, std::size_t Panels, std::size_t Vectors>
[[gnu::always_inline]] inline void sumLanes(const Factors& factors, LaneSums<Panels, Vectors>& sums) noexcept
{
    if constexpr (Width == laneCount) {
        for (auto& ofPanel : sums.of) {
            for (Lane& sum : ofPanel) {
                sum = Lane{};
            }
        }
        for (std::size_t at = First; at < factors.stride; at += laneCount) {
            Lane rows[Panels];
            for (std::size_t panel = 0; panel < Panels; ++panel) {
                std::memcpy(
                    &rows[panel], factors.panel + (panel * factors.stride + at) * laneCount, sizeof(Lane));
            }
            for (std::size_t vector = 0; vector < Vectors; ++vector) {
                const float number = factors.vectors[vector * factors.stride + at];
                for (std::size_t panel = 0; panel < Panels; ++panel) {
                    sums.of[panel][vector] += rows[panel] * number;
                }
            }
        }
    } else {
        LaneSums<Panels, Vectors> others;
        sumLanes<First, 2 * Width>(factors, sums);
        sumLanes<First + Width, 2 * Width>(factors, others);
        for (std::size_t panel = 0; panel < Panels; ++panel) {
            for (std::size_t vector = 0; vector < Vectors; ++vector) {
                sums.of[panel][vector] += others.of[panel][vector];
            }
        }
    }
}

/// Where the products of several vectors with the rows of panels go, and what is added to them.
struct Target
{
    const float* vectorOffsets;
    const float* rowOffsets;
    float* products;
    std::size_t rowsLeft; ///< of the range, from the first panel's first on
    std::size_t pitch;    ///< from the products of one vector to those of the next
};

/// Some of 16 numbers.
[[gnu::always_inline]] inline void copyLane(const void* from, void* to, std::size_t count) noexcept
{
    if (count < laneCount) {
        std::memcpy(to, from, count * sizeof(float));
    } else {
        std::memcpy(to, from, sizeof(Lane));
    }
}

template<std::size_t Panels, std::size_t Vectors>
[[gnu::always_inline]] inline void multiplyPanels(const Factors& factors, const Target& target) noexcept
{
    LaneSums<Panels, Vectors> sums;
    sumLanes<0, 1>(factors, sums);
    for (std::size_t panel = 0; panel < Panels; ++panel) {
        const std::size_t first = panel * laneCount;
        Lane rowOffsets{};
        copyLane(target.rowOffsets + first, &rowOffsets, target.rowsLeft - first);
        for (std::size_t vector = 0; vector < Vectors; ++vector) {
            const Lane products = sums.of[panel][vector] + (target.vectorOffsets[vector] + rowOffsets);
            copyLane(&products, target.products + vector * target.pitch + first, target.rowsLeft - first);
        }
    }
}

/// One vector or several, from panels that may be fewer than are taken at once.
template<std::size_t Vectors>
[[gnu::always_inline]] inline void multiplyChunk(Factors factors, Target target, std::size_t rows) noexcept
{
    while (rows > 0) {
        const bool several = rows > (panelsAtOnce - 1) * laneCount;
        several ? multiplyPanels<panelsAtOnce, Vectors>(factors, target)
                : multiplyPanels<1, Vectors>(factors, target);
        const std::size_t done = std::min(rows, (several ? panelsAtOnce : 1) * laneCount);
        factors.panel += done * factors.stride;
        target.rowOffsets += done;
        target.products += done;
        target.rowsLeft -= done;
        rows -= done;
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
    const std::size_t chunk = std::max(
        panelsAtOnce * laneCount, floatsInCache / std::max<std::size_t>(1, m_stride) / laneCount * laneCount);
    for (std::size_t row = rows.first; row < end; row += chunk) {
        const std::size_t count = std::min(chunk, end - row);
        const std::size_t at = row - rows.first;
        for (std::size_t vector = 0; vector < vectors.count;) {
            const Factors factors{
                m_panels.data() + row * m_stride, vectors.values + vector * m_stride, m_stride};
            const Target target{offsets.ofVectors + vector,
                                offsets.ofRows + at,
                                products + vector * rows.count + at,
                                count,
                                rows.count};
            const bool several = vector + vectorsAtOnce <= vectors.count;
            several ? multiplyChunk<vectorsAtOnce>(factors, target, count)
                    : multiplyChunk<1>(factors, target, count);
            vector += several ? vectorsAtOnce : 1;
        }
    }
}

} // namespace transept
