#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace transept {

enum class OptimizerKind { Sgd, AdaGrad, Adam };

/// "sgd", "adagrad", "adam"; nothing for any other word.
std::optional<OptimizerKind> optimizerKind(std::string_view word);

/// x <- x - rate * g
struct Sgd
{
    float rate = 0.01F;

    void step(std::span<const float> gradient, std::span<float> values) const noexcept;
};

/// s <- s + g^2,  x <- x - rate * g / sqrt(s + epsilon)   (Duchi, Hazan and Singer 2011)
/// `squares` is the state: as long as the values, zeros at the start.
struct AdaGrad
{
    float rate = 0.1F;
    float epsilon = 1e-8F;

    void step(std::span<const float> gradient,
              std::span<float> values,
              std::span<float> squares) const noexcept;
};

/// m <- b1 m + (1 - b1) g,  v <- b2 v + (1 - b2) g^2,
/// x <- x - rate * (m / (1 - b1^n)) / (sqrt(v / (1 - b2^n)) + epsilon)   (Kingma and Ba 2015)
/// `moments` is the state: m, then v; twice as long as the values, zeros at the start. n counts the steps
/// from 1.
struct Adam
{
    float rate = 0.001F;
    float beta1 = 0.9F;
    float beta2 = 0.999F;
    float epsilon = 1e-8F;

    void step(std::span<const float> gradient,
              std::span<float> values,
              std::span<float> moments,
              std::uint32_t n) const noexcept;
};

/// One of the three for a matrix whose rows are stepped one at a time, as factor models do. A row has its own
/// state and its own count of steps, so the steps of different rows may be taken in any order and from
/// different threads.
class RowOptimizer
{
public:
    RowOptimizer() = default;
    RowOptimizer(OptimizerKind kind, std::size_t rows, std::size_t width);

    /// `gradient` and `values` are of the row's width.
    void step(float rate, std::size_t row, std::span<const float> gradient, std::span<float> values) noexcept;

    /// Names what it keeps from step to step, for TrainingState.
    template<typename State>
    void exchange(State& state)
    {
        state.array(m_states);
        state.array(m_steps);
    }

private:
    OptimizerKind m_kind = OptimizerKind::Sgd;
    std::size_t m_width = 0;
    std::vector<float> m_states;
    std::vector<std::uint32_t> m_steps;
};

} // namespace transept
