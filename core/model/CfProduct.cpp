#include "core/model/Contributions.h"
#include "core/model/Deviations.h"
#include "core/model/KnnOptions.h"
#include "core/model/Methods.h"

#include <algorithm>

namespace transept {
namespace {

/// With N(u) the user's neighbours by user-knn's similarity s and N(c) the item's, in each domain, by
/// item-knn's similarity t (the user and the item themselves are none of theirs):
///
///   Order:   score(u, c) = sum over v in N(u), j in N(c) of s_uv x_vj t_jc
///   Ratings: rating(u, c) = baseline_uc + the same sum of deviation_vj / (1 + sum of s_uv t_jc), over the
///   pairs
///            (v, j) that are rated
///
/// The similarity of two (user, item) pairs is the product of both similarities: the product kernel of
/// Basilico and Hofmann (2004), and the ratings of similar users for similar items in Wang, de Vries and
/// Reinders (2006).
class CfProductModel final : public Model
{
public:
    struct Parts
    {
        History history;
        SparseRows compared; ///< what the users' similarity compared; empty when its sum has no parts
        SparseRows nearestUsers;
        SparseRows nearestItems;              ///< target items x columns
        std::optional<Deviations> deviations; ///< when ratings are predicted
    };

    explicit CfProductModel(Parts parts) : m_parts(std::move(parts)) {}

    std::size_t itemCount() const noexcept override { return m_parts.history.targetCount(); }
    bool predictsRatings() const noexcept override { return m_parts.deviations.has_value(); }

    void score(UserRow user, std::span<float> scores) const override
    {
        const std::size_t columns = m_parts.history.columnCount();
        std::vector<float> opinions(columns);                        // sum over v of s_uv x_vj
        std::vector<float> weights(predictsRatings() ? columns : 0); // the same of what is rated
        const auto neighbours = m_parts.nearestUsers.columnsOf(index(user));
        const auto similarities = m_parts.nearestUsers.valuesOf(index(user));
        for (std::size_t at = 0; at < neighbours.size(); ++at) {
            forEachEntry(neighbours[at], [&](std::size_t entry, std::size_t column) {
                opinions[column] += similarities[at] * opinion(entry);
                if (predictsRatings()) {
                    weights[column] += similarities[at] * m_parts.deviations->weights[entry];
                }
            });
        }
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = throughItem(item, opinions);
            if (predictsRatings()) {
                const double baseline = m_parts.deviations->target.rating(user, static_cast<ItemRow>(item));
                scores[item] = static_cast<float>(baseline) +
                               scores[item] / (weightOfNoDeviation + throughItem(item, weights));
            }
        }
    }

    /// Exact for the similarities that are sums over common items, as user-knn's: what each neighbour adds to
    /// the score goes to the common items by their part of the similarity.
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        const SparseRows& compared = m_parts.compared;
        if (compared.rowCount() == 0) {
            return {};
        }
        std::vector<float> similar(m_parts.history.columnCount()); // t_jc
        const auto columns = m_parts.nearestItems.columnsOf(index(item));
        for (std::size_t at = 0; at < columns.size(); ++at) {
            similar[static_cast<std::size_t>(columns[at])] = m_parts.nearestItems.valuesOf(index(item))[at];
        }
        const auto own = compared.columnsOf(index(user));
        std::vector<float> parts(own.size());
        const auto neighbours = m_parts.nearestUsers.columnsOf(index(user));
        const auto similarities = m_parts.nearestUsers.valuesOf(index(user));
        float total = predictsRatings() ? weightOfNoDeviation : 1.0F;
        for (std::size_t at = 0; at < neighbours.size(); ++at) {
            float sum = 0.0F;
            forEachEntry(neighbours[at], [&](std::size_t entry, std::size_t column) {
                sum += opinion(entry) * similar[column];
                total += predictsRatings()
                             ? similarities[at] * m_parts.deviations->weights[entry] * similar[column]
                             : 0.0F;
            });
            addSharedParts(compared,
                           {index(user), static_cast<std::size_t>(neighbours[at])},
                           similarities[at] * sum,
                           parts);
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
    void forEachEntry(std::int32_t user, const Visit& visit) const
    {
        const SparseRows& rows = m_parts.history.rows();
        const auto row = static_cast<std::size_t>(user);
        for (std::size_t entry = rows.starts[row]; entry < rows.starts[row + 1]; ++entry) {
            visit(entry, static_cast<std::size_t>(rows.columns[entry]));
        }
    }

    float opinion(std::size_t entry) const
    {
        return predictsRatings() ? m_parts.deviations->weights[entry] * m_parts.deviations->values[entry]
                                 : m_parts.history.rows().values[entry];
    }

    /// sum over j in N(c) of values_j t_jc
    float throughItem(std::size_t item, std::span<const float> values) const
    {
        const auto columns = m_parts.nearestItems.columnsOf(item);
        const auto similarities = m_parts.nearestItems.valuesOf(item);
        float sum = 0.0F;
        for (std::size_t at = 0; at < columns.size(); ++at) {
            sum += values[static_cast<std::size_t>(columns[at])] * similarities[at];
        }
        return sum;
    }

    Parts m_parts;
};

class CfProduct final : public Method
{
public:
    explicit CfProduct(KnnOptions options) : m_options(options) {}

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
        Result<SparseRows> users = nearestRows(recent, data->userCount, everybody, options, context.job);
        if (!users) {
            return passOn(users);
        }
        Result<SparseRows> items = nearestRows(history->rows().transposed(),
                                               history->targetCount(),
                                               history->firstColumns(),
                                               options,
                                               context.job);
        if (!items) {
            return passOn(items);
        }
        CfProductModel::Parts parts{.history = std::move(*history),
                                    .nearestUsers = std::move(*users),
                                    .nearestItems = std::move(*items)};
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
        return std::make_shared<const CfProductModel>(std::move(parts));
    }

private:
    KnnOptions m_options;
};

} // namespace

MethodDescription describeCfProduct()
{
    return {
        .name = "cf-product",
        .title = TRANSLATABLE("methods", "Product of user and item neighbours"),
        .family = TRANSLATABLE("methods", "Neighbourhood"),
        .source = "Basilico, Hofmann 2004; Wang, de Vries, Reinders 2006",
        .meaning = TRANSLATABLE(
            "methods",
            "An item is recommended when people of similar taste had items similar to it: every "
            "interaction of a neighbour counts by the similarity of the two people times that of the two "
            "items. It finds candidates that neither the user's neighbours nor the user's own items "
            "reach alone, which helps where histories are short. Taste is compared, and items are similar, "
            "over all domains of the run."),
        .usesSources = true,
        .parameters = knnParameters(),
        .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
            return std::make_unique<CfProduct>(knnOptionsFrom(parameters));
        }};
}

} // namespace transept
