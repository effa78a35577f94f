#include "core/base/Kernels.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <algorithm>
#include <cmath>

namespace transept::kernels {
namespace {

template<std::size_t Bytes>
[[gnu::always_inline]] inline float product(const float* a, const float* b, std::size_t length) noexcept
{
    LaneParts<float, Bytes> sums{};
    const std::size_t whole = length / laneCount * laneCount;
    sums.addProducts(a, b, whole);
    if (whole < length) {
        float lastOfA[laneCount] = {};
        float lastOfB[laneCount] = {};
        std::copy(a + whole, a + length, lastOfA);
        std::copy(b + whole, b + length, lastOfB);
        sums.addProducts(lastOfA, lastOfB, laneCount);
    }
    return sums.sum();
}

struct Rows
{
    const float* first;
    std::size_t count;
    std::size_t stride;
};

template<std::size_t Bytes>
[[gnu::always_inline]] inline void productsOf(const Rows& rows,
                                              const float* x,
                                              std::size_t length,
                                              float* out) noexcept
{
    for (std::size_t row = 0; row < rows.count; ++row) {
        out[row] = product<Bytes>(rows.first + row * rows.stride, x, length);
    }
}

} // namespace

float dot(const float* a, const float* b, std::size_t length) noexcept
{
    return atThisWidth(EVERY_WIDTH_OF(product), a, b, length);
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

void dotRows(const float* rows,
             std::size_t count,
             std::size_t stride,
             const float* x,
             std::size_t length,
             float* out) noexcept
{
    atThisWidth(EVERY_WIDTH_OF(productsOf), Rows{rows, count, stride}, x, length, out);
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
