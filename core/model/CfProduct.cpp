#include "core/model/Methods.h"
#include "core/model/UserNeighbours.h"

#include <algorithm>

namespace transept {
namespace {

/// With N(u) the user's neighbours by user-knn's similarity s and N(c) the item's, in each domain, by
/// item-knn's similarity t (the user and the item themselves are none of theirs):
///
///   Order:   score(u, c) = sum over v in N(u), j in N(c) of s_uv x_vj t_jc
///   Ratings: rating(u, c) = baseline_uc + the same sum of deviation_vj / (1 + sum of s_uv t_jc), over the
///            pairs (v, j) that are rated
///
/// The similarity of two (user, item) pairs is the product of both similarities: the product kernel of
/// Basilico and Hofmann (2004), and the ratings of similar users for similar items in Wang, de Vries and
/// Reinders (2006).
class CfProductModel final : public UserNeighbourModel
{
public:
    /// A row of `nearestItems` is an item of the target, a column one of the history.
    CfProductModel(Parts parts, SparseRows nearestItems)
        : UserNeighbourModel(std::move(parts))
        , m_nearestItems(std::move(nearestItems))
    {
    }

private:
    void addOpinions(const Neighbourhood& asked,
                     std::span<float> scores,
                     std::span<float> totals) const override
    {
        const std::size_t columns = history().columnCount();
        std::vector<float> opinions(columns);                     // sum over v of s_uv x_vj
        std::vector<float> weights(totals.empty() ? 0 : columns); // the same of what is rated
        for (std::size_t at = 0; at < asked.users.size(); ++at) {
            const float similarity = asked.similarities[at];
            forEachEntry(asked.users[at], columns, [&](std::size_t entry, std::size_t column) {
                opinions[column] += similarity * opinion(entry);
                if (!weights.empty()) {
                    weights[column] += similarity * ratingWeight(entry);
                }
            });
        }
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = throughItem(item, opinions);
        }
        for (std::size_t item = 0; item < totals.size(); ++item) {
            totals[item] += throughItem(item, weights);
        }
    }

    void addAmounts(const Neighbourhood& asked,
                    ItemRow item,
                    std::span<float> amounts,
                    float& total) const override
    {
        std::vector<float> similar(history().columnCount()); // t_jc
        const auto columns = m_nearestItems.columnsOf(index(item));
        for (std::size_t at = 0; at < columns.size(); ++at) {
            similar[static_cast<std::size_t>(columns[at])] = m_nearestItems.valuesOf(index(item))[at];
        }
        for (std::size_t at = 0; at < asked.users.size(); ++at) {
            const float similarity = asked.similarities[at];
            float sum = 0.0F;
            forEachEntry(asked.users[at], similar.size(), [&](std::size_t entry, std::size_t column) {
                sum += opinion(entry) * similar[column];
                total += predictsRatings() ? similarity * ratingWeight(entry) * similar[column] : 0.0F;
            });
            amounts[at] = similarity * sum;
        }
    }

    /// sum over j in N(c) of values_j t_jc
    float throughItem(std::size_t item, std::span<const float> values) const
    {
        const auto columns = m_nearestItems.columnsOf(item);
        const auto similarities = m_nearestItems.valuesOf(item);
        float sum = 0.0F;
        for (std::size_t at = 0; at < columns.size(); ++at) {
            sum += values[static_cast<std::size_t>(columns[at])] * similarities[at];
        }
        return sum;
    }

    SparseRows m_nearestItems;
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
        Result<SparseRows> items = nearestRows(history->rows().transposed(),
                                               history->targetCount(),
                                               history->firstColumns(),
                                               m_options.neighbours,
                                               context.job);
        if (!items) {
            return passOn(items);
        }
        Result<UserNeighbourModel::Parts> users =
            UserNeighbourModel::partsOf(*data, std::move(*history), m_options, context.job);
        if (!users) {
            return passOn(users);
        }
        return std::make_shared<const CfProductModel>(std::move(*users), std::move(*items));
    }

private:
    KnnOptions m_options;
};

/// A user's scores are what the neighbours have in all domains, gathered by every item from its own
/// neighbours.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const DomainShape all = shape.joined();
    const Comparing items = comparingItems(shape);
    const Comparing comparisons[] = {comparingUsers(shape), items};
    Workload load = neighbourWorkload(shape, comparisons, parameters);
    const auto most = static_cast<double>(parameters.integer("neighbours"));
    const double ofItem = std::min(most * static_cast<double>(1 + shape.sources.size()),
                                   items.touched() / std::max(items.count, 1.0));
    const double heard = std::min(most, shape.users) * all.interactions / std::max(shape.users, 1.0);
    const double times = load.ratings ? 2.0 : 1.0;
    load.ranking = {.streamed = times * all.items,
                    .scattered = times * (2.0 * heard + shape.target.items * ofItem)};
    return load;
}

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
        },
        .workload = workloadOf};
}

} // namespace transept
