#pragma once

#include "core/base/Ids.h"
#include "core/model/Imported.h"

#include <span>
#include <vector>

namespace transept {

/// The best items of one user, best first.
struct TopItems
{
    std::vector<ItemRow> items;
    std::vector<float> scores;
};

/// The `count` best of all items that are not excluded, or as many as there are. Equal scores are broken by
/// ascending item row; a score that is not a number counts as minus infinity. `excluded` ascends without
/// repeats. Candidates above a bar wait until they are many, then the best are picked and the bar rises:
/// O(items) and hardly more than a look at each score.
TopItems topItems(std::span<const float> scores, std::span<const ItemRow> excluded, std::size_t count);

/// The first `count` items of a user's list as it stands, for a model that knows lists instead of scores.
TopItems firstItems(std::span<const ImportedModel::Entry> list, std::size_t count);

} // namespace transept
