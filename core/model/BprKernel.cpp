#include "core/model/BprKernel.h"

#include "core/base/Processors.h"

namespace transept {
namespace {

/// So many triples ahead the rows are fetched.
constexpr std::size_t ahead = 8;

template<std::size_t Bytes>
[[gnu::always_inline]] inline double stepThrough(const TripleFactors& factors,
                                                 std::span<const TripleRates<float>> rates,
                                                 std::span<const Triple> triples) noexcept
{
    OrderLoss loss;
    for (std::size_t at = 0; at < triples.size(); ++at) {
        if (at + ahead < triples.size()) {
            const TripleRows<float> later = factors.rowsOf(triples[at + ahead]);
            for (std::size_t line = 0; line < factors.stride; line += laneCount) {
                __builtin_prefetch(later.user + line, 1);
                __builtin_prefetch(later.positive + line, 1);
                __builtin_prefetch(later.negative + line, 1);
            }
        }
        loss.add(tripleStep<Bytes>(rates[triples[at].domain], factors.rowsOf(triples[at])));
    }
    return loss.sum();
}

} // namespace

double stepThroughTriples(const TripleFactors& factors,
                          std::span<const TripleRates<float>> rates,
                          std::span<const Triple> triples) noexcept
{
    return atThisWidth(EVERY_WIDTH_OF(stepThrough), factors, rates, triples);
}

OrderChance<float> orderChance(const TripleRows<float>& rows) noexcept
{
    return atThisWidth([&]<std::size_t Bytes>() ALWAYS_INLINE { return orderChance<Bytes>(rows); });
}

FOR_EVERY_PROCESSOR
bool areFinite(std::span<const float> values) noexcept
{
    constexpr std::uint32_t exponent = 0x7F800000;
    std::uint32_t found = 0;
    for (const float value : values) {
        found |= (__builtin_bit_cast(std::uint32_t, value) & exponent) == exponent ? 1U : 0U;
    }
    return found == 0;
}

} // namespace transept
