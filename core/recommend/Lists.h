#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

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

/// The best unseen items; equal scores in the order of items, as evaluation has it. What has no score comes
/// last.
std::vector<ItemRow> bestItems(std::span<const float> scores, const std::vector<bool>& seen, std::size_t top);

} // namespace transept
