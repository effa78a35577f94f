#include "core/base/Kernels.h"

#include "core/base/Processors.h"

#include <cmath>

namespace transept::kernels {
namespace {

constexpr std::size_t lanes = 16;

} // namespace

FOR_EVERY_PROCESSOR
float dot(const float* a, const float* b, std::size_t length) noexcept
{
    float sums[lanes] = {};
    std::size_t at = 0;
    for (; at + lanes <= length; at += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            sums[lane] += a[at + lane] * b[at + lane];
        }
    }
    for (std::size_t lane = 0; at + lane < length; ++lane) {
        sums[lane] += a[at + lane] * b[at + lane];
    }
    for (std::size_t half = lanes / 2; half > 0; half /= 2) {
        for (std::size_t lane = 0; lane < half; ++lane) {
            sums[lane] += sums[lane + half];
        }
    }
    return sums[0];
}

FOR_EVERY_PROCESSOR
void addScaled(float factor, const float* x, float* y, std::size_t length) noexcept
{
    for (std::size_t at = 0; at < length; ++at) {
        y[at] += factor * x[at];
    }
}

FOR_EVERY_PROCESSOR
void scale(float factor, float* y, std::size_t length) noexcept
{
    for (std::size_t at = 0; at < length; ++at) {
        y[at] *= factor;
    }
}

FOR_EVERY_PROCESSOR
void factorStep(float rate, float error, float decay, float* p, float* q, std::size_t length) noexcept
{
    for (std::size_t at = 0; at < length; ++at) {
        const float old = p[at];
        p[at] += rate * (error * q[at] - decay * old);
        q[at] += rate * (error * old - decay * q[at]);
    }
}

FOR_EVERY_PROCESSOR
void dotRows(const float* rows,
             std::size_t count,
             std::size_t stride,
             const float* x,
             std::size_t length,
             float* out) noexcept
{
    for (std::size_t row = 0; row < count; ++row) {
        const float* a = rows + row * stride;
        float sums[lanes] = {};
        std::size_t at = 0;
        for (; at + lanes <= length; at += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                sums[lane] += a[at + lane] * x[at + lane];
            }
        }
        for (std::size_t lane = 0; at + lane < length; ++lane) {
            sums[lane] += a[at + lane] * x[at + lane];
        }
        for (std::size_t half = lanes / 2; half > 0; half /= 2) {
            for (std::size_t lane = 0; lane < half; ++lane) {
                sums[lane] += sums[lane + half];
            }
        }
        out[row] = sums[0];
    }
}

FOR_EVERY_PROCESSOR
void adaGradStep(float rate,
                 float epsilon,
                 const float* gradient,
                 float* values,
                 float* squares,
                 std::size_t length) noexcept
{
    for (std::size_t at = 0; at < length; ++at) {
        squares[at] += gradient[at] * gradient[at];
        values[at] -= rate * gradient[at] / std::sqrt(squares[at] + epsilon);
    }
}

FOR_EVERY_PROCESSOR
void adamStep(const AdamRates& rates,
              const float* gradient,
              float* values,
              float* first,
              float* second,
              std::size_t length) noexcept
{
    for (std::size_t at = 0; at < length; ++at) {
        first[at] = rates.beta1 * first[at] + (1.0F - rates.beta1) * gradient[at];
        second[at] = rates.beta2 * second[at] + (1.0F - rates.beta2) * gradient[at] * gradient[at];
        values[at] -= rates.rate * first[at] / (std::sqrt(rates.correction * second[at]) + rates.epsilon);
    }
}

} // namespace transept::kernels
