#include "core/model/RowSums.h"

#include "core/base/Processors.h"

#include <algorithm>
#include <cstring>

namespace transept {
namespace {

constexpr std::size_t lanes = FactorMatrix::lanes;
using Values [[gnu::vector_size(lanes * sizeof(float))]] = float;

/// Rows lie anywhere in memory: so many before its turn a row is sent for.
constexpr std::size_t rowsAhead = 8;

/// Rows of one stretch and where their sums go.
struct Stretch
{
    const float* rows;
    std::size_t stride;
    const std::uint32_t* places;
    const float* targets;
    const float* weights;
    std::size_t count;
    float* products;
    float* plain;
    float* weighted;
};

[[gnu::always_inline]] inline void addTo(float* sums, const Values& more)
{
    Values all;
    std::memcpy(&all, sums, sizeof(all));
    all += more;
    std::memcpy(sums, &all, sizeof(all));
}

/// The products of numbers first ... first+height-1 of each row with its 16 from `column` on; in blocks on
/// the diagonal also the sums of these 16.
template<std::size_t height, bool isDiagonal>
[[gnu::always_inline]] inline void addBlock(const Stretch& at, std::size_t first, std::size_t column)
{
    Values products[height] = {};
    Values plain = {};
    Values weighted = {};
    for (std::size_t number = 0; number < at.count; ++number) {
        const std::size_t soon = std::min(number + rowsAhead, at.count - 1);
        __builtin_prefetch(at.rows + at.places[soon] * at.stride + column);
        const float* row = at.rows + at.places[number] * at.stride;
        const float* factors = row + first;
        Values values;
        std::memcpy(&values, row + column, sizeof(values));
        values *= at.weights[number];
        for (std::size_t line = 0; line < height; ++line) {
            products[line] += factors[line] * values;
        }
        if constexpr (isDiagonal) {
            plain += values;
            weighted += at.targets[number] * values;
        }
    }
    for (std::size_t line = 0; line < height; ++line) {
        addTo(at.products + (first + line) * at.stride + column, products[line]);
    }
    if constexpr (isDiagonal) {
        addTo(at.plain + column, plain);
        addTo(at.weighted + column, weighted);
    }
}

/// The blocks of one line of blocks: those left of the diagonal, then the diagonal's.
template<std::size_t height>
[[gnu::always_inline]] inline void addLine(const Stretch& at, std::size_t first)
{
    for (std::size_t column = 0; column < first; column += lanes) {
        addBlock<height, false>(at, first, column);
    }
    addBlock<height, true>(at, first, first);
}

FOR_EVERY_PROCESSOR
void addStretch(const Stretch& at, std::size_t width)
{
    for (std::size_t first = 0; first < width; first += lanes) {
        const std::size_t left = width - first;
        if (left > 12) {
            addLine<16>(at, first);
        } else if (left > 8) {
            addLine<12>(at, first);
        } else if (left > 4) {
            addLine<8>(at, first);
        } else {
            addLine<4>(at, first);
        }
    }
}

} // namespace

RowSums::RowSums(std::size_t rowWidth)
    : width(rowWidth)
    , stride((rowWidth + lanes - 1) / lanes * lanes)
    , products(stride * stride)
    , plain(stride)
    , weighted(stride)
{
}

void RowSums::clear()
{
    std::fill(products.begin(), products.end(), 0.0F);
    std::fill(plain.begin(), plain.end(), 0.0F);
    std::fill(weighted.begin(), weighted.end(), 0.0F);
    targets = 0.0;
    squares = 0.0;
    weight = 0.0;
}

void RowSums::add(const FactorMatrix& rows,
                  std::span<const std::uint32_t> places,
                  std::span<const float> newTargets,
                  std::span<const float> weights)
{
    constexpr std::size_t longest = 256;
    for (std::size_t first = 0; first < places.size(); first += longest) {
        const std::size_t length = std::min(longest, places.size() - first);
        addStretch({.rows = rows.values.data(),
                    .stride = stride,
                    .places = places.data() + first,
                    .targets = newTargets.data() + first,
                    .weights = weights.data() + first,
                    .count = length,
                    .products = products.data(),
                    .plain = plain.data(),
                    .weighted = weighted.data()},
                   width);
    }
    for (std::size_t at = 0; at < places.size(); ++at) {
        const auto target = static_cast<double>(newTargets[at]);
        const auto share = static_cast<double>(weights[at]);
        weight += share;
        targets += share * target;
        squares += share * target * target;
    }
}

} // namespace transept
