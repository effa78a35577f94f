#include "core/model/FactorKernel.h"

#include "core/base/Processors.h"

namespace transept {
namespace {

/// So many events ahead the rows are fetched: a step takes about as long as a tenth of a trip to memory.
constexpr std::size_t ahead = 8;

template<std::size_t Bytes>
[[gnu::always_inline]] inline PairTotals stepThrough(const PairFactors& factors,
                                                     float rate,
                                                     std::span<const PairEvent> events) noexcept
{
    PairTotals totals;
    const std::size_t stride = factors.stride;
    for (std::size_t at = 0; at < events.size(); ++at) {
        if (at + ahead < events.size()) {
            const PairEvent& later = events[at + ahead];
            for (std::size_t line = 0; line < stride; line += laneCount) {
                __builtin_prefetch(factors.users + later.user * stride + line, 1);
                __builtin_prefetch(factors.items + later.item * stride + line, 1);
            }
        }
        const PairEvent& event = events[at];
        const PairDomain& domain = factors.domains[event.domain];
        const PairRates<float> rates{.rate = rate * domain.rate * domain.weight,
                                     .decay = domain.decay,
                                     .loss = domain.loss,
                                     .biasRate = domain.biasRate};
        const float loss = pairStep<Bytes, float>(rates,
                                                  event.value,
                                                  {factors.users + event.user * stride, stride},
                                                  factors.items + event.item * stride,
                                                  factors.userBiases[domain.firstUserBias + event.user],
                                                  factors.itemBiases[event.item]);
        totals +=
            {.loss = static_cast<double>(domain.weight * loss), .weight = static_cast<double>(domain.weight)};
    }
    return totals;
}

} // namespace

PairTotals stepThroughEvents(const PairFactors& factors,
                             float rate,
                             std::span<const PairEvent> events) noexcept
{
    return atThisWidth(EVERY_WIDTH_OF(stepThrough), factors, rate, events);
}

} // namespace transept
