#include "core/model/Contributions.h"

#include <algorithm>
#include <cmath>

namespace transept {

std::vector<Contribution> strongestFirst(std::vector<Contribution> contributions)
{
    std::erase_if(contributions, [](const Contribution& each) { return each.weight == 0.0F; });
    std::stable_sort(
        contributions.begin(), contributions.end(), [](const Contribution& a, const Contribution& b) {
            return std::abs(a.weight) > std::abs(b.weight);
        });
    return contributions;
}

std::vector<Contribution> strongestColumns(const History& history,
                                           std::span<const std::int32_t> columns,
                                           std::span<const float> weights)
{
    std::vector<Contribution> all;
    all.reserve(columns.size());
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(columns[at]);
        all.push_back(
            {.domain = history.domainOf(column), .item = history.itemOf(column), .weight = weights[at]});
    }
    return strongestFirst(std::move(all));
}

} // namespace transept
