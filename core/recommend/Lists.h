#pragma once

#include "core/evaluation/TopItems.h"
#include "core/recommend/Recommend.h"

#include <span>

namespace transept {

/// Key and title of items, one prepared statement for many of them. The workspace outlives it.
class ItemNames
{
public:
    struct Name
    {
        std::string key;
        std::string title;
    };

    static Result<ItemNames> open(const Workspace& workspace);
    Result<Name> of(ItemId item);

private:
    explicit ItemNames(Statement find) : m_find(std::move(find)) {}

    Statement m_find;
};

/// The best of these items by their names: rank, item, key, title and score.
Result<std::vector<Recommendation>> named(const TopItems& best,
                                          std::span<const ItemId> items,
                                          ItemNames& names,
                                          const JobContext& context);

/// The items of the target in a history: ascending, each once.
std::vector<ItemRow> targetItemsOf(std::span<const PastEvent> history);

/// Adds the rows of all items that are not asked for to those that are excluded, which ascend.
void excludeOthers(std::span<const ItemId> items, const ListRequest& request, std::vector<ItemRow>& excluded);

} // namespace transept
