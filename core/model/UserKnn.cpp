#include "core/model/Contributions.h"
#include "core/model/Deviations.h"
#include "core/model/KnnOptions.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

/// Order:   score(u, c) = sum over u's neighbours v of s_uv x_vc
/// Ratings: rating(u, c) = baseline_uc + sum of s_uv deviation_vc / (1 + sum of s_uv), over the v that rated
/// c
class UserKnnModel final : public Model
{
public:
    struct Parts
    {
        History history;
        SparseRows
            compared; ///< what the similarity compared, over all domains; empty when its sum has no parts
        SparseRows nearest;                   ///< of every user
        std::optional<Deviations> deviations; ///< when ratings are predicted
    };

    explicit UserKnnModel(Parts parts) : m_parts(std::move(parts)) {}

    std::size_t itemCount() const noexcept override { return m_parts.history.targetCount(); }
    bool predictsRatings() const noexcept override { return m_parts.deviations.has_value(); }

    void score(UserRow user, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        std::vector<float> totals(predictsRatings() ? scores.size() : 0, weightOfNoDeviation);
        const auto neighbours = m_parts.nearest.columnsOf(index(user));
        const auto similarities = m_parts.nearest.valuesOf(index(user));
        for (std::size_t at = 0; at < neighbours.size(); ++at) {
            forEachTargetEntry(neighbours[at], [&](std::size_t entry, std::size_t item) {
                scores[item] += similarities[at] * opinion(entry);
                if (!totals.empty()) {
                    totals[item] += similarities[at];
                }
            });
        }
        for (std::size_t item = 0; item < totals.size(); ++item) {
            const double baseline = m_parts.deviations->target.rating(user, static_cast<ItemRow>(item));
            scores[item] = static_cast<float>(baseline) + scores[item] / totals[item];
        }
    }

    /// Exact for the similarities that are sums over common items: each neighbour's part of the score goes to
    /// these items by their part of the similarity.
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        const SparseRows& compared = m_parts.compared;
        if (compared.rowCount() == 0) {
            return {};
        }
        const auto own = compared.columnsOf(index(user));
        std::vector<float> parts(own.size());
        const auto neighbours = m_parts.nearest.columnsOf(index(user));
        const auto similarities = m_parts.nearest.valuesOf(index(user));
        float total = predictsRatings() ? weightOfNoDeviation : 1.0F;
        for (std::size_t at = 0; at < neighbours.size(); ++at) {
            forEachTargetEntry(neighbours[at], [&](std::size_t entry, std::size_t column) {
                if (column == index(item)) {
                    addSharedParts(compared,
                                   {index(user), static_cast<std::size_t>(neighbours[at])},
                                   similarities[at] * opinion(entry),
                                   parts);
                    total += predictsRatings() ? similarities[at] : 0.0F;
                }
            });
        }
        std::vector<Contribution> result;
        for (std::size_t at = 0; at < own.size(); ++at) {
            const auto column = static_cast<std::size_t>(own[at]);
            result.push_back({.domain = m_parts.history.domainOf(column),
                              .item = m_parts.history.itemOf(column),
                              .weight = parts[at] / total});
        }
        return strongestFirst(std::move(result));
    }

private:
    template<typename Visit>
    void forEachTargetEntry(std::int32_t user, const Visit& visit) const
    {
        const SparseRows& rows = m_parts.history.rows();
        const auto row = static_cast<std::size_t>(user);
        for (std::size_t entry = rows.starts[row]; entry < rows.starts[row + 1]; ++entry) {
            const auto column = static_cast<std::size_t>(rows.columns[entry]);
            if (column >= itemCount()) {
                break;
            }
            visit(entry, column);
        }
    }

    float opinion(std::size_t entry) const
    {
        return predictsRatings() ? m_parts.deviations->values[entry] : m_parts.history.rows().values[entry];
    }

    Parts m_parts;
};

class UserKnn final : public Method
{
public:
    explicit UserKnn(KnnOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<History> history = historyFor(*data, m_options, context.job);
        if (!history) {
            return passOn(history);
        }
        const NeighbourOptions& options = m_options.neighbours;
        const SparseRows recent = history->recent(m_options.decay);
        const std::vector<std::size_t> everybody{0, data->userCount};
        Result<SparseRows> nearest = nearestRows(recent, data->userCount, everybody, options, context.job);
        if (!nearest) {
            return passOn(nearest);
        }
        UserKnnModel::Parts parts{
            .history = std::move(*history), .compared = {}, .nearest = std::move(*nearest)};
        if (options.similarity != Similarity::Pearson) {
            parts.compared = comparedValues(recent, options);
        }
        if (m_options.ratings) {
            Result<Deviations> deviations = deviationsOf(*data, parts.history, 1.0, context.job);
            if (!deviations) {
                return passOn(deviations);
            }
            parts.deviations = std::move(*deviations);
        }
        return std::make_shared<const UserKnnModel>(std::move(parts));
    }

private:
    KnnOptions m_options;
};

/// Two users are compared where they share an item: the squares of the items' interactions.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const DomainShape all = shape.joined();
    Workload load = neighbourWorkload(shape, all.itemSquares, shape.users, shape.users, parameters);
    const double kept = std::min<double>(parameters.integer("neighbours"), shape.users);
    const double ofNeighbour = shape.target.interactions / std::max(shape.users, 1.0);
    const double heard = kept * ofNeighbour;
    load.ranking = {.streamed = 2.0 * shape.target.items, .scattered = 4.0 * heard + 4.0 * kept};
    return load;
}

} // namespace

MethodDescription describeUserKnn()
{
    return {.name = "user-knn",
            .title = TRANSLATABLE("methods", "User neighbours"),
            .family = TRANSLATABLE("methods", "Neighbourhood"),
            .source = "Resnick, Iacovou, Suchak, Bergstrom, Riedl 1994",
            .meaning = TRANSLATABLE(
                "methods",
                "An item is recommended when people of similar taste had it. Taste is compared over all "
                "domains of the run, so people who are new to the target are served from the sources."),
            .usesSources = true,
            .parameters = knnParameters(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<UserKnn>(knnOptionsFrom(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
