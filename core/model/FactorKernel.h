#pragma once

#include "core/base/Lanes.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

/// Matrix factorisation, one event at a time (Koren, Bell and Volinsky 2009):
///
///   rhat = b_u + b_i + <p_u, q_i>                        the domain's mean is taken off the value before
///   loss = w (l(r, rhat) + decay/2 (||p_u||^2 + ||q_i||^2) + decay_u/2 b_u^2 + decay_i/2 b_i^2)
///
/// with l(r, rhat) = (r - rhat)^2 / 2 or the logistic loss -r ln sigma(rhat) - (1 - r) ln(1 - sigma(rhat)).
/// The functions are templates, so that the tests hold the very code that trains, in double, against finite
/// differences. `Bytes` is the width of the processor's registers (atThisWidth()); the bits are the same with
/// every width.
namespace transept {

enum class PairLoss { Squared, Logistic };

template<typename Real>
[[gnu::always_inline]] inline Real pairLoss(PairLoss loss, Real value, Real prediction) noexcept
{
    if (loss == PairLoss::Squared) {
        return (value - prediction) * (value - prediction) / Real{2};
    }
    // ln(1 + e^x) without overflow
    const Real softplus =
        std::log1p(std::exp(-std::abs(prediction))) + (prediction > Real{0} ? prediction : Real{0});
    return softplus - value * prediction;
}

/// Minus the derivative of the loss by the prediction.
template<typename Real>
[[gnu::always_inline]] inline Real pairError(PairLoss loss, Real value, Real prediction) noexcept
{
    return value - (loss == PairLoss::Squared ? prediction : Real{1} / (Real{1} + std::exp(-prediction)));
}

/// A bias, and the decay of each of its events: lambda / (number of its events), so that one pass over them
/// pulls it towards 0 as strongly as lambda events at the mean would.
template<typename Real>
struct BiasTerm
{
    Real value{};
    Real decay{};
};

template<typename Real>
struct PairRates
{
    Real rate{};
    Real decay{};
    PairLoss loss = PairLoss::Squared;
    Real biasRate{1}; ///< multiplied to `rate` for the biases
};

/// The sum of products; `stride` is a multiple of 16.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline Real paddedDot(const Real* a, const Real* b, std::size_t stride) noexcept
{
    LaneParts<Real, Bytes> sums{};
    sums.addProducts(a, b, stride);
    return sums.sum();
}

/// The gradient of an event's loss by p_u and q_i, into `pGradient` and `qGradient`; `error` is w *
/// pairError.
template<typename Real>
[[gnu::always_inline]] inline void pairGradient(Real error,
                                                Real decay,
                                                const Real* __restrict p,
                                                const Real* __restrict q,
                                                std::span<Real> pGradient,
                                                std::span<Real> qGradient) noexcept
{
    for (std::size_t at = 0; at < pGradient.size(); ++at) {
        pGradient[at] = decay * p[at] - error * q[at];
        qGradient[at] = decay * q[at] - error * p[at];
    }
}

/// The step of a bias against its gradient.
template<typename Real>
[[gnu::always_inline]] inline void stepBias(Real rate, Real error, BiasTerm<Real>& bias) noexcept
{
    bias.value += rate * (error - bias.decay * bias.value);
}

/// Both rows from their old values: p = keep p + step q, q = keep q + step p. `stride` is a multiple of 16.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline void stepRows(
    Real keep, Real step, Real* __restrict p, Real* __restrict q, std::size_t stride) noexcept
{
    LaneParts<Real, Bytes> oldP;
    LaneParts<Real, Bytes> oldQ;
    LaneParts<Real, Bytes> stepped;
    for (std::size_t at = 0; at < stride; at += laneCount) {
        oldP.load(p + at);
        oldQ.load(q + at);
        stepped.scaledSum(keep, oldP, step, oldQ);
        stepped.store(p + at);
        stepped.scaledSum(keep, oldQ, step, oldP);
        stepped.store(q + at);
    }
}

/// One event's step of plain gradient descent, all four from their old values; `rates.rate` includes the
/// weight. Returns the loss before the step, without regularisation and weight.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline Real pairStep(const PairRates<Real>& rates,
                                            Real value,
                                            std::span<Real> user,
                                            Real* __restrict q,
                                            BiasTerm<Real>& userBias,
                                            BiasTerm<Real>& itemBias) noexcept
{
    Real* __restrict p = user.data();
    const Real prediction = userBias.value + itemBias.value + paddedDot<Bytes>(p, q, user.size());
    const Real error = pairError(rates.loss, value, prediction);
    stepRows<Bytes>(Real{1} - rates.rate * rates.decay, rates.rate * error, p, q, user.size());
    const Real biasRate = rates.rate * rates.biasRate;
    stepBias(biasRate, error, userBias);
    stepBias(biasRate, error, itemBias);
    return pairLoss(rates.loss, value, prediction);
}

/// One event of a training block; user and item are places in the factor matrices.
struct PairEvent
{
    std::uint32_t user = 0;
    std::uint32_t item = 0;
    float value = 0.0F; ///< less the domain's mean
    std::uint32_t domain = 0;
};

/// What the events of one domain share.
struct PairDomain
{
    float weight = 1.0F;
    std::uint32_t firstUserBias = 0; ///< where this domain's user biases start
    PairLoss loss = PairLoss::Squared;
    float rate = 1.0F;     ///< multiplied to the epoch's learning rate
    float decay = 0.0F;    ///< regularisation of the factors
    float biasRate = 1.0F; ///< multiplied to that for the biases
};

/// The parameters a run of events works on. Rows are `stride` apart.
struct PairFactors
{
    float* users = nullptr;
    float* items = nullptr;
    BiasTerm<float>* userBiases = nullptr; ///< by the domain's first place and the event's user place
    BiasTerm<float>* itemBiases = nullptr;
    const PairDomain* domains = nullptr;
    std::size_t stride = 0;
};

/// Sums over events of weight * loss and of the weights.
struct PairTotals
{
    double loss = 0.0;
    double weight = 0.0;

    PairTotals& operator+=(const PairTotals& other) noexcept
    {
        loss += other.loss;
        weight += other.weight;
        return *this;
    }
};

/// pairStep() for each event in order, by its domain's rules and the epoch's learning rate.
PairTotals stepThroughEvents(const PairFactors& factors,
                             float rate,
                             std::span<const PairEvent> events) noexcept;

} // namespace transept
