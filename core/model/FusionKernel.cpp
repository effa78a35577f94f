#include "core/model/FusionKernel.h"

#include "core/base/Processors.h"

namespace transept {

FOR_EVERY_PROCESSOR
void projectRows(std::span<const float* const> vectors,
                 std::size_t dimension,
                 const float* transposed,
                 std::size_t stride,
                 float* projected) noexcept
{
    // Four rows at once share what is loaded of W, and their sums do not wait for each other.
    constexpr std::size_t together = 4;
    for (std::size_t row = 0; row < vectors.size(); row += together) {
        const float* x[together];
        for (std::size_t each = 0; each < together; ++each) {
            x[each] = vectors[std::min(row + each, vectors.size() - 1)];
        }
        for (std::size_t first = 0; first < stride; first += laneCount) {
            float sums[together][laneCount] = {};
            for (std::size_t at = 0; at < dimension; ++at) {
                const float* w = transposed + at * stride + first;
                for (std::size_t each = 0; each < together; ++each) {
                    for (std::size_t lane = 0; lane < laneCount; ++lane) {
                        sums[each][lane] += x[each][at] * w[lane];
                    }
                }
            }
            const std::size_t count = std::min(together, vectors.size() - row);
            for (std::size_t each = 0; each < count; ++each) {
                std::copy_n(sums[each], laneCount, projected + (row + each) * stride + first);
            }
        }
    }
}

FOR_EVERY_PROCESSOR
void addProjectionGradient(std::span<const float* const> vectors,
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
            float* __restrict sum = gradient + at * stride;
            for (std::size_t column = 0; column < stride; ++column) {
                sum[column] += (a * g[column] + b * g[stride + column]) +
                               (c * g[2 * stride + column] + d * g[3 * stride + column]);
            }
        }
    }
    for (; row < vectors.size(); ++row) {
        for (std::size_t at = 0; at < dimension; ++at) {
            addRow(vectors[row][at], byProjected + row * stride, gradient + at * stride, stride);
        }
    }
}

} // namespace transept
