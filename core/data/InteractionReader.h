#pragma once

#include "core/data/Dataset.h"
#include "core/data/Snapshots.h"

namespace transept {

/// Everybody who has an account. Until it is known who acts in the selection, users are numbered by their
/// place in `people`.
struct People
{
    std::vector<PersonId> people; ///< ascending
    struct Account
    {
        AccountId id{};
        UserRow person{}; ///< place in `people`
    };
    std::vector<Account> accounts; ///< ascending ids
};

Result<People> readPeople(const Database& database, const JobContext& context);

/// Which interactions of a domain are read.
struct InteractionFilter
{
    std::optional<double> minValue;         ///< of at least this value
    std::optional<std::int64_t> lastImport; ///< that came with this import or an earlier one
};

/// Fills events and parts of a domain whose items are known. Users are places in `people`. Reads on as many
/// threads as there are snapshots. Fails with Database, naming the domain, when an interaction names an
/// account or an item that is not there, with Cancelled when asked to stop.
Status readInteractions(const Snapshots& snapshots,
                        const People& people,
                        const InteractionFilter& filter,
                        const JobContext& context,
                        DomainData& domain);

} // namespace transept
