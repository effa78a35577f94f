#include "core/base/RowPanels.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace transept {
namespace {

/// Panels that stay in the processor's first cache while all vectors pass.
constexpr std::size_t floatsInCache = std::size_t{1} << 12U;

/// How many panels and vectors are multiplied at once: as many sums as the processor has registers for, and
/// no number is fetched for one of them alone.
struct Tile
{
    std::size_t panels;
    std::size_t vectors;
};

template<std::size_t Bytes>
inline constexpr Tile exactTile = Bytes == 64   ? Tile{2, 4}
                                  : Bytes == 32 ? Tile{1, 2}
                                                : Tile{1, 1}; ///< with its sums of partial sums

template<std::size_t Bytes>
inline constexpr Tile roughTile = Bytes == 64   ? Tile{4, 6}
                                  : Bytes == 32 ? Tile{1, 6}
                                                : Tile{1, 3};

template<std::size_t Bytes>
using Lane = LaneParts<float, Bytes>; ///< of 16 rows

template<std::size_t Bytes, Tile Size>
struct LaneSums
{
    Lane<Bytes> of[Size.panels][Size.vectors];
};

struct Factors
{
    const float* panel; ///< the first
    const float* vectors;
    std::size_t stride;
};

// The loops over a tile are unrolled, so that its sums stay in registers.

/// Adds the products of every `Step`-th number from `first` on, one after the other.
template<std::size_t Step, std::size_t Bytes, Tile Size>
[[gnu::always_inline]] inline void addProducts(const Factors& factors,
                                               std::size_t first,
                                               LaneSums<Bytes, Size>& sums) noexcept
{
    for (std::size_t at = first; at < factors.stride; at += Step) {
        Lane<Bytes> rows[Size.panels];
#pragma GCC unroll 8
        for (std::size_t panel = 0; panel < Size.panels; ++panel) {
            rows[panel].load(factors.panel + (panel * factors.stride + at) * laneCount);
        }
#pragma GCC unroll 8
        for (std::size_t vector = 0; vector < Size.vectors; ++vector) {
            const float number = factors.vectors[vector * factors.stride + at];
#pragma GCC unroll 8
            for (std::size_t panel = 0; panel < Size.panels; ++panel) {
                sums.of[panel][vector].addScaled(number, rows[panel]);
            }
        }
    }
}

/// The sums of the lanes First, First + Width, First + 2 Width ... in the order in which LaneParts::sum()
/// adds: of the lanes whose numbers differ by 8 first, then 4, 2 and 1.
template<std::size_t First, std::size_t Width, std::size_t Bytes, Tile Size>
[[gnu::always_inline]] inline void sumLanes(const Factors& factors, LaneSums<Bytes, Size>& sums) noexcept
{
    if constexpr (Width == laneCount) {
        sums = {};
        addProducts<laneCount>(factors, First, sums);
    } else {
        LaneSums<Bytes, Size> others;
        sumLanes<First, 2 * Width>(factors, sums);
        sumLanes<First + Width, 2 * Width>(factors, others);
#pragma GCC unroll 8
        for (std::size_t panel = 0; panel < Size.panels; ++panel) {
#pragma GCC unroll 8
            for (std::size_t vector = 0; vector < Size.vectors; ++vector) {
                sums.of[panel][vector] += others.of[panel][vector];
            }
        }
    }
}

/// The scores of a tile's vectors for its rows.
template<Tile Size>
using Scores = float[Size.vectors][Size.panels * laneCount];

template<std::size_t Bytes, Tile Size>
[[gnu::always_inline]] inline void store(const LaneSums<Bytes, Size>& sums, Scores<Size>& scores) noexcept
{
#pragma GCC unroll 8
    for (std::size_t vector = 0; vector < Size.vectors; ++vector) {
#pragma GCC unroll 8
        for (std::size_t panel = 0; panel < Size.panels; ++panel) {
            sums.of[panel][vector].store(scores[vector] + panel * laneCount);
        }
    }
}

using Offsets = RowPanels::Offsets;

template<std::size_t Bytes, Tile Size>
[[gnu::always_inline]] inline void multiplyTile(const Factors& factors,
                                                const Offsets& offsets,
                                                std::size_t rows,
                                                float* products,
                                                std::size_t pitch) noexcept
{
    LaneSums<Bytes, Size> sums;
    sumLanes<0, 1>(factors, sums);
    Scores<Size> scores;
    store(sums, scores);
    for (std::size_t vector = 0; vector < Size.vectors; ++vector) {
        for (std::size_t row = 0; row < rows; ++row) {
            products[vector * pitch + row] =
                scores[vector][row] + (offsets.ofVectors[vector] + offsets.ofRows[row]);
        }
    }
}

/// The lowest bits of eight bytes that are 0 or 1, the first byte's lowest.
[[gnu::always_inline]] inline std::uint64_t bitsOf(const std::uint8_t* bytes) noexcept
{
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, sizeof(eight));
    if constexpr (std::endian::native == std::endian::big) {
        eight = __builtin_bswap64(eight);
    }
    return eight * 0x0102040810204080U >> 56U; // the byte at the top gathers the others
}

/// Of the first `count` scores, 64 at most; few are above the bar.
template<std::size_t Most>
[[gnu::always_inline]] inline void take(const float* scores,
                                        std::size_t count,
                                        std::uint32_t firstRow,
                                        RowPanels::Hits& hits) noexcept
{
    static_assert(Most <= 64);
    std::uint8_t isAbove[Most];
    for (std::size_t at = 0; at < Most; ++at) {
        isAbove[at] = static_cast<std::uint8_t>(scores[at] > hits.bar);
    }
    std::uint64_t above = 0; // a bit each
    for (std::size_t at = 0; at < Most; at += 8) {
        above |= bitsOf(isAbove + at) << at;
    }
    if (count < Most) {
        above &= (std::uint64_t{1} << count) - 1;
    }
    RowPanels::Hit* end = hits.found + hits.count;
    hits.count += static_cast<std::size_t>(std::popcount(above));
    for (; above != 0; above &= above - 1) {
        const auto at = static_cast<std::size_t>(std::countr_zero(above));
        *end++ = {scores[at], firstRow + static_cast<std::uint32_t>(at)};
    }
}

template<std::size_t Bytes, Tile Size>
[[gnu::always_inline]] inline void searchTile(const Factors& factors,
                                              const Offsets& offsets,
                                              std::size_t rows,
                                              std::uint32_t firstRow,
                                              RowPanels::Hits* hits) noexcept
{
    constexpr std::size_t most = Size.panels * laneCount;
    const std::size_t count = std::min(rows, most);
    float lastOffsets[most] = {};
    if (count < most) {
        std::copy_n(offsets.ofRows, count, lastOffsets);
    }
    const float* rowOffsets = count < most ? lastOffsets : offsets.ofRows;
    LaneSums<Bytes, Size> sums;
#pragma GCC unroll 8
    for (std::size_t panel = 0; panel < Size.panels; ++panel) {
#pragma GCC unroll 8
        for (std::size_t vector = 0; vector < Size.vectors; ++vector) {
            sums.of[panel][vector].load(rowOffsets + panel * laneCount);
            sums.of[panel][vector] += offsets.ofVectors[vector];
        }
    }
    addProducts<1>(factors, 0, sums);
#pragma GCC unroll 8
    for (std::size_t vector = 0; vector < Size.vectors; ++vector) {
        Lane<Bytes> highest;
        highest.copy(sums.of[0][vector]);
#pragma GCC unroll 8
        for (std::size_t panel = 1; panel < Size.panels; ++panel) {
            highest.raiseTo(sums.of[panel][vector]);
        }
        if (highest.isAnyAbove(hits[vector].bar)) {
            float scores[most];
#pragma GCC unroll 8
            for (std::size_t panel = 0; panel < Size.panels; ++panel) {
                sums.of[panel][vector].store(scores + panel * laneCount);
            }
            take<most>(scores, count, firstRow, hits[vector]);
        }
    }
}

/// Calls `work.template operator()<Size>(row, vector)` for tiles that cover the rows, smaller ones at the
/// end.
template<Tile Size, typename Work>
[[gnu::always_inline]] inline void forEachRowOfTiles(std::size_t row,
                                                     std::size_t end,
                                                     std::size_t vector,
                                                     const Work& work) noexcept
{
    constexpr std::size_t together = Size.panels * laneCount;
    for (; row + together - laneCount < end; row += together) {
        work.template operator()<Size>(row, vector);
    }
    for (; row < end; row += laneCount) {
        work.template operator()<Tile{1, Size.vectors}>(row, vector);
    }
}

/// The arguments of a call.
struct Call
{
    Call(const float* panels,
         std::size_t stride,
         const RowPanels::Vectors& givenVectors,
         const RowPanels::Range& givenRows,
         const Offsets& givenOffsets) noexcept
        : factors{panels + givenRows.first * stride, givenVectors.values, stride}
        , vectorCount(givenVectors.count)
        , rows(givenRows)
        , offsets(givenOffsets)
    {
    }

    Factors factors;
    std::size_t vectorCount;
    RowPanels::Range rows;
    Offsets offsets;

    [[gnu::always_inline]] Factors factorsAt(std::size_t row, std::size_t vector) const noexcept
    {
        return {
            factors.panel + row * factors.stride, factors.vectors + vector * factors.stride, factors.stride};
    }
    [[gnu::always_inline]] Offsets offsetsAt(std::size_t row, std::size_t vector) const noexcept
    {
        return {offsets.ofVectors + vector, offsets.ofRows + row};
    }
};

/// The same for all rows and all vectors, by stretches of rows that stay in the cache.
template<Tile Size, typename Work>
[[gnu::always_inline]] inline void forEachTile(const Call& call, const Work& work) noexcept
{
    constexpr std::size_t together = Size.panels * laneCount;
    const std::size_t stride = std::max<std::size_t>(1, call.factors.stride);
    const std::size_t chunk = std::max(together, floatsInCache / stride / together * together);
    const std::size_t vectors = call.vectorCount;
    for (std::size_t start = 0; start < call.rows.count; start += chunk) {
        const std::size_t end = std::min(call.rows.count, start + chunk);
        std::size_t vector = 0;
        for (; vector + Size.vectors <= vectors; vector += Size.vectors) {
            forEachRowOfTiles<Size>(start, end, vector, work);
        }
        for (; vector + 2 <= vectors; vector += 2) {
            forEachRowOfTiles<Tile{Size.panels, 2}>(start, end, vector, work);
        }
        if (vector < vectors) {
            forEachRowOfTiles<Tile{Size.panels, 1}>(start, end, vector, work);
        }
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void multiplyAll(const Call& call, float* products) noexcept
{
    const std::size_t pitch = call.rows.count;
    forEachTile<exactTile<Bytes>>(call, [&]<Tile Size>(std::size_t row, std::size_t vector) ALWAYS_INLINE {
        multiplyTile<Bytes, Size>(call.factorsAt(row, vector),
                                  call.offsetsAt(row, vector),
                                  std::min(Size.panels * laneCount, call.rows.count - row),
                                  products + vector * pitch + row,
                                  pitch);
    });
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void searchAll(const Call& call, RowPanels::Hits* hits) noexcept
{
    forEachTile<roughTile<Bytes>>(call, [&]<Tile Size>(std::size_t row, std::size_t vector) ALWAYS_INLINE {
        searchTile<Bytes, Size>(call.factorsAt(row, vector),
                                call.offsetsAt(row, vector),
                                call.rows.count - row,
                                static_cast<std::uint32_t>(call.rows.first + row),
                                hits + vector);
    });
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

void RowPanels::multiply(const Vectors& vectors,
                         const Range& rows,
                         const Offsets& offsets,
                         float* products) const noexcept
{
    atThisWidth(
        EVERY_WIDTH_OF(multiplyAll), Call(m_panels.data(), m_stride, vectors, rows, offsets), products);
}

void RowPanels::findAbove(const Vectors& vectors,
                          const Range& rows,
                          const Offsets& offsets,
                          Hits* hits) const noexcept
{
    atThisWidthFused(
        EVERY_WIDTH_OF(searchAll), Call(m_panels.data(), m_stride, vectors, rows, offsets), hits);
}

} // namespace transept
