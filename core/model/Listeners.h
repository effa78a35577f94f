#pragma once

#include "core/model/History.h"
#include "core/model/Method.h"

#include <algorithm>

namespace transept {

/// Of every history column the target's items that it speaks for: a row a column, a column an item, the value
/// how strongly.
using Listeners = SparseRows;

/// Calls visit(entry, column, strength) for each item of the user's history that speaks for the item.
template<typename Visit>
void forEachSpeaker(
    const History& history, const Listeners& listeners, UserRow user, ItemRow item, const Visit& visit)
{
    for (std::size_t entry = history.rows().starts[index(user)];
         entry < history.rows().starts[index(user) + 1];
         ++entry) {
        const auto column = static_cast<std::size_t>(history.rows().columns[entry]);
        const auto heard = listeners.columnsOf(column);
        const auto found = std::lower_bound(heard.begin(), heard.end(), static_cast<std::int32_t>(item));
        if (found != heard.end() && *found == static_cast<std::int32_t>(item)) {
            visit(entry, column, listeners.valuesOf(column)[static_cast<std::size_t>(found - heard.begin())]);
        }
    }
}

/// score(u, c) = sum over u's history j of w_j s_jc, with s the listeners and w the queries, which are shaped
/// like the history's rows. Contributions are exact.
class ListenerModel final : public Model
{
public:
    ListenerModel(History history, SparseRows queries, Listeners listeners);

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }
    void score(UserRow user, std::span<float> scores) const override;
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

private:
    History m_history;
    SparseRows m_queries;
    Listeners m_listeners;
};

} // namespace transept
