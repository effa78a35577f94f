#pragma once

#include "core/data/Split.h"

namespace transept {

/// The people who act in the target, each in one group.
struct UserGroups
{
    std::vector<std::string> names;
    std::vector<std::int32_t> ofUser; ///< place among the names; -1: does not act in the target
};

/// The groups that SplitSpec::Groups explains. Reads `userValues` of the data for those by a field.
Result<UserGroups> userGroups(const Dataset& data, const SplitSpec& spec, const JobContext& job = {});

/// By user rows: 1 for who is in one of the groups that `spec.tested` names. InvalidInput when it names none,
/// one that there is not, or all.
Result<std::vector<char>> testedPeople(const Dataset& data,
                                       const SplitSpec& spec,
                                       const JobContext& job = {});

/// What the accounts of each user say in this field: the account that came first counts, of those that say
/// something. Fills `userValues`, and makes them part of both fingerprints.
Status loadUserValues(const Workspace& workspace,
                      const std::string& field,
                      Dataset& data,
                      const JobContext& job);

/// The fields that accounts have, in the order of the alphabet.
Result<std::vector<std::string>> userFields(const Workspace& workspace);

} // namespace transept
