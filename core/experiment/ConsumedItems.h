#pragma once

#include "core/data/SparseRows.h"

namespace transept {

/// Items of a domain and who consumed them, for checks of what is consumed together.
struct ConsumedItems
{
    std::vector<std::int32_t> rows; ///< of the domain's items; ascending
    SparseRows users;               ///< a row each of `rows`: the people, each once
    SparseRows items;               ///< transposed

    std::size_t count() const noexcept { return rows.size(); }
};

/// The items of `all` that `isMeant`, a value for each of them, says; of their people those that `isCounted`
/// says. Items without such people are left out.
Result<ConsumedItems> consumedItems(const SparseRows& all,
                                    const std::vector<bool>& isMeant,
                                    const std::vector<bool>& isCounted,
                                    const JobContext& job);

/// Items by their number of users, in up to `most` bands of as many items each (and ten at least), the least
/// popular first; of equally popular ones the smaller row first.
struct PopularityBands
{
    std::vector<std::vector<std::int32_t>> items; ///< of each band
    std::vector<std::size_t> bandOf;              ///< of each item

    static PopularityBands of(const ConsumedItems& consumed, std::size_t most);
};

/// Deals the places 0 ... n-1 anew within the bands: dealt[place] is the item that stands there then.
std::vector<std::int32_t> dealtAnew(const PopularityBands& bands, std::uint64_t seed, std::uint64_t stream);

/// How many are in both; both ascend.
std::size_t commonUsers(std::span<const std::int32_t> a, std::span<const std::int32_t> b);

/// |common| / sqrt(|a| |b|)
double userCosine(std::span<const std::int32_t> a, std::span<const std::int32_t> b);

} // namespace transept
