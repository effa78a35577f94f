#include "core/nn/Optimizer.h"

#include "core/base/Kernels.h"

#include <cmath>

namespace transept {

std::optional<OptimizerKind> optimizerKind(std::string_view word)
{
    if (word == "sgd") {
        return OptimizerKind::Sgd;
    }
    if (word == "adagrad") {
        return OptimizerKind::AdaGrad;
    }
    if (word == "adam") {
        return OptimizerKind::Adam;
    }
    return std::nullopt;
}

void Sgd::step(std::span<const float> gradient, std::span<float> values) const noexcept
{
    kernels::addScaled(-rate, gradient.data(), values.data(), values.size());
}

void AdaGrad::step(std::span<const float> gradient,
                   std::span<float> values,
                   std::span<float> squares) const noexcept
{
    kernels::adaGradStep(rate, epsilon, gradient.data(), values.data(), squares.data(), values.size());
}

void Adam::step(std::span<const float> gradient,
                std::span<float> values,
                std::span<float> moments,
                std::uint32_t n) const noexcept
{
    const auto power = static_cast<float>(n);
    const kernels::AdamRates rates{.rate = rate / (1.0F - std::pow(beta1, power)),
                                   .beta1 = beta1,
                                   .beta2 = beta2,
                                   .correction = 1.0F / (1.0F - std::pow(beta2, power)),
                                   .epsilon = epsilon};
    kernels::adamStep(
        rates, gradient.data(), values.data(), moments.data(), moments.data() + values.size(), values.size());
}

RowOptimizer::RowOptimizer(OptimizerKind kind, std::size_t rows, std::size_t width)
    : m_kind(kind)
    , m_width(width)
{
    if (kind == OptimizerKind::AdaGrad) {
        m_states.assign(rows * width, 0.0F);
    } else if (kind == OptimizerKind::Adam) {
        m_states.assign(2 * rows * width, 0.0F);
        m_steps.assign(rows, 0);
    }
}

void RowOptimizer::step(float rate,
                        std::size_t row,
                        std::span<const float> gradient,
                        std::span<float> values) noexcept
{
    switch (m_kind) {
    case OptimizerKind::Sgd:
        Sgd{.rate = rate}.step(gradient, values);
        break;
    case OptimizerKind::AdaGrad:
        AdaGrad{.rate = rate}.step(gradient, values, {m_states.data() + row * m_width, m_width});
        break;
    case OptimizerKind::Adam:
        Adam{.rate = rate}.step(
            gradient, values, {m_states.data() + 2 * row * m_width, 2 * m_width}, ++m_steps[row]);
        break;
    }
}

} // namespace transept
