#include "core/model/AlsKernel.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace transept::als {
namespace {

using Sixteen [[gnu::vector_size(laneCount * sizeof(float)), gnu::may_alias]] = float;

[[gnu::always_inline]] inline Sixteen& sixteen(float* at) noexcept
{
    return *reinterpret_cast<Sixteen*>(at);
}

[[gnu::always_inline]] inline const Sixteen& sixteen(const float* at) noexcept
{
    return *reinterpret_cast<const Sixteen*>(at);
}

/// act(0), act(1), ... with constants, so that arrays of sums stay in registers.
template<typename Act, std::size_t... number>
[[gnu::always_inline]] inline void unrolled(std::index_sequence<number...> /*numbers*/, Act act) noexcept
{
    (act(std::integral_constant<std::size_t, number>()), ...);
}

#define INLINE_LAMBDA __attribute__((always_inline))

constexpr std::size_t tileHeight = 8; ///< 8 x 32 sums fill half of the registers

/// A tile of `tileHeight` x 16 * chunks sums: to = from +- sum over the rows t of x_t[i ...] x_t[j ...]'.
struct Tile
{
    const float* values = nullptr;
    std::size_t stride = 0;
    std::size_t depth = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t size = 0; ///< of a row of `from` and `to`
};

template<std::size_t chunks, bool subtract>
[[gnu::always_inline]] inline void addTile(const Tile& tile, const float* from, float* to) noexcept
{
    constexpr auto down = std::make_index_sequence<tileHeight>();
    constexpr auto across = std::make_index_sequence<chunks>();
    Sixteen sums[tileHeight][chunks];
    const std::size_t corner = tile.i * tile.size + tile.j;
    unrolled(down, [&](auto r) INLINE_LAMBDA {
        unrolled(across, [&](auto h) INLINE_LAMBDA {
            sums[r][h] = sixteen(from + corner + r * tile.size + h * laneCount);
        });
    });
    const float* left = tile.values + tile.i;
    const float* right = tile.values + tile.j;
    for (std::size_t t = 0; t < tile.depth; ++t) {
        Sixteen along[chunks];
        unrolled(across, [&](auto h) INLINE_LAMBDA { along[h] = sixteen(right + h * laneCount); });
        unrolled(down, [&](auto r) INLINE_LAMBDA {
            unrolled(across, [&](auto h) INLINE_LAMBDA {
                if constexpr (subtract) {
                    sums[r][h] -= left[r] * along[h];
                } else {
                    sums[r][h] += left[r] * along[h];
                }
            });
        });
        left += tile.stride;
        right += tile.stride;
    }
    unrolled(down, [&](auto r) INLINE_LAMBDA {
        unrolled(across, [&](auto h) INLINE_LAMBDA {
            sixteen(to + corner + r * tile.size + h * laneCount) = sums[r][h];
        });
    });
}

/// The tiles of 16 rows of the upper triangle, from the diagonal to the right.
template<bool subtract>
[[gnu::always_inline]] inline void addBand(Tile tile, const float* from, float* to) noexcept
{
    const std::size_t first = tile.i;
    for (tile.j = first; tile.j < tile.size;) {
        const bool wide = tile.j + 2 * laneCount <= tile.size;
        for (tile.i = first; tile.i < first + laneCount; tile.i += tileHeight) {
            if (wide) {
                addTile<2, subtract>(tile, from, to);
            } else {
                addTile<1, subtract>(tile, from, to);
            }
        }
        tile.j += (wide ? 2 : 1) * laneCount;
    }
}

/// Lane r of `result`: the sum of the lanes of sums[r].
[[gnu::always_inline]] inline void addAcross(const Sixteen (&sums)[laneCount], Sixteen& result) noexcept
{
    Sixteen eight[8];
    unrolled(std::make_index_sequence<8>(), [&](auto n) INLINE_LAMBDA {
        const Sixteen& a = sums[2 * n];
        const Sixteen& b = sums[2 * n + 1];
        eight[n] = __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
                   __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
    });
    Sixteen four[4];
    unrolled(std::make_index_sequence<4>(), [&](auto n) INLINE_LAMBDA {
        const Sixteen& a = eight[2 * n];
        const Sixteen& b = eight[2 * n + 1];
        four[n] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
                  __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    });
    Sixteen two[2];
    unrolled(std::make_index_sequence<2>(), [&](auto n) INLINE_LAMBDA {
        const Sixteen& a = four[2 * n];
        const Sixteen& b = four[2 * n + 1];
        two[n] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27) +
                 __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    });
    result =
        __builtin_shufflevector(two[0], two[1], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
        __builtin_shufflevector(two[0], two[1], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}

/// Lane r of `result`: <row r, x>.
[[gnu::always_inline]] inline void dotSixteenRows(
    const float* rows, std::size_t stride, const float* x, std::size_t size, Sixteen& result) noexcept
{
    constexpr auto all = std::make_index_sequence<laneCount>();
    Sixteen sums[laneCount] = {};
    for (std::size_t at = 0; at < size; at += laneCount) {
        const Sixteen& along = sixteen(x + at);
        unrolled(all, [&](auto r) INLINE_LAMBDA { sums[r] += sixteen(rows + r * stride + at) * along; });
    }
    addAcross(sums, result);
}

/// y += sum over 16 rows of factors[r] times row r
[[gnu::always_inline]] inline void addSixteenRows(
    const float* rows, std::size_t stride, const float* factors, std::size_t size, float* y) noexcept
{
    constexpr auto all = std::make_index_sequence<laneCount>();
    std::size_t at = 0;
    for (; at + 2 * laneCount <= size; at += 2 * laneCount) {
        Sixteen sums[2] = {sixteen(y + at), sixteen(y + at + laneCount)};
        unrolled(all, [&](auto r) INLINE_LAMBDA {
            sums[0] += factors[r] * sixteen(rows + r * stride + at);
            sums[1] += factors[r] * sixteen(rows + r * stride + at + laneCount);
        });
        sixteen(y + at) = sums[0];
        sixteen(y + at + laneCount) = sums[1];
    }
    if (at < size) {
        Sixteen sum = sixteen(y + at);
        unrolled(all, [&](auto r) INLINE_LAMBDA { sum += factors[r] * sixteen(rows + r * stride + at); });
        sixteen(y + at) = sum;
    }
}

/// Factorises the 16 x 16 blocks on the diagonal at `first`. A step waits for a root and a quotient; the
/// other systems' steps fill the time.
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
            const Sixteen scaled = scale * sixteen(row);
            sixteen(row) = scaled;
            for (std::size_t s = t + 1; s < laneCount; ++s) {
                sixteen(row + (s - t) * size) -= row[s] * scaled;
            }
        }
    }
    return positive;
}

/// 16 columns of the rows at `first`: x_t = (a_t - sum_(s < t) U_st x_s) / U_tt
[[gnu::always_inline]] inline void solveColumns(const System& system,
                                                std::size_t size,
                                                std::size_t first,
                                                std::size_t column) noexcept
{
    constexpr auto all = std::make_index_sequence<laneCount>();
    const float* diagonal = system.matrix + first * size + first;
    float* columns = system.matrix + first * size + column;
    Sixteen x[laneCount];
    unrolled(all, [&](auto t) INLINE_LAMBDA { x[t] = sixteen(columns + t * size); });
    unrolled(all, [&](auto s) INLINE_LAMBDA {
        x[s] *= system.scales[first + s];
        sixteen(columns + s * size) = x[s];
        unrolled(all, [&](auto t) INLINE_LAMBDA {
            if constexpr (t > s) {
                x[t] -= diagonal[s * size + t] * x[s];
            }
        });
    });
}

/// right = U'^-1 right
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
            addSixteenRows(
                system.matrix + first * size + rest, size, negated, size - rest, system.right + rest);
        }
    }
}

/// right = U^-1 right
[[gnu::always_inline]] inline void solveBackward(std::span<const System> systems, std::size_t size) noexcept
{
    for (std::size_t first = size - laneCount; first < size; first -= laneCount) {
        const std::size_t rest = first + laneCount;
        for (const System& system : systems) {
            Sixteen known;
            dotSixteenRows(
                system.matrix + first * size + rest, size, system.right + rest, size - rest, known);
            sixteen(system.right + first) -= known;
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

} // namespace

FOR_EVERY_PROCESSOR
void gatherRows(Source source, std::span<const std::int32_t> columns, const float* roots, float* out) noexcept
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
            sixteen(out + at) = roots[r] * sixteen(row + at);
        }
        out += source.stride;
    }
    const std::size_t padding = (laneCount - columns.size() % laneCount) % laneCount;
    std::fill_n(out, padding * source.stride, 0.0F);
}

FOR_EVERY_PROCESSOR
void addOuterProducts(Rows rows, std::size_t size, const float* start, float* sums) noexcept
{
    for (std::size_t i = 0; i < size; i += laneCount) {
        addBand<false>(
            {.values = rows.values, .stride = rows.stride, .depth = rows.count, .i = i, .size = size},
            start,
            sums);
    }
}

FOR_EVERY_PROCESSOR
void addDots(Rows rows, std::size_t size, const float* x, float sign, float* out) noexcept
{
    for (std::size_t r = 0; r < rows.count; r += laneCount) {
        Sixteen dots;
        dotSixteenRows(rows.values + r * rows.stride, rows.stride, x, size, dots);
        sixteen(out + r) += sign * dots;
    }
}

FOR_EVERY_PROCESSOR
void addRows(Rows rows, std::size_t size, const float* factors, float* y) noexcept
{
    for (std::size_t r = 0; r < rows.count; r += laneCount) {
        addSixteenRows(rows.values + r * rows.stride, rows.stride, factors + r, size, y);
    }
}

FOR_EVERY_PROCESSOR
void addNormalProduct(Rows rows, std::size_t size, const float* x, float* y) noexcept
{
    for (std::size_t r = 0; r < rows.count; r += laneCount) {
        alignas(Sixteen) float dots[laneCount];
        dotSixteenRows(rows.values + r * rows.stride, rows.stride, x, size, sixteen(dots));
        addSixteenRows(rows.values + r * rows.stride, rows.stride, dots, size, y);
    }
}

FOR_EVERY_PROCESSOR
bool solveSystems(std::span<const System> systems, std::size_t size) noexcept
{
    bool positive = true;
    for (std::size_t first = 0; first < size; first += laneCount) {
        for (const System& system : systems) {
            addBand<true>({.values = system.matrix, .stride = size, .depth = first, .i = first, .size = size},
                          system.matrix,
                          system.matrix);
        }
        positive = factoriseDiagonals(systems, size, first) && positive;
        for (const System& system : systems) {
            for (std::size_t column = first + laneCount; column < size; column += laneCount) {
                solveColumns(system, size, first, column);
            }
        }
    }
    solveForward(systems, size);
    solveBackward(systems, size);
    return positive;
}

} // namespace transept::als
