#include "core/model/PeriodBiases.h"

#include "core/base/Parallel.h"
#include "core/model/Draws.h"
#include "core/model/RandomStreams.h"

#include <cmath>

namespace transept {
namespace {

constexpr std::size_t itemsPerTask = 1024;

double drawNormal(Random& random, double mean, double precision)
{
    return mean + random.normal() / std::sqrt(precision);
}

} // namespace

PeriodBiases::PeriodBiases(std::size_t items, const RatingPeriods& periods, std::uint64_t seed)
    : m_periods(periods)
    , m_seed(seed)
    , m_items(items)
    , m_biases(items * periods.count())
    , m_expected(periods.count())
{
}

void PeriodBiases::drawBiases(const Rests& rests, double noisePrecision, int number)
{
    const std::size_t count = m_periods.count();
    forEachBlock(m_items, itemsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t item = first; item < last; ++item) {
            Random random =
                randomFor(m_seed, Purpose::PeriodSamples, item + 1, static_cast<std::uint64_t>(number));
            for (std::size_t period = 0; period < count; ++period) {
                if (!m_periods.isKnown(static_cast<ItemRow>(item), period)) {
                    continue;
                }
                const std::size_t cell = item * count + period;
                // N((lambda c_t + tau sum w rest) / A, 1 / A),   A = lambda + tau sum w
                const double precision = m_lambda + noisePrecision * rests.weights[cell];
                const double pull = m_lambda * m_expected[period] + noisePrecision * rests.sums[cell];
                m_biases[cell] = static_cast<float>(drawNormal(random, pull / precision, precision));
            }
        }
    });
}

void PeriodBiases::drawExpected(Random& random)
{
    for (std::size_t period = 0; period < m_expected.size(); ++period) {
        double sum = 0.0;
        double known = 0.0;
        for (std::size_t item = 0; item < m_items; ++item) {
            if (m_periods.isKnown(static_cast<ItemRow>(item), period)) {
                sum += static_cast<double>(m_biases[item * m_expected.size() + period]);
                known += 1.0;
            }
        }
        const double precision = 1.0 + known * m_lambda;
        m_expected[period] = drawNormal(random, m_lambda * sum / precision, precision);
    }
}

void PeriodBiases::drawLambda(Random& random)
{
    double squares = 0.0;
    double known = 0.0;
    for (std::size_t cell = 0; cell < m_biases.size(); ++cell) {
        const std::size_t period = cell % m_expected.size();
        if (m_periods.isKnown(static_cast<ItemRow>(cell / m_expected.size()), period)) {
            const double off = static_cast<double>(m_biases[cell]) - m_expected[period];
            squares += off * off;
            known += 1.0;
        }
    }
    m_lambda = drawPrecision(random, {}, known, squares);
}

void PeriodBiases::draw(const Rests& rests, double noisePrecision, int number)
{
    drawBiases(rests, noisePrecision, number);
    Random random = randomFor(m_seed, Purpose::PeriodSamples, 0, static_cast<std::uint64_t>(number));
    drawExpected(random);
    drawLambda(random);
    for (std::size_t cell = 0; cell < m_biases.size(); ++cell) {
        const std::size_t period = cell % m_expected.size();
        if (!m_periods.isKnown(static_cast<ItemRow>(cell / m_expected.size()), period)) {
            m_biases[cell] = static_cast<float>(m_expected[period]);
        }
    }
}

} // namespace transept
