#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <string>
#include <vector>

namespace transept {

/// Where a measure gets its figures from.
enum class Basis {
    Pairs,     ///< held-out pairs and what the model says of them
    List,      ///< a user's list
    Catalogue, ///< everybody's lists together
};

struct WantedMeasure
{
    std::string name; ///< as in the spec
    std::string base;
    std::size_t k = 0;
    std::size_t negatives = 0; ///< 0: not sampled
    bool isGiven = false;      ///< among given negatives
    bool isCold = false;       ///< among cold items
    bool ranksAll() const { return negatives == 0 && !isGiven && !isCold; }
    Basis basis = Basis::Pairs;
    bool needsRatings = false;
};

/// Those of a spec; InvalidInput names the JSON path of the first that there is not, and the nearest word.
Result<std::vector<WantedMeasure>> wantedMeasures(const std::vector<std::string>& names);

} // namespace transept
