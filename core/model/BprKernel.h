#pragma once

#include "core/model/FactorKernel.h"
#include "core/model/Triples.h"

/// Bayesian personalised ranking, one triple at a time (Rendle, Freudenthaler, Gantner, Schmidt-Thieme 2009):
///
///   x    = b_i - b_j + <p_u, q_i - q_j>                i: an item that the user has, j: one that the user
///   has not loss = w (-ln sigma(x) + decay/2 (||p_u||^2 + ||q_i||^2 + ||q_j||^2 + b_i^2 + b_j^2))
///
/// The functions are templates, so that the tests hold the very code that trains, in double, against finite
/// differences.
namespace transept {

/// e^x for |x| <= 87, wrong by at most 2 in the last place. Plain arithmetic in a fixed order: the same bits
/// on every processor, where the library's differ. Polynomial of Cephes (Moshier 1992).
[[gnu::always_inline]] inline float exponential(float x) noexcept
{
    constexpr float toInteger = 0x1.8p23F; // added, it leaves the nearest integer in the lowest bits
    const float shifted = x * 1.44269504F + toInteger;
    const float power = shifted - toInteger;
    const float rest = (x - power * 0.693359375F) + power * 2.12194440e-4F;
    float sum = 1.9875691500e-4F;
    sum = sum * rest + 1.3981999507e-3F;
    sum = sum * rest + 8.3334519073e-3F;
    sum = sum * rest + 4.1665795894e-2F;
    sum = sum * rest + 1.6666665459e-1F;
    sum = sum * rest + 5.0000001201e-1F;
    sum = (sum * (rest * rest) + rest) + 1.0F;
    // times 2^power
    return __builtin_bit_cast(
        float, __builtin_bit_cast(std::uint32_t, sum) + (__builtin_bit_cast(std::uint32_t, shifted) << 23U));
}

[[gnu::always_inline]] inline double exponential(double x) noexcept
{
    return std::exp(x);
}

/// sigma(x) and sigma(-x).
template<typename Real>
struct OrderChance
{
    Real right{};
    Real wrong{};
};

/// Beyond 80 either way nothing changes: float32 would overflow soon after.
template<typename Real>
[[gnu::always_inline]] inline OrderChance<Real> orderChance(Real x) noexcept
{
    const Real high = x > Real{80} ? Real{80} : x;
    const Real odds = exponential(high < Real{-80} ? Real{80} : -high);
    const Real right = Real{1} / (Real{1} + odds);
    return {.right = right, .wrong = odds * right};
}

template<typename Real>
struct TripleRates
{
    Real rate{};
    Real biasRate{}; ///< 0: no biases
    Real decay{};
};

/// The parameters of a triple; rows are `stride` long, a multiple of 16.
template<typename Real>
struct TripleRows
{
    Real* user = nullptr;
    Real* positive = nullptr;
    Real* negative = nullptr;
    Real* positiveBias = nullptr;
    Real* negativeBias = nullptr;
    std::size_t stride = 0;
};

template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline OrderChance<Real> orderChance(const TripleRows<Real>& rows) noexcept
{
    LaneParts<Real, Bytes> right{};
    LaneParts<Real, Bytes> wrong{};
    LaneParts<Real, Bytes> p;
    LaneParts<Real, Bytes> q;
    for (std::size_t at = 0; at < rows.stride; at += laneCount) {
        p.load(rows.user + at);
        q.load(rows.positive + at);
        right.addProducts(p, q);
        q.load(rows.negative + at);
        wrong.addProducts(p, q);
    }
    return orderChance(*rows.positiveBias - *rows.negativeBias + (right.sum() - wrong.sum()));
}

/// The gradient of a triple's loss; `wrong` is sigma(-x), or w times that and `decay` too.
template<typename Real>
[[gnu::always_inline]] inline void tripleGradient(Real wrong,
                                                  Real decay,
                                                  const TripleRows<Real>& rows,
                                                  const TripleRows<Real>& gradient) noexcept
{
    for (std::size_t at = 0; at < rows.stride; ++at) {
        const Real p = rows.user[at];
        const Real q = rows.positive[at];
        const Real r = rows.negative[at];
        gradient.user[at] = decay * p - wrong * (q - r);
        gradient.positive[at] = decay * q - wrong * p;
        gradient.negative[at] = decay * r + wrong * p;
    }
    *gradient.positiveBias = decay * *rows.positiveBias - wrong;
    *gradient.negativeBias = decay * *rows.negativeBias + wrong;
}

/// One triple's step of plain gradient descent, all from their old values; the rates include the weight.
/// Returns sigma(x) before the step.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline Real tripleStep(const TripleRates<Real>& rates,
                                              const TripleRows<Real>& rows) noexcept
{
    const OrderChance<Real> chance = orderChance<Bytes>(rows);
    const Real step = rates.rate * chance.wrong;
    const Real keep = Real{1} - rates.rate * rates.decay;
    Real* __restrict user = rows.user;
    Real* __restrict positive = rows.positive;
    Real* __restrict negative = rows.negative;
    LaneParts<Real, Bytes> p;
    LaneParts<Real, Bytes> q;
    LaneParts<Real, Bytes> r;
    LaneParts<Real, Bytes> stepped;
    for (std::size_t at = 0; at < rows.stride; at += laneCount) {
        p.load(user + at);
        q.load(positive + at);
        r.load(negative + at);
        stepped.scaledSum(keep, q, step, p);
        stepped.store(positive + at);
        stepped.scaledSum(keep, r, -step, p);
        stepped.store(negative + at);
        q -= r;
        stepped.scaledSum(keep, p, step, q);
        stepped.store(user + at);
    }
    const Real biasKeep = Real{1} - rates.biasRate * rates.decay;
    const Real biasStep = rates.biasRate * chance.wrong;
    *rows.positiveBias = biasKeep * *rows.positiveBias + biasStep;
    *rows.negativeBias = biasKeep * *rows.negativeBias - biasStep;
    return chance.right;
}

/// What a run of triples works on: users by row, items by column.
struct TripleFactors
{
    float* users = nullptr;
    float* items = nullptr;
    float* itemBiases = nullptr;
    std::size_t stride = 0;

    TripleRows<float> rowsOf(const Triple& triple) const noexcept
    {
        return {.user = users + triple.user * stride,
                .positive = items + triple.positive * stride,
                .negative = items + triple.negative * stride,
                .positiveBias = itemBiases + triple.positive,
                .negativeBias = itemBiases + triple.negative,
                .stride = stride};
    }
};

/// Adds up -ln sigma(x) of triples, by one logarithm for eight of them.
class OrderLoss
{
public:
    [[gnu::always_inline]] void add(float right) noexcept
    {
        m_product *= static_cast<double>(right);
        if (++m_count % 8 == 0) {
            m_sum -= std::log(std::exchange(m_product, 1.0));
        }
    }

    double sum() const noexcept { return m_sum - std::log(m_product); }

private:
    double m_product = 1.0;
    double m_sum = 0.0;
    unsigned m_count = 0;
};

/// tripleStep() for each triple in order, by its domain's rates. Returns the sum of -ln sigma(x), each before
/// its step.
double stepThroughTriples(const TripleFactors& factors,
                          std::span<const TripleRates<float>> rates,
                          std::span<const Triple> triples) noexcept;

/// sigma(x) and sigma(-x) of one triple.
OrderChance<float> orderChance(const TripleRows<float>& rows) noexcept;

bool areFinite(std::span<const float> values) noexcept;

} // namespace transept
