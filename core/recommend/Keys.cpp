#include "core/recommend/Keys.h"

#include "core/store/Catalog.h"
#include "core/store/Rows.h"

namespace transept {

Result<Keys> Keys::load(const Workspace& workspace, const std::string& domain)
{
    const Result<Domain> found = Catalog(workspace).domain(domain);
    if (!found) {
        return passOn(found);
    }
    const auto read = [&](std::string_view sql, std::int64_t value) {
        return gather<Map>(prepared(workspace.database(), sql, value), [](Map& into, const Statement& row) {
            into.emplace(row.integer(0), row.text(1));
        });
    };
    Result<Map> items = read("SELECT id, key FROM item WHERE domain = ?1", number(found->id));
    Result<Map> users =
        items ? read("SELECT person, key FROM account ORDER BY platform <> ?1, id", number(found->platform))
              : passOn(items);
    if (!users) {
        return passOn(users);
    }
    Keys keys;
    keys.m_items = std::move(*items);
    keys.m_users = std::move(*users);
    return keys;
}

const std::string& Keys::lookUp(const Map& map, std::int64_t id)
{
    static const std::string unknown;
    const auto found = map.find(id);
    return found == map.end() ? unknown : found->second;
}

} // namespace transept
