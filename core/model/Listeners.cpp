#include "core/model/Listeners.h"

#include "core/model/Contributions.h"

namespace transept {

ListenerModel::ListenerModel(History history, SparseRows queries, Listeners listeners)
    : m_history(std::move(history))
    , m_queries(std::move(queries))
    , m_listeners(std::move(listeners))
{
}

void ListenerModel::score(UserRow user, std::span<float> scores) const
{
    std::fill(scores.begin(), scores.end(), 0.0F);
    const auto columns = m_queries.columnsOf(index(user));
    const auto weights = m_queries.valuesOf(index(user));
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(columns[at]);
        const auto items = m_listeners.columnsOf(column);
        const auto strengths = m_listeners.valuesOf(column);
        for (std::size_t item = 0; item < items.size(); ++item) {
            scores[static_cast<std::size_t>(items[item])] += weights[at] * strengths[item];
        }
    }
}

std::vector<Contribution> ListenerModel::contributions(UserRow user, ItemRow item) const
{
    std::vector<Contribution> result;
    forEachSpeaker(
        m_history, m_listeners, user, item, [&](std::size_t entry, std::size_t column, float strength) {
            result.push_back({.domain = m_history.domainOf(column),
                              .item = m_history.itemOf(column),
                              .weight = m_queries.values[entry] * strength});
        });
    return strongestFirst(std::move(result));
}

} // namespace transept
