#pragma once

#include "core/experiment/FacetSignal.h"

namespace transept {

/// The nearest lists of the same items by two knowledge bases, list by list, among `candidates` others.
struct TwoLists
{
    const NearestLists& one;
    const NearestLists& other;
    std::size_t candidates = 0;
};

/// Fills everything but domain and bases.
Result<NeighbourAgreement> neighbourAgreement(const TwoLists& lists, const JobContext& job);

/// Overlap and Jaccard index by chance of lists of `a` and `b` items that are drawn from `candidates`: the
/// expectation over m ~ hypergeometric of m / `most` and of m / (a + b - m).
struct ChanceOverlap
{
    double overlap = 0.0;
    double jaccard = 0.0;
};
ChanceOverlap chanceOverlap(std::size_t a, std::size_t b, std::size_t candidates, std::size_t most);

/// Fills everything but the domain; numbers of both as the same TextNumbers gave them. By chance: the mean of
/// twenty drawn orders of the items that have it in both.
FacetAgreement facetAgreement(const FacetValues& one, const FacetValues& other, std::uint64_t seed);

} // namespace transept
