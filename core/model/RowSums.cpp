#include "core/model/RowSums.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>

namespace transept {
namespace {

template<std::size_t Bytes>
using Lane = LaneParts<float, Bytes>;

/// A block's sums fill no more registers than there are.
template<std::size_t Bytes>
inline constexpr std::size_t tallestBlock = Bytes == 64   ? 16
                                            : Bytes == 32 ? 4
                                                          : 2;

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

template<std::size_t Bytes>
[[gnu::always_inline]] inline void addTo(float* sums, const Lane<Bytes>& more) noexcept
{
    Lane<Bytes> all;
    all.load(sums);
    all += more;
    all.store(sums);
}

/// The products of numbers first ... first+height-1 of each row with its 16 from `column` on; with `isOwn`
/// also the sums of these 16.
template<std::size_t Bytes, std::size_t height, bool isOwn>
[[gnu::always_inline]] inline void addBlock(const Stretch& at, std::size_t first, std::size_t column) noexcept
{
    Lane<Bytes> products[height] = {};
    Lane<Bytes> plain = {};
    Lane<Bytes> weighted = {};
    for (std::size_t number = 0; number < at.count; ++number) {
        const std::size_t soon = std::min(number + rowsAhead, at.count - 1);
        __builtin_prefetch(at.rows + at.places[soon] * at.stride + column);
        const float* row = at.rows + at.places[number] * at.stride;
        const float* factors = row + first;
        Lane<Bytes> values;
        values.load(row + column);
        values *= at.weights[number];
#pragma GCC unroll 16
        for (std::size_t line = 0; line < height; ++line) {
            products[line].addScaled(factors[line], values);
        }
        if constexpr (isOwn) {
            plain += values;
            weighted.addScaled(at.targets[number], values);
        }
    }
#pragma GCC unroll 16
    for (std::size_t line = 0; line < height; ++line) {
        addTo(at.products + (first + line) * at.stride + column, products[line]);
    }
    if constexpr (isOwn) {
        addTo(at.plain + column, plain);
        addTo(at.weighted + column, weighted);
    }
}

/// The blocks of `left` lines, at most `height`, from `first` on: those left of the diagonal, then the
/// diagonal's.
template<std::size_t Bytes, std::size_t height>
[[gnu::always_inline]] inline void addLines(const Stretch& at, std::size_t first, std::size_t left) noexcept
{
    if constexpr (height > 4) {
        if (left <= height - 4) {
            addLines<Bytes, height - 4>(at, first, left);
            return;
        }
    }
    const std::size_t diagonal = first / laneCount * laneCount;
    for (std::size_t column = 0; column < diagonal; column += laneCount) {
        addBlock<Bytes, height, false>(at, first, column);
    }
    if (first == diagonal) {
        addBlock<Bytes, height, true>(at, first, diagonal);
    } else {
        addBlock<Bytes, height, false>(at, first, diagonal);
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void addStretch(const Stretch& at, std::size_t width) noexcept
{
    constexpr std::size_t tallest = tallestBlock<Bytes>;
    for (std::size_t first = 0; first < width; first += tallest) {
        addLines<Bytes, tallest>(at, first, width - first);
    }
}

} // namespace

RowSums::RowSums(std::size_t rowWidth)
    : width(rowWidth)
    , stride((rowWidth + laneCount - 1) / laneCount * laneCount)
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
        const Stretch stretch{.rows = rows.values.data(),
                              .stride = stride,
                              .places = places.data() + first,
                              .targets = newTargets.data() + first,
                              .weights = weights.data() + first,
                              .count = length,
                              .products = products.data(),
                              .plain = plain.data(),
                              .weighted = weighted.data()};
        atThisWidth(EVERY_WIDTH_OF(addStretch), stretch, width);
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
