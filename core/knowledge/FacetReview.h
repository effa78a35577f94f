#pragma once

#include "core/store/FacetReviews.h"

#include <array>
#include <cstdint>

namespace transept {

/// How a blind review is drawn. The same settings draw the same facets of the same knowledge base.
struct ReviewSample
{
    std::size_t facets = 30;
    std::uint64_t seed = 1;
};

/// Facets to review, in random order, stratified over the facets' names: each name gives as many as the
/// others (those with fewer give all), drawn at random. Fewer when the knowledge base has no more. NotFound
/// for an unknown knowledge base.
Result<std::vector<ReviewedFacet>> facetsToReview(const Workspace& workspace,
                                                  KnowledgeId id,
                                                  const ReviewSample& sample,
                                                  const JobContext& context);

/// What came of it so far.
struct ReviewOutcome
{
    std::int64_t marked = 0;
    struct Share
    {
        std::int64_t count = 0;
        double low = 0.0; ///< Wilson's interval of count / marked
        double high = 1.0;
    };
    std::array<Share, 3> shares; ///< by FacetVerdict
};
ReviewOutcome outcomeOf(std::span<const ReviewedFacet> facets);

/// The 95 % score interval of a share (Wilson 1927), of n > 0 trials:
///
///   (p + z^2 / 2n  -+  z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n),   z = 1.959964
///
/// 0 ... 1 without trials.
std::pair<double, double> wilsonInterval(std::int64_t successes, std::int64_t trials);

} // namespace transept
