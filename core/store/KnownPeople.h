#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// Somebody of whom a knowledge base knows something, or failed to.
struct KnownPerson
{
    PersonId person{};
    std::string keys;       ///< of the person's accounts, "u7, anna"
    int domains = 0;        ///< with facets
    bool hasFailed = false; ///< in one of them
};

/// Windows into the people of a knowledge base, for views that never load them all.
class KnownPeople
{
public:
    explicit KnownPeople(const Workspace& workspace) : m_database(workspace.database()) {}

    /// Up to `limit` people with id > after, one of whose keys contains `text` (case-insensitive for ASCII).
    Result<std::vector<KnownPerson>> page(KnowledgeId id,
                                          std::string_view text,
                                          PersonId after,
                                          int limit) const;

private:
    const Database& m_database;
};

} // namespace transept
