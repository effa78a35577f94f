#pragma once

#include "core/base/Random.h"
#include "core/model/RatingPeriods.h"
#include "core/model/TrainingState.h"

#include <vector>

namespace transept {

/// The biases of items in periods of time, in a chain of samples (the time-dependent item bias of Koren 2009,
/// drawn as Rendle, Zhang and Koren 2019 do). What is left of a rating of item i in period t scatters around
///
///   b_it ~ N(c_t, 1 / lambda),   c_t ~ N(0, 1),   lambda ~ Gamma(1, 1).
///
/// An item has no bias of its own in a period without its ratings: c_t stands for it.
class PeriodBiases
{
public:
    /// `periods` outlives it.
    PeriodBiases(std::size_t items, const RatingPeriods& periods, std::uint64_t seed);

    /// b_it; 0 of a rating whose time is not known.
    float of(ItemRow item, std::uint16_t period) const noexcept
    {
        return period == RatingPeriods::none ? 0.0F : m_biases[index(item) * m_periods.count() + period];
    }
    double expected(std::size_t period) const noexcept { return m_expected[period]; } ///< c_t
    double lambda() const noexcept { return m_lambda; }
    const RatingPeriods& periods() const noexcept { return m_periods; }

    /// What the ratings leave to explain, by item and period (items x periods).
    struct Rests
    {
        std::vector<double> weights; ///< sum of w
        std::vector<double> sums;    ///< sum of w * rest
    };
    Rests noRests() const
    {
        return {.weights = std::vector<double>(m_biases.size()),
                .sums = std::vector<double>(m_biases.size())};
    }

    /// Draws all b_it, then the c_t, then lambda. A rest of weight w has the precision noisePrecision * w.
    void draw(const Rests& rests, double noisePrecision, int number);

    /// What the next draw goes on from.
    void exchange(TrainingState& state)
    {
        state.array(m_biases);
        state.array(m_expected);
        state.value(m_lambda);
    }

private:
    void drawBiases(const Rests& rests, double noisePrecision, int number);
    void drawExpected(Random& random);
    void drawLambda(Random& random);

    const RatingPeriods& m_periods;
    std::uint64_t m_seed;
    std::size_t m_items;
    std::vector<float> m_biases; ///< items x periods
    std::vector<double> m_expected;
    double m_lambda = 30.0;
};

} // namespace transept
