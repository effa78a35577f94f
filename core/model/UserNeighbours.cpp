#include "core/model/UserNeighbours.h"

#include "core/model/Contributions.h"

#include <algorithm>

namespace transept {

Result<UserNeighbourModel::Parts> UserNeighbourModel::partsOf(const TrainingData& data,
                                                              History history,
                                                              const KnnOptions& options,
                                                              const JobContext& job)
{
    const NeighbourOptions& similarity = options.neighbours;
    const SparseRows recent = history.recent(options.decay);
    const std::vector<std::size_t> everybody{0, data.userCount};
    Result<SparseRows> nearest = nearestRows(recent, data.userCount, everybody, similarity, job);
    if (!nearest) {
        return passOn(nearest);
    }
    ComparedValues values(recent, similarity);
    SparseRows compared = values.of(recent);
    Parts parts{.history = std::move(history),
                .compared = std::move(compared),
                .nearest = std::move(*nearest),
                .deviations = {},
                .options = options,
                .values = std::move(values),
                .newcomers = Newcomer(data)};
    if (options.ratings) {
        constexpr double noDecay = 1.0; // of what others think
        Result<Deviations> deviations = deviationsOf(data, parts.history, noDecay, job);
        if (!deviations) {
            return passOn(deviations);
        }
        parts.deviations = std::move(*deviations);
    }
    return parts;
}

void UserNeighbourModel::score(UserRow user, std::span<float> scores) const
{
    scoreFrom(neighboursOf(user), m_parts.deviations ? &m_parts.deviations->target : nullptr, user, scores);
}

bool UserNeighbourModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const KnnOptions& options = m_parts.options;
    const TrainingData data = m_parts.newcomers.dataOf(history);
    const Result<History> read = historyFor(data, options, {});
    if (!read) {
        return false;
    }
    const std::vector<std::size_t> everybody{0, m_parts.compared.rowCount()};
    const SparseRow nearest = nearestTo(
        m_parts.compared, m_parts.values.of(read->recent(options.decay)), everybody, options.neighbours);
    std::optional<Baseline> own;
    if (m_parts.deviations) {
        own = baselineOfNewcomer(m_parts.deviations->target, data.target.interactions);
    }
    scoreFrom(
        {.users = nearest.columns, .similarities = nearest.values}, own ? &*own : nullptr, UserRow{}, scores);
    return true;
}

/// `baseline`, with ratings, holds the user; null without.
void UserNeighbourModel::scoreFrom(const Neighbourhood& asked,
                                   const Baseline* baseline,
                                   UserRow user,
                                   std::span<float> scores) const
{
    std::fill(scores.begin(), scores.end(), 0.0F);
    std::vector<float> totals(baseline != nullptr ? scores.size() : 0, weightOfNoDeviation);
    addOpinions(asked, scores, totals);
    if (baseline == nullptr) {
        return;
    }
    for (std::size_t item = 0; item < totals.size(); ++item) {
        const double expected = baseline->rating(user, static_cast<ItemRow>(item));
        scores[item] = static_cast<float>(expected) + scores[item] / totals[item];
    }
}

std::vector<Contribution> UserNeighbourModel::contributions(UserRow user, ItemRow item) const
{
    if (m_parts.options.neighbours.similarity == Similarity::Pearson) {
        return {}; // a correlation is no sum over items
    }
    const SparseRows& compared = m_parts.compared;
    const Neighbourhood asked = neighboursOf(user);
    std::vector<float> amounts(asked.users.size());
    float total = weightOfNoDeviation;
    addAmounts(asked, item, amounts, total);
    const auto own = compared.columnsOf(index(user));
    std::vector<float> parts(own.size());
    for (std::size_t at = 0; at < amounts.size(); ++at) {
        if (amounts[at] != 0.0F) {
            const auto neighbour = static_cast<std::size_t>(asked.users[at]);
            addSharedParts(compared, {index(user), neighbour}, amounts[at], parts);
        }
    }
    for (float& part : parts) {
        part /= predictsRatings() ? total : 1.0F;
    }
    return strongestColumns(m_parts.history, own, parts);
}

} // namespace transept
