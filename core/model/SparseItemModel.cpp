#include "core/model/SparseItemModel.h"

#include "core/model/Contributions.h"

#include <algorithm>

namespace transept {

SparseItemModel::SparseItemModel(History history,
                                 SparseRows queries,
                                 SparseRows weights,
                                 NewcomerHistory newcomers)
    : m_history(std::move(history))
    , m_queries(std::move(queries))
    , m_weights(std::move(weights))
    , m_newcomers(std::move(newcomers))
{
}

void SparseItemModel::score(UserRow user, std::span<float> scores) const
{
    scoreRow(m_queries.columnsOf(index(user)), m_queries.valuesOf(index(user)), scores);
}

bool SparseItemModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const SparseRows query = m_newcomers.rowOf(history);
    scoreRow(query.columnsOf(0), query.valuesOf(0), scores);
    return true;
}

void SparseItemModel::scoreRow(std::span<const std::int32_t> columns,
                               std::span<const float> values,
                               std::span<float> scores) const
{
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(columns[at]);
        const auto items = m_weights.columnsOf(column);
        const auto weights = m_weights.valuesOf(column);
        for (std::size_t item = 0; item < items.size(); ++item) {
            scores[static_cast<std::size_t>(items[item])] += values[at] * weights[item];
        }
    }
}

std::vector<Contribution> SparseItemModel::contributions(UserRow user, ItemRow item) const
{
    std::vector<Contribution> result;
    const auto columns = m_queries.columnsOf(index(user));
    const auto values = m_queries.valuesOf(index(user));
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(columns[at]);
        if (const auto found = placeInRow(m_weights, column, index(item))) {
            result.push_back({.domain = m_history.domainOf(column),
                              .item = m_history.itemOf(column),
                              .weight = values[at] * m_weights.valuesOf(column)[*found]});
        }
    }
    return strongestFirst(std::move(result));
}

std::optional<std::size_t> placeInRow(const SparseRows& rows, std::size_t row, std::size_t column)
{
    const auto columns = rows.columnsOf(row);
    const auto wanted = static_cast<std::int32_t>(column);
    const auto found = std::lower_bound(columns.begin(), columns.end(), wanted);
    return found != columns.end() && *found == wanted
               ? std::optional(static_cast<std::size_t>(found - columns.begin()))
               : std::nullopt;
}

} // namespace transept
