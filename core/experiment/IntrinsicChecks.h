#pragma once

#include "core/data/Split.h"
#include "core/knowledge/Extractor.h"

namespace transept {

/// What checkKnowledge() looks at.
struct CheckSpec
{
    std::string knowledge;  ///< the name of a finished knowledge base
    std::string with;       ///< another one, for the agreement of the two; empty: none
    int neighbours = 10;    ///< nearest items of each item, 1 ... 100
    SplitSpec split;        ///< of every domain by itself; what it leaves in training counts
    std::uint64_t seed = 1; ///< of the items and pairs that are drawn, and of the permutations
};

/// What tells how near two items are.
enum class CheckBasis { Vectors, Terms };
std::string_view wordOf(CheckBasis basis); ///< "vectors", "terms"

/// A figure with its 95 % interval.
struct Estimate
{
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// Whether items that the knowledge calls near are consumed by the same people. For up to 2,000 items i of
/// `domain`, drawn at random, and their nearest items N_i in `other`, by cosine:
///
///   c(i, j) = |U_i and U_j| / sqrt(|U_i| |U_j|)     cosine of the items' users (Sarwar et al. 2001)
///   lift    = sum_i mean_{j in N_i} c(i, j)  /  sum_i mean_{j in N_i} E c(i', j')
///
/// where i', j' are drawn from the items as popular as i and j (the same tenth by number of users): what
/// remains when the knowledge is dealt anew among items of like popularity. The expectation is exact. Of
/// several domains the people who act in both count, and the items that they consumed.
struct NeighbourCheck
{
    std::string domain;
    std::string other; ///< equal to `domain` within one
    CheckBasis basis{};
    std::int64_t users = 0; ///< with training interactions; of two domains: in both
    std::int64_t items = 0; ///< drawn
    double shared = 0.0;    ///< share of the near pairs with a common user
    double sharedByChance = 0.0;
    double cosine = 0.0;    ///< mean c of near pairs
    double byChance = 0.0;  ///< the same of pairs as popular
    Estimate lift;          ///< interval: bootstrap over the items i
    double plainLift = 0.0; ///< against knowledge dealt anew among all items, whatever their popularity
    double p = 1.0;         ///< one-sided permutation test within the tenths, 99 permutations
};

/// Whether a facet tells what is consumed together. Of 20,000 pairs of items of one person (the person drawn
/// first, then two items) and as many whose two items are drawn in the same way, but of two people
/// independently, so that both kinds are as popular; of each kind those count whose items both have the
/// facet:
///
///   p1, p0 = share of pairs with a value in common, consumed together and by chance
///   bits   = H((p1 + p0) / 2) - (H(p1) + H(p0)) / 2
///
/// the mutual information of "a value in common" and "consumed together", of which the two are equally
/// likely: of at most one bit. What remains by chance is measured by dealing the values anew within tenths by
/// popularity, 99 times; adjusted = (bits - mean) / (1 - mean) (Vinh, Epps and Bailey 2010). Values are
/// compared by the stems of their words; a facet that lists several has each of them.
struct FacetCheck
{
    std::string domain;
    std::string other;
    std::string facet;
    std::int64_t items = 0;  ///< of `domain` with the facet, among those consumed
    std::int64_t values = 0; ///< distinct ones in `domain`
    std::int64_t pairs = 0;  ///< consumed together, both with the facet
    double together = 0.0;   ///< p1
    double byChance = 0.0;   ///< p0
    double bits = 0.0;
    Estimate noise; ///< bits when the values are dealt anew: mean, 2.5 % and 97.5 % of them
    double adjusted = 0.0;
    double p = 1.0; ///< one-sided
};

/// Items of a domain that the knowledge cannot tell apart.
struct IndistinctItems
{
    std::string domain;
    bool byFacets = false;  ///< by all facets; else by the vector, to the last bit
    std::int64_t items = 0; ///< with such knowledge
    std::int64_t alike = 0; ///< of these, in a group of at least two
    std::int64_t groups = 0;
    struct Group
    {
        std::int64_t items = 0;
        std::vector<ItemId> examples;    ///< at most five of them
        std::vector<std::string> titles; ///< of the examples, or their keys
    };
    std::vector<Group> largest; ///< at most ten
};

/// How far two knowledge bases call the same items near. For up to 2,000 items that both know, with nearest
/// lists A and B among all items that both know:
///
///   overlap = |A and B| / k,   Jaccard = |A and B| / |A or B|
///
/// by chance: of lists of the same lengths, drawn at random (hypergeometric, exact).
struct NeighbourAgreement
{
    std::string domain;
    CheckBasis basis{};
    CheckBasis otherBasis{};
    std::int64_t items = 0; ///< drawn
    Estimate overlap;       ///< intervals: bootstrap over items
    double overlapByChance = 0.0;
    Estimate jaccard;
    double jaccardByChance = 0.0;
};

/// How far they say the same in a facet of the same name: share of the items that have it in both with a
/// value, or a word, in common; by chance: with the facets of another item that has it in both.
struct FacetAgreement
{
    std::string domain;
    std::string facet;
    std::int64_t items = 0;
    double equal = 0.0;
    double equalByChance = 0.0;
    double words = 0.0;
    double wordsByChance = 0.0;
};

/// A domain that could not be looked at by its interactions.
struct UncheckedDomain
{
    std::string domain;
    Error reason;
};

struct IntrinsicChecks
{
    CheckSpec spec;
    std::int64_t interactions = 0; ///< in training, of all domains that were looked at
    std::vector<NeighbourCheck> neighbours;
    std::vector<FacetCheck> facets; ///< those with p <= 0.05 first, then by `adjusted`, falling
    std::vector<IndistinctItems> indistinct;
    std::vector<NeighbourAgreement> agreement; ///< with the other knowledge base
    std::vector<FacetAgreement> facetAgreement;
    std::vector<UncheckedDomain> unchecked;
};

/// Looks whether a knowledge base is any good before anything is trained, by training interactions alone:
/// every domain is split as `split` says, and only what is in training is looked at. Same workspace, same
/// spec: same bits, for any number of threads. NotFound for an unknown knowledge base, InvalidInput for one
/// that is not finished and for a number of neighbours out of range.
Result<IntrinsicChecks> checkKnowledge(const Workspace& workspace,
                                       const CheckSpec& spec,
                                       const JobContext& context);

} // namespace transept
