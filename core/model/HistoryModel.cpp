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

std::vector<Contribution> HistoryModel::contributions(UserRow user, ItemRow item) const
{
    const Query query = queryOf(user);
    std::vector<float> parts(query.columns.size());
    setParts(query, item, parts);
    return strongestColumns(history(), query.columns, parts);
}

} // namespace transept
