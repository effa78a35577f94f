#pragma once

#include <cstddef>

/// Plain loops over float32 vectors, compiled for several processors and chosen at start. Sums run in 16
/// lanes that are added in a fixed order, so every processor computes the same bits.
namespace transept::kernels {

float dot(const float* a, const float* b, std::size_t length) noexcept;

/// y += factor * x
void addScaled(float factor, const float* x, float* y, std::size_t length) noexcept;

/// y *= factor
void scale(float factor, float* y, std::size_t length) noexcept;

/// out[r] = <rows + r * stride, x> for r = 0 ... count-1
void dotRows(const float* rows,
             std::size_t count,
             std::size_t stride,
             const float* x,
             std::size_t length,
             float* out) noexcept;

/// squares += gradient^2,  values -= rate * gradient / sqrt(squares + epsilon)
void adaGradStep(float rate,
                 float epsilon,
                 const float* gradient,
                 float* values,
                 float* squares,
                 std::size_t length) noexcept;

struct AdamRates
{
    float rate = 0.0F; ///< with the correction of the first moment
    float beta1 = 0.9F;
    float beta2 = 0.999F;
    float correction = 1.0F; ///< of the second moment
    float epsilon = 1e-8F;
};

/// first, second: the moving means of gradient and gradient^2;
///   values -= rate * first / (sqrt(correction * second) + epsilon)
void adamStep(const AdamRates& rates,
              const float* gradient,
              float* values,
              float* first,
              float* second,
              std::size_t length) noexcept;

} // namespace transept::kernels
