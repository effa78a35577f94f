#include "core/recommend/Lists.h"

#include <set>

namespace transept {

Result<ItemNames> ItemNames::open(const Workspace& workspace)
{
    Result<Statement> find =
        workspace.database().prepare("SELECT key, coalesce(title, '') FROM item WHERE id = ?");
    return find ? Result<ItemNames>(ItemNames(std::move(*find))) : passOn(find);
}

Result<ItemNames::Name> ItemNames::of(ItemId item)
{
    m_find.rewind();
    const Result<bool> row = m_find.bind(1, number(item)).step();
    if (!row) {
        return passOn(row);
    }
    return *row ? Name{.key = std::string(m_find.text(0)), .title = std::string(m_find.text(1))} : Name{};
}

Result<std::vector<Recommendation>> named(const TopItems& best,
                                          std::span<const ItemId> items,
                                          ItemNames& names,
                                          const JobContext& context)
{
    std::vector<Recommendation> list;
    for (std::size_t place = 0; place < best.items.size(); ++place) {
        const ItemId item = items[index(best.items[place])];
        Result<ItemNames::Name> name = context.checkpoint().and_then([&] { return names.of(item); });
        if (!name) {
            return passOn(name);
        }
        list.push_back({.rank = static_cast<int>(place) + 1,
                        .item = item,
                        .key = std::move(name->key),
                        .title = std::move(name->title),
                        .score = static_cast<double>(best.scores[place]),
                        .deviation = {},
                        .foldedFrom = {}});
    }
    return list;
}

std::vector<ItemRow> targetItemsOf(std::span<const PastEvent> history)
{
    std::set<ItemRow> items;
    for (const PastEvent& event : history) {
        if (event.domain < 0) {
            items.insert(event.item);
        }
    }
    return {items.begin(), items.end()};
}

void excludeOthers(std::span<const ItemId> items, const ListRequest& request, std::vector<ItemRow>& excluded)
{
    if (!request.among) {
        return;
    }
    for (std::size_t row = 0; row < items.size(); ++row) {
        if (!request.asksFor(items[row])) {
            excluded.push_back(static_cast<ItemRow>(row));
        }
    }
    std::ranges::sort(excluded);
    excluded.erase(std::unique(excluded.begin(), excluded.end()), excluded.end());
}

} // namespace transept
