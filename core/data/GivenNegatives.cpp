#include "core/data/GivenNegatives.h"

#include <algorithm>
#include <utility>

namespace transept {

GivenNegatives::GivenNegatives(std::vector<GivenNegative> all)
{
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    m_negatives.reserve(all.size());
    for (const GivenNegative& each : all) {
        if (m_interactions.empty() || m_interactions.back().user != each.user ||
            m_interactions.back().item != each.item) {
            m_interactions.push_back({.user = each.user, .item = each.item, .first = m_negatives.size()});
        }
        m_negatives.push_back(each.negative);
    }
}

std::span<const ItemRow> GivenNegatives::of(UserRow user, ItemRow item) const
{
    const auto key = [](const Interaction& each) { return std::pair(each.user, each.item); };
    const auto found = std::ranges::lower_bound(m_interactions, std::pair(user, item), {}, key);
    if (found == m_interactions.end() || key(*found) != std::pair(user, item)) {
        return {};
    }
    const std::size_t end =
        std::next(found) == m_interactions.end() ? m_negatives.size() : std::next(found)->first;
    return std::span(m_negatives).subspan(found->first, end - found->first);
}

} // namespace transept
