#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

#include <string>
#include <unordered_map>

namespace transept {

/// The users' own identifiers of people and of a domain's items: of the account on the domain's platform,
/// where a person has one there.
class Keys
{
public:
    static Result<Keys> load(const Workspace& workspace, const std::string& domain);

    /// Empty for who and what is not there.
    const std::string& of(PersonId person) const { return lookUp(m_users, number(person)); }
    const std::string& of(ItemId item) const { return lookUp(m_items, number(item)); }

private:
    using Map = std::unordered_map<std::int64_t, std::string>;

    static const std::string& lookUp(const Map& map, std::int64_t id);

    Map m_users;
    Map m_items;
};

} // namespace transept
