#pragma once

#include "core/base/Ids.h"
#include "core/base/Random.h"
#include "core/data/GivenNegatives.h"
#include "core/data/Interactions.h"
#include "core/evaluation/RankingMeasures.h"
#include "core/evaluation/TestUsers.h"

#include <span>
#include <vector>

namespace transept {

/// So many different items of 0 ... items-1 that are not known, each set of them equally likely (Floyd's
/// method), or all when there are not more. `known` ascends without repeats, and so does the result.
std::vector<ItemRow> drawNegatives(std::size_t items,
                                   std::span<const ItemRow> known,
                                   std::size_t count,
                                   Random random);

/// The items by their scores, best first; as topItems() breaks ties: by ascending row, what is not a number
/// last.
std::vector<ItemRow> rankedAmong(std::span<const float> scores, std::vector<ItemRow> items);

/// Each relevant item of a user that has given negatives, ranked among its own.
std::vector<RankedHits> rankedAmongGiven(std::span<const float> scores,
                                         const TestUser& user,
                                         const GivenNegatives& negatives);

/// The cold ones: items that nobody has in training, ascending.
std::vector<ItemRow> itemsWithoutInteractions(const InteractionMatrix& training);

/// Each relevant item of a user that is among the `cold` ones, ranked among those that are not `known`. Both
/// lists ascend without repeats. Places behind the first `longest` are not told apart.
std::vector<RankedHits> rankedAmongCold(std::span<const float> scores,
                                        const TestUser& user,
                                        std::span<const ItemRow> cold,
                                        std::span<const ItemRow> known,
                                        std::size_t longest);

} // namespace transept
