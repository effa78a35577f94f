#pragma once

#include "core/base/Ids.h"
#include "core/store/Catalog.h"

#include <span>

namespace transept {

/// The place of an interaction in the clustered order (account, item, nth) of its domain: a keyset.
struct InteractionPlace
{
    std::int64_t account = 0;
    std::int64_t item = 0;
    std::int64_t nth = 0;
    auto operator<=>(const InteractionPlace&) const = default;
};

struct InteractionRow
{
    InteractionPlace place;
    std::string user;
    std::string item;
    std::string title; ///< empty when the item has none
    double value = 0.0;
    std::optional<std::int64_t> time;
    int part = 0;
    std::int64_t import = 0;
    std::int64_t line = 0;
};

struct ItemRecord
{
    ItemId id{};
    std::string key;
    std::string title;
    std::vector<std::pair<std::string, std::string>> fields;
    std::int64_t interactions = 0;
};

struct ExplorerFilter
{
    std::string user; ///< exact key; empty: all
    std::string item; ///< exact key; empty: all
    bool operator==(const ExplorerFilter&) const = default;
};

/// Windows into the tables of a domain, for views that never load a table. No OFFSET: a window starts at a
/// key.
class Explorer
{
public:
    explicit Explorer(const Workspace& workspace) : m_database(workspace.database()) {}

    /// Up to `limit` interactions at and after `from`, in the clustered order.
    Result<std::vector<InteractionRow>> interactions(DomainId domain,
                                                     const ExplorerFilter& filter,
                                                     InteractionPlace from,
                                                     int limit) const;

    /// Keys of every `step`-th interaction, so that a view can jump: anchors[n] is row n * step. The last is
    /// the count.
    struct Anchors
    {
        std::vector<InteractionPlace> places;
        std::int64_t count = 0;
    };
    Result<Anchors> anchors(DomainId domain,
                            const ExplorerFilter& filter,
                            int step,
                            const JobContext& context) const;

    /// Up to `limit` items with id > after whose key or title contains `text` (case-insensitive for ASCII).
    Result<std::vector<ItemRecord>> items(DomainId domain,
                                          std::string_view text,
                                          ItemId after,
                                          int limit) const;

    /// The same of these items alone, which ascend.
    Result<std::vector<ItemRecord>> itemsAmong(
        std::span<const ItemId> items, DomainId domain, std::string_view text, ItemId after, int limit) const;

    Result<ItemRecord> item(ItemId id) const;

private:
    const Database& m_database;
};

} // namespace transept
