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

/// The interactions of a domain in file order, with values of at least `minValue`. Users are places in
/// `people`. Reads on as many threads as there are snapshots. Fails with Database, naming the domain, when an
/// interaction names an account or an item that is not there, with Cancelled when asked to stop.
Result<std::vector<Event>> readInteractions(const Snapshots& snapshots,
                                            const DomainData& domain,
                                            const People& people,
                                            std::optional<double> minValue,
                                            const JobContext& context);

} // namespace transept
