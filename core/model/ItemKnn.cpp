#include "core/model/Contributions.h"
#include "core/model/Deviations.h"
#include "core/model/KnnOptions.h"
#include "core/model/Methods.h"
#include "core/model/SparseItemModel.h"
#include "core/model/Workload.h"

#include <algorithm>
#include <mutex>

namespace transept {
namespace {

/// Finds the neighbours of an item that came after the training.
class NewItems
{
public:
    NewItems(std::shared_ptr<const TrainingData> data, const KnnOptions& options)
        : m_data(std::move(data))
        , m_options(options)
    {
    }

    /// Among all columns of the history of that data.
    SparseRow neighboursOf(const History& history, std::span<const Event> interactions) const
    {
        std::call_once(m_read, [&] {
            const SparseRows items = history.rows().transposed();
            m_values.emplace(items, m_options.neighbours);
            m_compared = m_values->of(items);
        });
        const SparseRows column = columnOfNewItem(*m_data, valueOf(m_options), interactions);
        return nearestTo(m_compared, m_values->of(column), history.firstColumns(), m_options.neighbours);
    }

private:
    std::shared_ptr<const TrainingData> m_data;
    KnnOptions m_options;
    mutable std::once_flag m_read; ///< when the first is asked for
    mutable std::optional<ComparedValues> m_values;
    mutable SparseRows m_compared; ///< a row an item
};

/// rating(u, c) = baseline + sum of w_j s_jc deviation_j / (1 + sum of w_j s_jc)
class ItemKnnRatings final : public Model
{
public:
    /// How the history of a newcomer is read.
    struct Newcomers
    {
        Newcomer data;
        KnnOptions options;
        std::shared_ptr<const NewItems> items;
    };

    ItemKnnRatings(History history, Deviations deviations, SparseRows listeners, Newcomers newcomers)
        : m_history(std::move(history))
        , m_deviations(std::move(deviations))
        , m_listeners(std::move(listeners))
        , m_newcomers(std::move(newcomers))
    {
    }

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }
    bool predictsRatings() const noexcept override { return true; }

    void score(UserRow user, std::span<float> scores) const override
    {
        scoreFrom(m_history, m_deviations, user, scores);
    }

    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override
    {
        const TrainingData data = m_newcomers.data.dataOf(history);
        const Result<History> read = historyFor(data, m_newcomers.options, {});
        if (!read) {
            return false;
        }
        const Deviations deviations =
            deviationsOfNewcomer(data, *read, m_newcomers.options.decay, m_deviations);
        scoreFrom(*read, deviations, UserRow{}, scores);
        return true;
    }

    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override
    {
        if (users.empty()) {
            return true;
        }
        const Baseline& baseline = m_deviations.target;
        const double bias = itemBias(baseline, interactions, BaselineOptions{}.lambdaItem);
        std::vector<float> similarities(m_history.columnCount());
        const SparseRow nearest = m_newcomers.items->neighboursOf(m_history, interactions);
        for (std::size_t at = 0; at < nearest.columns.size(); ++at) {
            similarities[static_cast<std::size_t>(nearest.columns[at])] = nearest.values[at];
        }
        for (std::size_t at = 0; at < users.size(); ++at) {
            const std::size_t user = index(users[at]);
            float sum = 0.0F;
            float total = weightOfNoDeviation;
            const SparseRows& rows = m_history.rows();
            for (std::size_t entry = rows.starts[user]; entry < rows.starts[user + 1]; ++entry) {
                const auto column = static_cast<std::size_t>(rows.columns[entry]);
                const float weight = m_deviations.weights[entry] * similarities[column];
                sum += weight * m_deviations.values[entry];
                total += weight;
            }
            scores[at] = static_cast<float>(baseline.mean + baseline.user[user] + bias) + sum / total;
        }
        return true;
    }

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        const SparseRows& rows = m_history.rows();
        const auto columns = rows.columnsOf(index(user));
        std::vector<float> parts(columns.size());
        float total = weightOfNoDeviation;
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(columns[at]);
            if (const auto found = placeInRow(m_listeners, column, index(item))) {
                const std::size_t entry = rows.starts[index(user)] + at;
                const float weight = m_deviations.weights[entry] * m_listeners.valuesOf(column)[*found];
                total += weight;
                parts[at] = weight * m_deviations.values[entry];
            }
        }
        for (float& part : parts) {
            part /= total;
        }
        return strongestColumns(m_history, columns, parts);
    }

private:
    void scoreFrom(const History& history,
                   const Deviations& deviations,
                   UserRow user,
                   std::span<float> scores) const
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        std::vector<float> totals(scores.size(), weightOfNoDeviation);
        const SparseRows& rows = history.rows();
        for (std::size_t entry = rows.starts[index(user)]; entry < rows.starts[index(user) + 1]; ++entry) {
            const auto column = static_cast<std::size_t>(rows.columns[entry]);
            const auto items = m_listeners.columnsOf(column);
            const auto similarities = m_listeners.valuesOf(column);
            for (std::size_t item = 0; item < items.size(); ++item) {
                const float weight = deviations.weights[entry] * similarities[item];
                scores[static_cast<std::size_t>(items[item])] += weight * deviations.values[entry];
                totals[static_cast<std::size_t>(items[item])] += weight;
            }
        }
        for (std::size_t item = 0; item < scores.size(); ++item) {
            const double baseline = deviations.target.rating(user, static_cast<ItemRow>(item));
            scores[item] = static_cast<float>(baseline) + scores[item] / totals[item];
        }
    }

    History m_history;
    Deviations m_deviations;
    SparseRows m_listeners; ///< of a history column: the target's items whose neighbour it is
    Newcomers m_newcomers;
};

class ItemKnn final : public Method
{
public:
    explicit ItemKnn(KnnOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<History> history = historyFor(*data, m_options, context.job);
        if (!history) {
            return passOn(history);
        }
        const Result<SparseRows> nearest = nearestRows(history->rows().transposed(),
                                                       history->targetCount(),
                                                       history->firstColumns(),
                                                       m_options.neighbours,
                                                       context.job);
        if (!nearest) {
            return passOn(nearest);
        }
        SparseRows listeners = nearest->transposed();
        auto newItems = std::make_shared<const NewItems>(data, m_options);
        if (!m_options.ratings) {
            ScoredHistory scored =
                ScoredHistory::of(*data, std::move(*history), valueOf(m_options), m_options.decay);
            scored.weightsOfNewItem = [newItems = std::move(newItems)](const History& known,
                                                                       std::span<const Event> interactions) {
                return newItems->neighboursOf(known, interactions);
            };
            return std::make_shared<const SparseItemModel>(std::move(scored), std::move(listeners));
        }
        Result<Deviations> deviations = deviationsOf(*data, *history, m_options.decay, context.job);
        if (!deviations) {
            return passOn(deviations);
        }
        return std::make_shared<const ItemKnnRatings>(
            std::move(*history),
            std::move(*deviations),
            std::move(listeners),
            ItemKnnRatings::Newcomers{
                .data = Newcomer(*data), .options = m_options, .items = std::move(newItems)});
    }

private:
    KnnOptions m_options;
};

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const DomainShape all = shape.joined();
    const Comparing comparison = comparingItems(shape);
    Workload load = neighbourWorkload(shape, {&comparison, 1}, parameters);
    // Who has many interactions has popular items, which are many items' neighbours.
    constexpr double skew = 2.0;
    const double kept = std::min<double>(parameters.integer("neighbours"),
                                         comparison.touched() / std::max(comparison.count, 1.0));
    const double listeners = kept * shape.target.items / std::max(all.items, 1.0);
    const double heard = skew * listeners * all.interactions / std::max(shape.users, 1.0);
    const double most = shape.target.items * all.interactions / std::max(shape.users, 1.0);
    load.ranking = Work{.streamed = 2.0 * shape.target.items} +
                   workload::scatteredAmong(2.5 * std::min(heard, most), sizeof(double) * shape.target.items);
    return load;
}

} // namespace

MethodDescription describeItemKnn()
{
    return {.name = "item-knn",
            .title = TRANSLATABLE("methods", "Item neighbours"),
            .family = TRANSLATABLE("methods", "Neighbourhood"),
            .source = "Sarwar, Karypis, Konstan, Riedl 2001; Robertson and Zaragoza 2009 (BM25)",
            .meaning = TRANSLATABLE(
                "methods",
                "An item is recommended when many of the same people had it and the items of the user's "
                "history, in the target and in the source domains."),
            .usesSources = true,
            .parameters = knnParameters(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<ItemKnn>(knnOptionsFrom(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
