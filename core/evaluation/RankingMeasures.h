#pragma once

#include "core/base/Ids.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace transept {

/// A user's list seen by what is right in it.
struct RankedHits
{
    std::vector<std::uint8_t> isHit; ///< by place, best first; 1: the item there is relevant
    std::size_t relevant = 0;        ///< how many items could have been hit
};

/// `relevant` ascends without repeats.
RankedHits hitsOf(std::span<const ItemRow> ranked, std::span<const ItemRow> relevant);
RankedHits hitsOf(std::span<const ItemId> ranked, std::span<const ItemId> relevant);

// All of them look at the first K places. Places that a short list leaves empty are misses. Without a
// relevant item they are 0.

double precisionAt(const RankedHits& hits, std::size_t k); ///< hits / K
double recallAt(const RankedHits& hits, std::size_t k);    ///< hits / relevant
double f1At(const RankedHits& hits, std::size_t k);        ///< harmonic mean of both
double hitRateAt(const RankedHits& hits, std::size_t k);   ///< 1 when there is a hit

/// Binary gain, discount 1 / log2(place + 1) with places from 1, over that of the best list: min(K, relevant)
/// hits on top (Järvelin and Kekäläinen 2002).
double ndcgAt(const RankedHits& hits, std::size_t k);

/// Mean of the precision at each hit, over min(K, relevant).
double averagePrecisionAt(const RankedHits& hits, std::size_t k);

/// 1 / place of the first hit.
double reciprocalRankAt(const RankedHits& hits, std::size_t k);

using HitsMeasure = double (*)(const RankedHits& hits, std::size_t k);

/// The measure of this name: precision, recall, f1, hit-rate, ndcg, map, mrr; null when it is none of them.
HitsMeasure hitsMeasure(std::string_view base);

/// The share of (relevant, other) pairs of candidates that the scores put in the right order, equal scores
/// counting half. Candidates are all items that are not excluded. NaN when one of the two sides is empty.
/// Both lists ascend without repeats and share no item.
double rankingAuc(std::span<const float> scores,
                  std::span<const ItemRow> excluded,
                  std::span<const ItemRow> relevant);

} // namespace transept
