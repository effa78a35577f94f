#include "core/knowledge/FacetReview.h"

#include "core/base/Random.h"
#include "core/store/KnowledgeStore.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::uint64_t orderStream = std::uint64_t{1} << 40U; ///< apart from those of the names

/// How many each name gives: one more each, name by name, until all are dealt or none has more.
std::vector<std::size_t> quotas(const std::vector<FacetReviews::FacetName>& names, std::size_t count)
{
    std::vector<std::size_t> dealt(names.size());
    for (bool goesOn = true; count > 0 && goesOn;) {
        goesOn = false;
        for (std::size_t name = 0; name < names.size() && count > 0; ++name) {
            if (dealt[name] < names[name].places.size()) {
                ++dealt[name];
                --count;
                goesOn = true;
            }
        }
    }
    return dealt;
}

} // namespace

Result<std::vector<ReviewedFacet>> facetsToReview(const Workspace& workspace,
                                                  KnowledgeId id,
                                                  const ReviewSample& sample,
                                                  const JobContext& context)
{
    const StopWatcher watcher(workspace.database(), context);
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(id);
    if (!base) {
        return passOn(base);
    }
    const FacetReviews reviews(workspace);
    Result<std::vector<FacetReviews::FacetName>> names = reviews.facetNames(id);
    if (!names) {
        return passOn(names);
    }
    const std::vector<std::size_t> wanted = quotas(*names, sample.facets);
    std::vector<FacetPlace> drawn;
    for (std::size_t name = 0; name < names->size(); ++name) {
        std::vector<FacetPlace>& places = (*names)[name].places;
        Random(sample.seed, name).shuffle(std::span(places));
        drawn.insert(drawn.end(), places.begin(), places.begin() + static_cast<std::ptrdiff_t>(wanted[name]));
    }
    Random(sample.seed, orderStream).shuffle(std::span(drawn));
    return reviews.at(id, drawn);
}

ReviewOutcome outcomeOf(std::span<const ReviewedFacet> facets)
{
    ReviewOutcome outcome;
    for (const ReviewedFacet& facet : facets) {
        if (facet.verdict) {
            ++outcome.marked;
            ++outcome.shares.at(static_cast<std::size_t>(*facet.verdict)).count;
        }
    }
    for (ReviewOutcome::Share& share : outcome.shares) {
        std::tie(share.low, share.high) = wilsonInterval(share.count, outcome.marked);
    }
    return outcome;
}

std::pair<double, double> wilsonInterval(std::int64_t successes, std::int64_t trials)
{
    if (trials <= 0) {
        return {0.0, 1.0};
    }
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(successes) / n;
    const double centre = p + z * z / (2.0 * n);
    const double half = z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
    const double scale = 1.0 + z * z / n;
    return {std::max(0.0, (centre - half) / scale), std::min(1.0, (centre + half) / scale)};
}

} // namespace transept
