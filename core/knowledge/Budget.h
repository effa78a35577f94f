#pragma once

#include "core/store/PriceTable.h"

#include <cstdint>

namespace transept {

/// What an extraction may spend; 0 is no limit. A request is made only when the most that it can cost is
/// left, so that tokens and money are never passed.
struct Budget
{
    std::int64_t tokens = 0;
    double money = 0.0;   ///< in the currency of the model's price
    double seconds = 0.0; ///< of asking; what is under way then is still waited for
};

/// What a model costs, per million tokens.
struct Price
{
    double in = 0.0;
    double out = 0.0;
    double of(double tokensIn, double tokensOut) const { return (in * tokensIn + out * tokensOut) * 1e-6; }
};

inline Price priceOf(const ModelPrice& model)
{
    return {.in = model.perMillionIn, .out = model.perMillionOut};
}

} // namespace transept
