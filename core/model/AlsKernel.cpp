#include "core/model/AlsKernel.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace transept::als {
namespace {

template<std::size_t Bytes>
using Lane = LaneParts<float, Bytes>;

/// act(0), act(1), ... with constants, so that arrays of sums stay in registers.
template<typename Act, std::size_t... number>
[[gnu::always_inline]] inline void unrolled(std::index_sequence<number...> /*numbers*/, Act act) noexcept
{
    (act(std::integral_constant<std::size_t, number>()), ...);
}

/// A tile's sums fill half of the registers: rows of them, and the most chunks of 16 columns.
template<std::size_t Bytes>
inline constexpr std::size_t tileHeight = Bytes / 8;
template<std::size_t Bytes>
inline constexpr std::size_t tileChunks = Bytes == 64 ? 2 : 1;

/// A tile of tileHeight x 16 * chunks sums: to = from +- sum over the rows t of x_t[i ...] x_t[j ...]'.
struct Tile
{
    const float* values = nullptr;
    std::size_t stride = 0;
    std::size_t depth = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t size = 0; ///< of a row of `from` and `to`
};

template<std::size_t Bytes, std::size_t chunks, bool subtract>
[[gnu::always_inline]] inline void addTile(const Tile& tile, const float* from, float* to) noexcept
{
    constexpr auto down = std::make_index_sequence<tileHeight<Bytes>>();
    constexpr auto across = std::make_index_sequence<chunks>();
    Lane<Bytes> sums[tileHeight<Bytes>][chunks];
    const std::size_t corner = tile.i * tile.size + tile.j;
    unrolled(down, [&](auto r) ALWAYS_INLINE {
        unrolled(across, [&](auto h) ALWAYS_INLINE {
            sums[r][h].load(from + corner + r * tile.size + h * laneCount);
        });
    });
    const float* left = tile.values + tile.i;
    const float* right = tile.values + tile.j;
    for (std::size_t t = 0; t < tile.depth; ++t) {
        Lane<Bytes> along[chunks];
        unrolled(across, [&](auto h) ALWAYS_INLINE { along[h].load(right + h * laneCount); });
        unrolled(down, [&](auto r) ALWAYS_INLINE {
            unrolled(across, [&](auto h) ALWAYS_INLINE {
                if constexpr (subtract) {
                    sums[r][h].subtractScaled(left[r], along[h]);
                } else {
                    sums[r][h].addScaled(left[r], along[h]);
                }
            });
        });
        left += tile.stride;
        right += tile.stride;
    }
    unrolled(down, [&](auto r) ALWAYS_INLINE {
        unrolled(across, [&](auto h) ALWAYS_INLINE {
            sums[r][h].store(to + corner + r * tile.size + h * laneCount);
        });
    });
}

/// The tiles of 16 rows of the upper triangle, from the diagonal to the right.
template<std::size_t Bytes, bool subtract>
[[gnu::always_inline]] inline void addBand(Tile tile, const float* from, float* to) noexcept
{
    constexpr std::size_t most = tileChunks<Bytes>;
    const std::size_t first = tile.i;
    for (tile.j = first; tile.j < tile.size;) {
        const bool wide = tile.j + most * laneCount <= tile.size;
        for (tile.i = first; tile.i < first + laneCount; tile.i += tileHeight<Bytes>) {
            if (wide) {
                addTile<Bytes, most, subtract>(tile, from, to);
            } else {
                addTile<Bytes, 1, subtract>(tile, from, to);
            }
        }
        tile.j += (wide ? most : 1) * laneCount;
    }
}

/// Lane r of `result`: <row r, x>. A part of as many rows at a time as it has numbers.
template<std::size_t Bytes>
[[gnu::always_inline]] inline void dotSixteenRows(
    const float* rows, std::size_t stride, const float* x, std::size_t size, Lane<Bytes>& result) noexcept
{
    using Part = typename Lane<Bytes>::Part;
    constexpr std::size_t width = Lane<Bytes>::width;
    constexpr auto parts = std::make_index_sequence<Lane<Bytes>::count>();
    unrolled(parts, [&](auto group) ALWAYS_INLINE {
        const float* first = rows + group * width * stride;
        Lane<Bytes> totals;
        unrolled(parts, [&](auto part) ALWAYS_INLINE {
            Part sums[width] = {};
            for (std::size_t at = part * width; at < size; at += laneCount) {
                Part along;
                Lane<Bytes>::load(x + at, along);
                unrolled(std::make_index_sequence<width>(), [&](auto r) ALWAYS_INLINE {
                    Part row;
                    Lane<Bytes>::load(first + r * stride + at, row);
                    sums[r] += row * along;
                });
            }
            Lane<Bytes>::addAcross(sums, totals.parts[part]);
        });
        totals.addParts(result.parts[group]);
    });
}

/// y += sum over 16 rows of factors[r] times row r
template<std::size_t Bytes>
[[gnu::always_inline]] inline void addSixteenRows(
    const float* rows, std::size_t stride, const float* factors, std::size_t size, float* y) noexcept
{
    const auto addColumns = [&]<std::size_t chunks>(std::size_t at) ALWAYS_INLINE {
        constexpr auto across = std::make_index_sequence<chunks>();
        Lane<Bytes> sums[chunks];
        unrolled(across, [&](auto h) ALWAYS_INLINE { sums[h].load(y + at + h * laneCount); });
        unrolled(std::make_index_sequence<laneCount>(), [&](auto r) ALWAYS_INLINE {
            unrolled(across, [&](auto h) ALWAYS_INLINE {
                Lane<Bytes> row;
                row.load(rows + r * stride + at + h * laneCount);
                sums[h].addScaled(factors[r], row);
            });
        });
        unrolled(across, [&](auto h) ALWAYS_INLINE { sums[h].store(y + at + h * laneCount); });
    };
    std::size_t at = 0;
    for (; at + 2 * laneCount <= size; at += 2 * laneCount) {
        addColumns.template operator()<2>(at);
    }
    if (at < size) {
        addColumns.template operator()<1>(at);
    }
}

/// Factorises the 16 x 16 blocks on the diagonal at `first`. A step waits for a root and a quotient; the
/// other systems' steps fill the time.
template<std::size_t Bytes>
[[gnu::always_inline]] inline bool factoriseDiagonals(std::span<const System> systems,
                                                      std::size_t size,
                                                      std::size_t first) noexcept
{
    bool positive = true;
    for (std::size_t t = 0; t < laneCount; ++t) {
        for (const System& system : systems) {
            float* row = system.matrix + (first + t) * size + first;
            const float pivot = row[t];
            positive = positive && pivot > 0.0F && pivot <= std::numeric_limits<float>::max();
            const float scale = 1.0F / std::sqrt(pivot);
            system.scales[first + t] = scale;
            Lane<Bytes> scaled;
            scaled.load(row);
            scaled *= scale;
            scaled.store(row);
            for (std::size_t s = t + 1; s < laneCount; ++s) {
                float* below = row + (s - t) * size;
                Lane<Bytes> reduced;
                reduced.load(below);
                reduced.subtractScaled(row[s], scaled);
                reduced.store(below);
            }
        }
    }
    return positive;
}

/// 16 columns of the rows at `first`: x_t = (a_t - sum_(s < t) U_st x_s) / U_tt. As many rows at once as
/// there are registers for.
template<std::size_t Bytes>
[[gnu::always_inline]] inline void solveColumns(const System& system,
                                                std::size_t size,
                                                std::size_t first,
                                                std::size_t column) noexcept
{
    constexpr std::size_t height = Bytes / sizeof(float);
    constexpr auto all = std::make_index_sequence<height>();
    const float* diagonal = system.matrix + first * size + first;
    float* columns = system.matrix + first * size + column;
    for (std::size_t start = 0; start < laneCount; start += height) {
        Lane<Bytes> x[height];
        unrolled(all, [&](auto t) ALWAYS_INLINE { x[t].load(columns + (start + t) * size); });
        for (std::size_t s = 0; s < start; ++s) {
            Lane<Bytes> known;
            known.load(columns + s * size);
            unrolled(all, [&](auto t) ALWAYS_INLINE {
                x[t].subtractScaled(diagonal[s * size + start + t], known);
            });
        }
        unrolled(all, [&](auto s) ALWAYS_INLINE {
            x[s] *= system.scales[first + start + s];
            x[s].store(columns + (start + s) * size);
            unrolled(all, [&](auto t) ALWAYS_INLINE {
                if constexpr (t > s) {
                    x[t].subtractScaled(diagonal[(start + s) * size + start + t], x[s]);
                }
            });
        });
    }
}

/// right = U'^-1 right
template<std::size_t Bytes>
[[gnu::always_inline]] inline void solveForward(std::span<const System> systems, std::size_t size) noexcept
{
    for (std::size_t first = 0; first < size; first += laneCount) {
        for (std::size_t t = 0; t < laneCount; ++t) {
            for (const System& system : systems) {
                float* right = system.right + first;
                const float y = right[t] * system.scales[first + t];
                // The row's numbers left of the diagonal are rubbish, and so are these places from now on.
                const float* row = system.matrix + (first + t) * size + first;
                for (std::size_t s = t + 1; s < laneCount; ++s) {
                    right[s] -= y * row[s];
                }
                right[t] = y;
            }
        }
        for (const System& system : systems) {
            const std::size_t rest = first + laneCount;
            float negated[laneCount];
            for (std::size_t t = 0; t < laneCount; ++t) {
                negated[t] = -system.right[first + t];
            }
            addSixteenRows<Bytes>(
                system.matrix + first * size + rest, size, negated, size - rest, system.right + rest);
        }
    }
}

/// right = U^-1 right
template<std::size_t Bytes>
[[gnu::always_inline]] inline void solveBackward(std::span<const System> systems, std::size_t size) noexcept
{
    for (std::size_t first = size - laneCount; first < size; first -= laneCount) {
        const std::size_t rest = first + laneCount;
        for (const System& system : systems) {
            Lane<Bytes> known;
            dotSixteenRows<Bytes>(
                system.matrix + first * size + rest, size, system.right + rest, size - rest, known);
            Lane<Bytes> right;
            right.load(system.right + first);
            right -= known;
            right.store(system.right + first);
        }
        for (std::size_t step = 0; step < laneCount; ++step) {
            const std::size_t t = laneCount - 1 - step;
            for (const System& system : systems) {
                float* right = system.right + first;
                right[t] *= system.scales[first + t];
                const float* column = system.matrix + first * size + first + t;
                for (std::size_t s = 0; s < t; ++s) {
                    right[s] -= column[s * size] * right[t];
                }
            }
        }
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void gather(Source source,
                                          std::span<const std::int32_t> columns,
                                          const float* roots,
                                          float* out) noexcept
{
    constexpr std::size_t ahead = 6;
    for (std::size_t r = 0; r < columns.size(); ++r) {
        if (r + ahead < columns.size()) {
            const float* later = source.rows + static_cast<std::size_t>(columns[r + ahead]) * source.stride;
            for (std::size_t at = 0; at < source.stride; at += laneCount) {
                __builtin_prefetch(later + at);
            }
        }
        const float* row = source.rows + static_cast<std::size_t>(columns[r]) * source.stride;
        for (std::size_t at = 0; at < source.stride; at += laneCount) {
            Lane<Bytes> values;
            values.load(row + at);
            values *= roots[r];
            values.store(out + at);
        }
        out += source.stride;
    }
    const std::size_t padding = (laneCount - columns.size() % laneCount) % laneCount;
    std::fill_n(out, padding * source.stride, 0.0F);
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void outerProducts(Rows rows,
                                                 std::size_t size,
                                                 const float* start,
                                                 float* sums) noexcept
{
    for (std::size_t i = 0; i < size; i += laneCount) {
        addBand<Bytes, false>(
            {.values = rows.values, .stride = rows.stride, .depth = rows.count, .i = i, .size = size},
            start,
            sums);
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void dots(
    Rows rows, std::size_t size, const float* x, float sign, float* out) noexcept
{
    for (std::size_t r = 0; r < rows.count; r += laneCount) {
        Lane<Bytes> products;
        dotSixteenRows<Bytes>(rows.values + r * rows.stride, rows.stride, x, size, products);
        Lane<Bytes> sums;
        sums.load(out + r);
        sums.addScaled(sign, products);
        sums.store(out + r);
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void scaledRows(Rows rows,
                                              std::size_t size,
                                              const float* factors,
                                              float* y) noexcept
{
    for (std::size_t r = 0; r < rows.count; r += laneCount) {
        addSixteenRows<Bytes>(rows.values + r * rows.stride, rows.stride, factors + r, size, y);
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void normalProduct(Rows rows,
                                                 std::size_t size,
                                                 const float* x,
                                                 float* y) noexcept
{
    for (std::size_t r = 0; r < rows.count; r += laneCount) {
        const float* first = rows.values + r * rows.stride;
        Lane<Bytes> products;
        dotSixteenRows<Bytes>(first, rows.stride, x, size, products);
        float factors[laneCount];
        products.store(factors);
        addSixteenRows<Bytes>(first, rows.stride, factors, size, y);
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline bool solve(std::span<const System> systems, std::size_t size) noexcept
{
    bool positive = true;
    for (std::size_t first = 0; first < size; first += laneCount) {
        for (const System& system : systems) {
            addBand<Bytes, true>(
                {.values = system.matrix, .stride = size, .depth = first, .i = first, .size = size},
                system.matrix,
                system.matrix);
        }
        positive = factoriseDiagonals<Bytes>(systems, size, first) && positive;
        for (const System& system : systems) {
            for (std::size_t column = first + laneCount; column < size; column += laneCount) {
                solveColumns<Bytes>(system, size, first, column);
            }
        }
    }
    solveForward<Bytes>(systems, size);
    solveBackward<Bytes>(systems, size);
    return positive;
}

} // namespace

void gatherRows(Source source, std::span<const std::int32_t> columns, const float* roots, float* out) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(gather), source, columns, roots, out);
}

void addOuterProducts(Rows rows, std::size_t size, const float* start, float* sums) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(outerProducts), rows, size, start, sums);
}

void addDots(Rows rows, std::size_t size, const float* x, float sign, float* out) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(dots), rows, size, x, sign, out);
}

void addRows(Rows rows, std::size_t size, const float* factors, float* y) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(scaledRows), rows, size, factors, y);
}

void addNormalProduct(Rows rows, std::size_t size, const float* x, float* y) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(normalProduct), rows, size, x, y);
}

bool solveSystems(std::span<const System> systems, std::size_t size) noexcept
{
    return atThisWidth(EVERY_WIDTH_OF(solve), systems, size);
}

} // namespace transept::als
