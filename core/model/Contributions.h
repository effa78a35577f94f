#pragma once

#include "core/model/Method.h"

#include <algorithm>
#include <cmath>

namespace transept {

/// Without those of weight 0, the largest absolute weight first, equal ones as they stood.
inline std::vector<Contribution> strongestFirst(std::vector<Contribution> contributions)
{
    std::erase_if(contributions, [](const Contribution& each) { return each.weight == 0.0F; });
    std::stable_sort(
        contributions.begin(), contributions.end(), [](const Contribution& a, const Contribution& b) {
            return std::abs(a.weight) > std::abs(b.weight);
        });
    return contributions;
}

} // namespace transept
