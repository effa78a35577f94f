#include "core/model/FusionKernel.h"

#include "core/base/Processors.h"

namespace transept {
namespace {

/// So many rows at once share what is loaded of W, and their sums do not wait for each other.
template<std::size_t Bytes>
inline constexpr std::size_t projectedTogether = Bytes / 8;

template<std::size_t Bytes>
[[gnu::always_inline]] inline void project(std::span<const float* const> vectors,
                                           std::size_t dimension,
                                           const float* transposed,
                                           std::size_t stride,
                                           float* projected) noexcept
{
    constexpr std::size_t together = projectedTogether<Bytes>;
    for (std::size_t row = 0; row < vectors.size(); row += together) {
        const float* x[together];
        for (std::size_t each = 0; each < together; ++each) {
            x[each] = vectors[std::min(row + each, vectors.size() - 1)];
        }
        const std::size_t count = std::min(together, vectors.size() - row);
        for (std::size_t first = 0; first < stride; first += laneCount) {
            LaneParts<float, Bytes> sums[together] = {};
            for (std::size_t at = 0; at < dimension; ++at) {
                LaneParts<float, Bytes> w;
                w.load(transposed + at * stride + first);
#pragma GCC unroll 8
                for (std::size_t each = 0; each < together; ++each) {
                    sums[each].addScaled(x[each][at], w);
                }
            }
#pragma GCC unroll 8
            for (std::size_t each = 0; each < together; ++each) {
                if (each < count) {
                    sums[each].store(projected + (row + each) * stride + first);
                }
            }
        }
    }
}

template<std::size_t Bytes>
[[gnu::always_inline]] inline void addGradient(std::span<const float* const> vectors,
                                               std::size_t dimension,
                                               const float* byProjected,
                                               std::size_t stride,
                                               float* gradient) noexcept
{
    // Four rows at once, so that the gradient is loaded and stored a quarter as often.
    constexpr std::size_t together = 4;
    std::size_t row = 0;
    for (; row + together <= vectors.size(); row += together) {
        const float* g = byProjected + row * stride;
        for (std::size_t at = 0; at < dimension; ++at) {
            const float a = vectors[row][at];
            const float b = vectors[row + 1][at];
            const float c = vectors[row + 2][at];
            const float d = vectors[row + 3][at];
            float* sum = gradient + at * stride;
            for (std::size_t column = 0; column < stride; column += laneCount) {
                LaneParts<float, Bytes> by[together];
#pragma GCC unroll 4
                for (std::size_t each = 0; each < together; ++each) {
                    by[each].load(g + each * stride + column);
                }
                LaneParts<float, Bytes> more;
                more.scaledSum(a, by[0], b, by[1]);
                LaneParts<float, Bytes> rest;
                rest.scaledSum(c, by[2], d, by[3]);
                more += rest;
                LaneParts<float, Bytes> total;
                total.load(sum + column);
                total += more;
                total.store(sum + column);
            }
        }
    }
    for (; row < vectors.size(); ++row) {
        for (std::size_t at = 0; at < dimension; ++at) {
            addRow<Bytes>(vectors[row][at], byProjected + row * stride, gradient + at * stride, stride);
        }
    }
}

} // namespace

void projectRows(std::span<const float* const> vectors,
                 std::size_t dimension,
                 const float* transposed,
                 std::size_t stride,
                 float* projected) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(project), vectors, dimension, transposed, stride, projected);
}

void addProjectionGradient(std::span<const float* const> vectors,
                           std::size_t dimension,
                           const float* byProjected,
                           std::size_t stride,
                           float* gradient) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(addGradient), vectors, dimension, byProjected, stride, gradient);
}

} // namespace transept
