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
    for (std::size_t row = 0; row < vectors.size(); ++row) {
        for (std::size_t first = 0; first < stride; first += pairLanes) {
            float sums[pairLanes] = {};
            for (std::size_t at = 0; at < dimension; ++at) {
                for (std::size_t lane = 0; lane < pairLanes; ++lane) {
                    sums[lane] += vectors[row][at] * transposed[at * stride + first + lane];
                }
            }
            for (std::size_t lane = 0; lane < pairLanes; ++lane) {
                projected[row * stride + first + lane] = sums[lane];
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
    for (std::size_t row = 0; row < vectors.size(); ++row) {
        for (std::size_t at = 0; at < dimension; ++at) {
            const float factor = vectors[row][at];
            for (std::size_t column = 0; column < stride; ++column) {
                gradient[at * stride + column] += factor * byProjected[row * stride + column];
            }
        }
    }
}

} // namespace transept
