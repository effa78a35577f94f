#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

#include <string>
#include <unordered_map>

namespace transept {

/// The users' own identifiers of people or of items.
template<typename Id>
class KeysOf
{
public:
    /// The first key that is added for an id stays.
    void add(Id id, std::string_view key) { m_keys.emplace(id, key); }

    /// Empty for who and what is not there.
    const std::string& of(Id id) const
    {
        static const std::string unknown;
        const auto found = m_keys.find(id);
        return found == m_keys.end() ? unknown : found->second;
    }

private:
    std::unordered_map<Id, std::string> m_keys;
};

using ItemKeys = KeysOf<ItemId>;
using UserKeys = KeysOf<PersonId>;

Result<ItemKeys> itemKeysOf(const Workspace& workspace, DomainId domain);

/// Of everybody: of the account on the platform, where a person has one there.
Result<UserKeys> userKeysOf(const Workspace& workspace, PlatformId platform);

/// Those of a domain's items, and of everybody as the domain's platform has them.
class Keys
{
public:
    static Result<Keys> load(const Workspace& workspace, const std::string& domain);

    const std::string& of(PersonId person) const { return m_users.of(person); }
    const std::string& of(ItemId item) const { return m_items.of(item); }

private:
    UserKeys m_users;
    ItemKeys m_items;
};

} // namespace transept
