#include "core/experiment/NeighbourLift.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/experiment/Bootstrap.h"

#include <cmath>
#include <limits>

namespace transept {
namespace {

constexpr std::size_t tenths = 10;
constexpr std::size_t permutations = 99;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// What near pairs have in common.
struct NearSums
{
    double cosines = 0.0;
    std::int64_t shared = 0; ///< pairs with a common user
    std::int64_t pairs = 0;
};

/// The sums when item p stands for left[p] and right[p].
NearSums nearSums(const ConsumedPair& items,
                  const LiftQuery& query,
                  std::span<const std::int32_t> left,
                  std::span<const std::int32_t> right,
                  TaskGuard& guard)
{
    NearSums sums;
    for (std::size_t at = 0; at < query.drawn.size() && guard.mayGoOn(); ++at) {
        const auto item = static_cast<std::size_t>(left[static_cast<std::size_t>(query.drawn[at])]);
        for (const std::int32_t near : query.near.rowsOf(at)) {
            const auto other = static_cast<std::size_t>(right[static_cast<std::size_t>(near)]);
            const double cosine =
                userCosine(items.left.users.columnsOf(item), items.right.users.columnsOf(other));
            sums.cosines += cosine;
            sums.shared += cosine > 0.0 ? 1 : 0;
            ++sums.pairs;
        }
    }
    return sums;
}

/// The sums of every permutation within the bands.
Result<std::vector<NearSums>> permuted(const ConsumedPair& items,
                                       const LiftQuery& query,
                                       const PopularityBands& left,
                                       const PopularityBands& right,
                                       const JobContext& job)
{
    std::vector<NearSums> all(permutations);
    TaskGuard guard(job);
    parallelTasks(permutations, [&](std::size_t nth) {
        const std::uint64_t stream = (query.stream * permutations + nth) * 2;
        const std::vector<std::int32_t> ofLeft = dealtAnew(left, query.seed, stream);
        const std::vector<std::int32_t> ofRight =
            items.isSame() ? ofLeft : dealtAnew(right, query.seed, stream + 1);
        all[nth] = nearSums(items, query, ofLeft, ofRight, guard);
    });
    const Status status = guard.status();
    return status ? Result<std::vector<NearSums>>(std::move(all)) : passOn(status);
}

/// Observed and expected mean cosine of each drawn item with its neighbours; both 0 for an item without any.
UserSeries itemSeries(const ConsumedPair& items,
                      const LiftQuery& query,
                      const PopularityBands& left,
                      const PopularityBands& right,
                      const Eigen::MatrixXd& expected)
{
    UserSeries series{.weighted = std::vector<float>(query.drawn.size()),
                      .weights = std::vector<float>(query.drawn.size())};
    forEachBlock(query.drawn.size(), 64, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const auto item = static_cast<std::size_t>(query.drawn[at]);
            const auto near = query.near.rowsOf(at);
            double observed = 0.0;
            double chance = 0.0;
            for (const std::int32_t each : near) {
                const auto other = static_cast<std::size_t>(each);
                observed += userCosine(items.left.users.columnsOf(item), items.right.users.columnsOf(other));
                chance += expected(static_cast<Eigen::Index>(left.bandOf[item]),
                                   static_cast<Eigen::Index>(right.bandOf[other]));
            }
            const double count = static_cast<double>(std::max<std::size_t>(near.size(), 1));
            series.weighted[at] = static_cast<float>(observed / count);
            series.weights[at] = static_cast<float>(chance / count);
        }
    });
    return series;
}

double ratio(double a, double b)
{
    return b > 0.0 ? a / b : none;
}

} // namespace

Result<Eigen::MatrixXd> expectedCosines(const ConsumedPair& items,
                                        const PopularityBands& left,
                                        const PopularityBands& right,
                                        const JobContext& job)
{
    const auto inverseRoot = [](const ConsumedItems& consumed, std::int32_t item) {
        return 1.0 / std::sqrt(static_cast<double>(consumed.users.lengthOf(static_cast<std::size_t>(item))));
    };
    const auto rows = static_cast<Eigen::Index>(left.items.size());
    const auto columns = static_cast<Eigen::Index>(right.items.size());
    Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(rows, columns);
    Eigen::VectorXd ofLeft(rows);
    Eigen::VectorXd ofRight(columns);
    for (std::size_t user = 0; user < items.left.items.rowCount(); ++user) {
        if (const Status goOn = everyFewThousand(user, job); !goOn) {
            return passOn(goOn);
        }
        ofLeft.setZero();
        ofRight.setZero();
        for (const std::int32_t item : items.left.items.columnsOf(user)) {
            ofLeft[static_cast<Eigen::Index>(left.bandOf[static_cast<std::size_t>(item)])] +=
                inverseRoot(items.left, item);
        }
        for (const std::int32_t item : items.right.items.columnsOf(user)) {
            ofRight[static_cast<Eigen::Index>(right.bandOf[static_cast<std::size_t>(item)])] +=
                inverseRoot(items.right, item);
        }
        sums.noalias() += ofLeft * ofRight.transpose();
    }
    for (Eigen::Index a = 0; a < rows; ++a) {
        for (Eigen::Index b = 0; b < columns; ++b) {
            const auto count = static_cast<double>(left.items[static_cast<std::size_t>(a)].size());
            const auto others = static_cast<double>(right.items[static_cast<std::size_t>(b)].size());
            const double self = items.isSame() && a == b ? 1.0 : 0.0; // c(i, i) = 1
            sums(a, b) = ratio(sums(a, b) - self * count, count * (others - self));
        }
    }
    return sums;
}

Result<NeighbourCheck> neighbourLift(const ConsumedPair& items, const LiftQuery& query, const JobContext& job)
{
    const PopularityBands left = PopularityBands::of(items.left, tenths);
    const PopularityBands right = items.isSame() ? left : PopularityBands::of(items.right, tenths);
    const Result<Eigen::MatrixXd> expected = expectedCosines(items, left, right, job);
    const Result<Eigen::MatrixXd> overall =
        expectedCosines(items, PopularityBands::of(items.left, 1), PopularityBands::of(items.right, 1), job);
    if (!expected || !overall) {
        return expected ? passOn(overall) : passOn(expected);
    }
    const Result<std::vector<NearSums>> dealt = permuted(items, query, left, right, job);
    const UserSeries series = itemSeries(items, query, left, right, *expected);
    const auto intervals = bootstrapIntervals(std::span(&series, 1), job);
    if (!dealt || !intervals) {
        return dealt ? passOn(intervals) : passOn(dealt);
    }
    std::vector<std::int32_t> asTheyAre(std::max(items.left.count(), items.right.count()));
    std::iota(asTheyAre.begin(), asTheyAre.end(), 0);
    TaskGuard guard(job);
    const NearSums near = nearSums(items, query, asTheyAre, asTheyAre, guard);
    const auto pairs = static_cast<double>(near.pairs);
    std::int64_t sharedByChance = 0;
    std::int64_t asGood = 0;
    for (const NearSums& each : *dealt) {
        sharedByChance += each.shared;
        asGood += each.cosines >= near.cosines ? 1 : 0;
    }
    NeighbourCheck check{.items = static_cast<std::int64_t>(query.drawn.size())};
    check.shared = ratio(static_cast<double>(near.shared), pairs);
    check.sharedByChance = ratio(static_cast<double>(sharedByChance), pairs * permutations);
    check.cosine = ratio(near.cosines, pairs);
    check.lift = {figureOf(series), intervals->front().first, intervals->front().second};
    check.byChance = ratio(check.cosine, check.lift.value);
    check.plainLift = ratio(check.cosine, (*overall)(0, 0));
    check.p = pairs > 0.0 ? static_cast<double>(1 + asGood) / (1.0 + permutations) : none;
    const Status status = guard.status();
    return status ? Result<NeighbourCheck>(check) : passOn(status);
}

} // namespace transept
