#include "core/model/Contributions.h"
#include "core/model/Deviations.h"
#include "core/model/FoldIn.h"
#include "core/model/KnnOptions.h"
#include "core/model/Methods.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

/// Calls visit(entry, column, similarity) for each item of the user's history that is a neighbour of the
/// item.
template<typename Visit>
void forEachSpeaker(
    const History& history, const SparseRows& listeners, UserRow user, ItemRow item, const Visit& visit)
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

/// score(u, c) = sum over u's history j with c's neighbour j of w_j s_jc
class ItemKnnOrder final : public Model
{
public:
    ItemKnnOrder(History history, SparseRows queries, SparseRows listeners, NewcomerHistory newcomers)
        : m_history(std::move(history))
        , m_queries(std::move(queries))
        , m_listeners(std::move(listeners))
        , m_newcomers(std::move(newcomers))
    {
    }

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }

    void score(UserRow user, std::span<float> scores) const override
    {
        scoreRow(m_queries.columnsOf(index(user)), m_queries.valuesOf(index(user)), scores);
    }

    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override
    {
        const SparseRows query = m_newcomers.rowOf(history);
        scoreRow(query.columnsOf(0), query.valuesOf(0), scores);
        return true;
    }

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        std::vector<Contribution> result;
        forEachSpeaker(
            m_history, m_listeners, user, item, [&](std::size_t entry, std::size_t column, float similarity) {
                result.push_back({.domain = m_history.domainOf(column),
                                  .item = m_history.itemOf(column),
                                  .weight = m_queries.values[entry] * similarity});
            });
        return strongestFirst(std::move(result));
    }

private:
    void scoreRow(std::span<const std::int32_t> columns,
                  std::span<const float> weights,
                  std::span<float> scores) const
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(columns[at]);
            const auto items = m_listeners.columnsOf(column);
            const auto similarities = m_listeners.valuesOf(column);
            for (std::size_t item = 0; item < items.size(); ++item) {
                scores[static_cast<std::size_t>(items[item])] += weights[at] * similarities[item];
            }
        }
    }

    History m_history;
    SparseRows m_queries;
    SparseRows m_listeners; ///< of a history column: the target's items whose neighbour it is
    NewcomerHistory m_newcomers;
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

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        std::vector<Contribution> result;
        float total = weightOfNoDeviation;
        forEachSpeaker(
            m_history, m_listeners, user, item, [&](std::size_t entry, std::size_t column, float similarity) {
                const float weight = m_deviations.weights[entry] * similarity;
                total += weight;
                result.push_back({.domain = m_history.domainOf(column),
                                  .item = m_history.itemOf(column),
                                  .weight = weight * m_deviations.values[entry]});
            });
        for (Contribution& each : result) {
            each.weight /= total;
        }
        return strongestFirst(std::move(result));
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
    SparseRows m_listeners;
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
        if (!m_options.ratings) {
            SparseRows queries = history->recent(m_options.decay);
            const NewcomerHistory newcomers(*data, valueOf(m_options), m_options.decay);
            return std::make_shared<const ItemKnnOrder>(
                std::move(*history), std::move(queries), std::move(listeners), newcomers);
        }
        Result<Deviations> deviations = deviationsOf(*data, *history, m_options.decay, context.job);
        if (!deviations) {
            return passOn(deviations);
        }
        return std::make_shared<const ItemKnnRatings>(
            std::move(*history),
            std::move(*deviations),
            std::move(listeners),
            ItemKnnRatings::Newcomers{.data = Newcomer(*data), .options = m_options});
    }

private:
    KnnOptions m_options;
};

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
            }};
}

} // namespace transept
