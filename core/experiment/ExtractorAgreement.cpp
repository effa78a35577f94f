#include "core/experiment/ExtractorAgreement.h"

#include "core/base/Random.h"
#include "core/experiment/Bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace transept {
namespace {

constexpr int drawnOrders = 20;
constexpr std::uint64_t orderStreams = std::uint64_t{1} << 41U;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::size_t inBoth(std::span<const std::int32_t> a, std::span<const std::int32_t> b)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(a, [&](std::int32_t row) { return std::ranges::find(b, row) != b.end(); }));
}

/// Of small k: ln C(n, k) = sum of ln((n - k + i) / i) for i = 1 ... k.
double logChoose(std::size_t n, std::size_t k)
{
    double sum = 0.0;
    for (std::size_t i = 1; i <= k; ++i) {
        sum += std::log(static_cast<double>(n - k + i) / static_cast<double>(i));
    }
    return sum;
}

/// Share of the items whose numbers, those of `order` on the other side, have one in common.
double shareAlike(const std::vector<std::vector<std::int32_t>>& one,
                  const std::vector<std::vector<std::int32_t>>& other,
                  std::span<const std::size_t> items,
                  std::span<const std::size_t> order)
{
    std::int64_t alike = 0;
    for (std::size_t at = 0; at < items.size(); ++at) {
        alike += shareNumber(one[items[at]], other[order[at]]) ? 1 : 0;
    }
    return static_cast<double>(alike) / static_cast<double>(items.size());
}

} // namespace

ChanceOverlap chanceOverlap(std::size_t a, std::size_t b, std::size_t candidates, std::size_t most)
{
    ChanceOverlap expected;
    const std::size_t least = a + b > candidates ? a + b - candidates : 0;
    for (std::size_t common = std::max<std::size_t>(least, 1); common <= std::min(a, b); ++common) {
        // P(m) = C(a, m) C(n - a, b - m) / C(n, b)
        const double chance =
            std::exp(logChoose(a, common) + logChoose(candidates - a, b - common) - logChoose(candidates, b));
        expected.overlap += chance * static_cast<double>(common) / static_cast<double>(most);
        expected.jaccard += chance * static_cast<double>(common) / static_cast<double>(a + b - common);
    }
    return expected;
}

Result<NeighbourAgreement> neighbourAgreement(const TwoLists& lists, const JobContext& job)
{
    const std::size_t count = lists.one.count();
    const std::size_t most = std::min(lists.one.most, lists.candidates);
    std::vector<UserSeries> series(2, UserSeries{.weighted = std::vector<float>(count)});
    NeighbourAgreement agreement{.items = static_cast<std::int64_t>(count)};
    for (std::size_t at = 0; at < count; ++at) {
        const auto one = lists.one.rowsOf(at);
        const auto other = lists.other.rowsOf(at);
        const std::size_t common = inBoth(one, other);
        const std::size_t either = std::max<std::size_t>(one.size() + other.size() - common, 1);
        series[0].weighted[at] = static_cast<float>(common) / static_cast<float>(most);
        series[1].weighted[at] = static_cast<float>(common) / static_cast<float>(either);
        const ChanceOverlap chance = chanceOverlap(one.size(), other.size(), lists.candidates, most);
        agreement.overlapByChance += chance.overlap / static_cast<double>(count);
        agreement.jaccardByChance += chance.jaccard / static_cast<double>(count);
    }
    const auto intervals = bootstrapIntervals(series, job);
    if (!intervals) {
        return passOn(intervals);
    }
    agreement.overlap = {figureOf(series[0]), intervals->at(0).first, intervals->at(0).second};
    agreement.jaccard = {figureOf(series[1]), intervals->at(1).first, intervals->at(1).second};
    return agreement;
}

FacetAgreement facetAgreement(const FacetValues& one, const FacetValues& other, std::uint64_t seed)
{
    std::vector<std::size_t> items;
    for (std::size_t item = 0; item < std::min(one.values.size(), other.values.size()); ++item) {
        if (!one.values[item].empty() && !other.values[item].empty()) {
            items.push_back(item);
        }
    }
    FacetAgreement agreement{.facet = one.name, .items = static_cast<std::int64_t>(items.size())};
    if (items.empty()) {
        agreement.equal = agreement.equalByChance = agreement.words = agreement.wordsByChance = none;
        return agreement;
    }
    agreement.equal = shareAlike(one.values, other.values, items, items);
    agreement.words = shareAlike(one.words, other.words, items, items);
    for (int nth = 0; nth < drawnOrders; ++nth) {
        std::vector<std::size_t> order = items;
        Random(seed, orderStreams + static_cast<std::uint64_t>(nth)).shuffle(std::span(order));
        agreement.equalByChance += shareAlike(one.values, other.values, items, order) / drawnOrders;
        agreement.wordsByChance += shareAlike(one.words, other.words, items, order) / drawnOrders;
    }
    return agreement;
}

} // namespace transept
