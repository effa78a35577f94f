#include "core/recommend/Lists.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {

Result<ItemNames> ItemNames::open(const Workspace& workspace)
{
    Result<Statement> find =
        workspace.database().prepare("SELECT key, coalesce(title, '') FROM item WHERE id = ?");
    return find ? Result<ItemNames>(ItemNames(std::move(*find))) : passOn(find);
}

Result<ItemNames::Name> ItemNames::of(ItemId item)
{
    m_find.rewind();
    const Result<bool> row = m_find.bind(1, number(item)).step();
    if (!row) {
        return passOn(row);
    }
    return *row ? Name{.key = std::string(m_find.text(0)), .title = std::string(m_find.text(1))} : Name{};
}

std::vector<ItemRow> bestItems(std::span<const float> scores, const std::vector<bool>& seen, std::size_t top)
{
    std::vector<ItemRow> candidates;
    for (std::size_t item = 0; item < scores.size(); ++item) {
        if (!seen[item]) {
            candidates.push_back(static_cast<ItemRow>(item));
        }
    }
    const auto before = [&](ItemRow a, ItemRow b) {
        const auto keyOf = [&](ItemRow item) {
            const float score = scores[index(item)];
            return std::isnan(score) ? -std::numeric_limits<float>::infinity() : score;
        };
        const float ofA = keyOf(a);
        const float ofB = keyOf(b);
        return ofA > ofB || (ofA == ofB && a < b);
    };
    const std::size_t kept = std::min(top, candidates.size());
    std::partial_sort(
        candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(kept), candidates.end(), before);
    candidates.resize(kept);
    return candidates;
}

} // namespace transept
