#include "core/model/Baseline.h"

#include "core/base/Parallel.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace transept {
namespace {

constexpr std::size_t rowsPerBlock = 512;
constexpr int mostSweeps = 2000;
constexpr double smallestMove = 1e-6;

/// The best bias of a row while those of its partners stand.
template<typename Partners>
double bestBias(const Partners& partners,
                std::span<const float> values,
                const std::vector<double>& others,
                double mean,
                double lambda)
{
    double sum = 0.0;
    for (std::size_t entry = 0; entry < partners.size(); ++entry) {
        sum += static_cast<double>(values[entry]) - mean - others[index(partners[entry])];
    }
    return sum / (static_cast<double>(partners.size()) + lambda);
}

/// The best biases of one side while the other's stand; returns the largest move.
template<typename Row, typename OthersOf, typename ValuesOf>
double improve(std::vector<double>& biases,
               const std::vector<double>& others,
               double mean,
               double lambda,
               const OthersOf& othersOf,
               const ValuesOf& valuesOf)
{
    std::vector<double> moves((biases.size() + rowsPerBlock - 1) / rowsPerBlock);
    forEachBlock(biases.size(), rowsPerBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const auto partners = othersOf(static_cast<Row>(at));
            if (partners.empty()) {
                continue;
            }
            const double best = bestBias(partners, valuesOf(static_cast<Row>(at)), others, mean, lambda);
            moves[block] = std::max(moves[block], std::abs(best - biases[at]));
            biases[at] = best;
        }
    });
    return moves.empty() ? 0.0 : *std::max_element(moves.begin(), moves.end());
}

} // namespace

double userBias(const Baseline& baseline, const InteractionMatrix& ratings, UserRow user, double lambdaUser)
{
    const auto items = ratings.itemsOf(user);
    return items.empty() ? 0.0
                         : bestBias(items, ratings.valuesOf(user), baseline.item, baseline.mean, lambdaUser);
}

double itemBias(const Baseline& baseline, std::span<const Event> ratings, double lambdaItem)
{
    std::vector<UserRow> users;
    std::vector<float> values;
    for (const Event& rating : ratings) {
        users.push_back(rating.user);
        values.push_back(rating.value);
    }
    return users.empty() ? 0.0 : bestBias(users, values, baseline.user, baseline.mean, lambdaItem);
}

Result<Baseline> fitBaseline(const InteractionMatrix& ratings,
                             const BaselineOptions& options,
                             const JobContext& job)
{
    Baseline baseline{.mean = ratings.mean(),
                      .user = std::vector<double>(ratings.userCount()),
                      .item = std::vector<double>(ratings.itemCount())};
    for (int sweep = 0; sweep < mostSweeps; ++sweep) {
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        const double itemMove = improve<ItemRow>(
            baseline.item,
            baseline.user,
            baseline.mean,
            options.lambdaItem,
            [&](ItemRow item) { return ratings.usersOf(item); },
            [&](ItemRow item) { return ratings.itemValuesOf(item); });
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        const double userMove = improve<UserRow>(
            baseline.user,
            baseline.item,
            baseline.mean,
            options.lambdaUser,
            [&](UserRow user) { return ratings.itemsOf(user); },
            [&](UserRow user) { return ratings.valuesOf(user); });
        if (std::max(itemMove, userMove) < smallestMove) {
            break;
        }
    }
    return baseline;
}

} // namespace transept
