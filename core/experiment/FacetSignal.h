#pragma once

#include "core/experiment/NeighbourLift.h"

namespace transept {

/// Numbers for texts, in the order in which they are first asked for.
class TextNumbers
{
public:
    std::int32_t of(const std::string& text);

private:
    std::unordered_map<std::string, std::int32_t> m_numbers;
};

/// The values of one facet, by item row, as numbers by which they are compared.
struct FacetValues
{
    std::string name;
    std::vector<std::vector<std::int32_t>> values; ///< ascending, each once
    std::vector<std::vector<std::int32_t>> words;  ///< of the values: stems, ascending, each once
};

/// The facets of items by name, names ascending. A value is what listedValues() makes of the text, as the
/// stems of its words (StemRule), or its words where none of them counts; texts without a word say nothing.
/// Equal numbers of the same `numbers` are equal values.
Result<std::vector<FacetValues>> facetValues(std::span<const std::vector<Facet>> facets,
                                             TextNumbers& numbers,
                                             const JobContext& job);

/// Whether two ascending lists share a number.
bool shareNumber(std::span<const std::int32_t> a, std::span<const std::int32_t> b);

/// Two items, by their places in a ConsumedPair.
struct ItemPair
{
    std::int32_t left = 0;
    std::int32_t right = 0;
};

/// Pairs of items of one person and pairs of two people's, as FacetCheck says. None when nobody consumed two
/// items.
struct DrawnPairs
{
    std::vector<ItemPair> together;
    std::vector<ItemPair> independent;
};
DrawnPairs drawPairs(const ConsumedPair& items, std::size_t count, std::uint64_t seed, std::uint64_t stream);

/// H((p + q) / 2) - (H(p) + H(q)) / 2 in bits, H(p) the entropy of a coin (the Jensen-Shannon divergence of
/// two coins).
double coinDivergence(double p, double q);

/// What is asked of a facet: its values by the items of both sides (the domain's rows).
struct SignalQuery
{
    const FacetValues& left;
    const FacetValues& right;
    const DrawnPairs& pairs;
    std::uint64_t seed = 1;
    std::uint64_t stream = 0;
};

/// Fills everything but the names. NaN where there are less than 100 pairs of either kind.
Result<FacetCheck> facetSignal(const ConsumedPair& items, const SignalQuery& query, const JobContext& job);

} // namespace transept
