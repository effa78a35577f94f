#include "core/recommend/Keys.h"

#include "core/store/Catalog.h"
#include "core/store/Rows.h"

namespace transept {

Result<ItemKeys> itemKeysOf(const Workspace& workspace, DomainId domain)
{
    return gather<ItemKeys>(
        prepared(workspace.database(), "SELECT id, key FROM item WHERE domain = ?1", number(domain)),
        [](ItemKeys& keys, const Statement& row) { keys.add(ItemId{row.integer(0)}, row.text(1)); });
}

Result<UserKeys> userKeysOf(const Workspace& workspace, PlatformId platform)
{
    return gather<UserKeys>(
        prepared(workspace.database(),
                 "SELECT person, key FROM account ORDER BY platform <> ?1, id",
                 number(platform)),
        [](UserKeys& keys, const Statement& row) { keys.add(PersonId{row.integer(0)}, row.text(1)); });
}

Result<Keys> Keys::load(const Workspace& workspace, const std::string& domain)
{
    const Result<Domain> found = Catalog(workspace).domain(domain);
    Result<ItemKeys> items = found ? itemKeysOf(workspace, found->id) : passOn(found);
    Result<UserKeys> users = items ? userKeysOf(workspace, found->platform) : passOn(items);
    if (!users) {
        return passOn(users);
    }
    Keys keys;
    keys.m_items = std::move(*items);
    keys.m_users = std::move(*users);
    return keys;
}

} // namespace transept
