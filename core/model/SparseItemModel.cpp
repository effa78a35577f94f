#include "core/model/SparseItemModel.h"

#include <algorithm>

namespace transept {

void SparseItemModel::scoreQuery(const Query& query, std::span<float> scores) const
{
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(query.columns[at]);
        const auto items = m_weights.columnsOf(column);
        const auto weights = m_weights.valuesOf(column);
        for (std::size_t item = 0; item < items.size(); ++item) {
            scores[static_cast<std::size_t>(items[item])] += query.weights[at] * weights[item];
        }
    }
}

void SparseItemModel::setParts(const Query& query, ItemRow item, std::span<float> parts) const
{
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(query.columns[at]);
        if (const auto found = placeInRow(m_weights, column, index(item))) {
            parts[at] = query.weights[at] * m_weights.valuesOf(column)[*found];
        }
    }
}

} // namespace transept
