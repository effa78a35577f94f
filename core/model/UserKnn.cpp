#include "core/model/Methods.h"
#include "core/model/UserNeighbours.h"

#include <algorithm>

namespace transept {
namespace {

/// Order:   score(u, c) = sum over u's neighbours v of s_uv x_vc
/// Ratings: rating(u, c) = baseline_uc + sum of s_uv deviation_vc / (1 + sum of s_uv), over the v that rated
/// c
class UserKnnModel final : public UserNeighbourModel
{
public:
    explicit UserKnnModel(Parts parts) : UserNeighbourModel(std::move(parts)) {}

    /// The neighbours as they are: what they had to do with the item is no part of their similarity.
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override
    {
        if (users.empty()) {
            return true;
        }
        const TrainingDomain& target = parts().data->target;
        const double highest = target.scaleMax > 0.0 ? target.scaleMax : 1.0;
        const Baseline* baseline = predictsRatings() ? &parts().deviations->target : nullptr;
        const double bias =
            baseline != nullptr ? itemBias(*baseline, interactions, BaselineOptions{}.lambdaItem) : 0.0;
        const auto expected = [&](std::size_t user) { return baseline->mean + baseline->user[user] + bias; };
        const SparseRows column = columnOfNewItem(*parts().data, valueOf(parts().options), interactions);
        std::vector<float> opinions(parts().data->userCount);
        std::vector<float> weights(opinions.size()); // 1 of who has one
        for (std::size_t at = 0; at < column.columns.size(); ++at) {
            const auto user = static_cast<std::size_t>(column.columns[at]);
            const auto value = static_cast<double>(column.values[at]);
            opinions[user] =
                static_cast<float>(baseline == nullptr ? value : value * highest - expected(user));
            weights[user] = 1.0F;
        }
        for (std::size_t at = 0; at < users.size(); ++at) {
            const Neighbourhood asked = neighboursOf(users[at]);
            float sum = 0.0F;
            float total = weightOfNoDeviation;
            for (std::size_t each = 0; each < asked.users.size(); ++each) {
                const auto neighbour = static_cast<std::size_t>(asked.users[each]);
                sum += asked.similarities[each] * opinions[neighbour];
                total += asked.similarities[each] * weights[neighbour];
            }
            scores[at] =
                baseline == nullptr ? sum : static_cast<float>(expected(index(users[at]))) + sum / total;
        }
        return true;
    }

private:
    void addOpinions(const Neighbourhood& asked,
                     std::span<float> scores,
                     std::span<float> totals) const override
    {
        for (std::size_t at = 0; at < asked.users.size(); ++at) {
            const float similarity = asked.similarities[at];
            forEachEntry(asked.users[at], itemCount(), [&](std::size_t entry, std::size_t item) {
                scores[item] += similarity * opinion(entry);
                if (!totals.empty()) {
                    totals[item] += similarity;
                }
            });
        }
    }

    void addAmounts(const Neighbourhood& asked,
                    ItemRow item,
                    std::span<float> amounts,
                    float& total) const override
    {
        for (std::size_t at = 0; at < asked.users.size(); ++at) {
            const auto row = static_cast<std::size_t>(asked.users[at]);
            if (const auto found = placeInRow(history().rows(), row, index(item))) {
                amounts[at] = asked.similarities[at] * opinion(history().rows().starts[row] + *found);
                total += asked.similarities[at];
            }
        }
    }
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
        Result<UserNeighbourModel::Parts> parts =
            UserNeighbourModel::partsOf(*data, std::move(*history), m_options, context.job);
        if (!parts) {
            return passOn(parts);
        }
        parts->data = std::move(data);
        return std::make_shared<const UserKnnModel>(std::move(*parts));
    }

private:
    KnnOptions m_options;
};

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const Comparing comparison = comparingUsers(shape);
    Workload load = neighbourWorkload(shape, {&comparison, 1}, parameters);
    const double kept = std::min<double>(parameters.integer("neighbours"), shape.users);
    const double ofNeighbour = shape.target.interactions / std::max(shape.users, 1.0);
    const double heard = kept * ofNeighbour;
    load.ranking = Work{.streamed = 2.0 * shape.target.items} +
                   workload::scatteredAmong(4.0 * heard + 4.0 * kept, sizeof(double) * shape.target.items);
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
