#include "core/model/HistoryModel.h"

#include "core/model/Contributions.h"

namespace transept {

ScoredHistory ScoredHistory::of(const TrainingData& data, History history, EntryValue value, double decay)
{
    SparseRows queries = history.recent(decay);
    return {.history = std::move(history),
            .queries = std::move(queries),
            .newcomers = NewcomerHistory(data, value, decay)};
}

Result<ScoredHistory> ScoredHistory::of(const TrainingData& data,
                                        EntryValue value,
                                        double decay,
                                        const JobContext& job)
{
    return History::of(data, value, job).map([&](History history) {
        return of(data, std::move(history), value, decay);
    });
}

HistoryModel::Query HistoryModel::queryOf(UserRow user) const
{
    return {.columns = queries().columnsOf(index(user)), .weights = queries().valuesOf(index(user))};
}

void HistoryModel::score(UserRow user, std::span<float> scores) const
{
    scoreQuery(queryOf(user), scores);
}

bool HistoryModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const SparseRows row = m_scored.newcomers.rowOf(history);
    scoreQuery({.columns = row.columnsOf(0), .weights = row.valuesOf(0)}, scores);
    return true;
}

bool HistoryModel::foldInItem(std::span<const Event> interactions,
                              std::span<const UserRow> users,
                              std::span<float> scores) const
{
    if (!m_scored.weightsOfNewItem || users.empty()) {
        return static_cast<bool>(m_scored.weightsOfNewItem);
    }
    std::vector<float> weights(history().columnCount());
    const SparseRow own = m_scored.weightsOfNewItem(history(), interactions);
    for (std::size_t at = 0; at < own.columns.size(); ++at) {
        weights[static_cast<std::size_t>(own.columns[at])] = own.values[at];
    }
    for (std::size_t at = 0; at < users.size(); ++at) {
        const Query query = queryOf(users[at]);
        scores[at] = 0.0F;
        for (std::size_t entry = 0; entry < query.columns.size(); ++entry) {
            scores[at] += query.weights[entry] * weights[static_cast<std::size_t>(query.columns[entry])];
        }
    }
    return true;
}

std::vector<Contribution> HistoryModel::contributions(UserRow user, ItemRow item) const
{
    const Query query = queryOf(user);
    std::vector<float> parts(query.columns.size());
    setParts(query, item, parts);
    return strongestColumns(history(), query.columns, parts);
}

} // namespace transept
