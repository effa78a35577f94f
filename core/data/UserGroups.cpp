#include "core/data/UserGroups.h"

#include "core/base/Interruptible.h"
#include "core/base/Json.h"
#include "core/base/RowOf.h"
#include "core/base/Words.h"
#include "core/store/Rows.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

namespace transept {
namespace {

constexpr std::array activityNames{"light", "medium", "heavy"};

Result<std::vector<std::size_t>> eventCounts(const DomainData& domain,
                                             std::size_t users,
                                             const JobContext& job)
{
    std::vector<std::size_t> counts(users, 0);
    const Status counted = interruptible(job, domain.events.size(), [&](std::size_t first, std::size_t last) {
        for (const Event& event : std::span(domain.events).subspan(first, last - first)) {
            ++counts[index(event.user)];
        }
    });
    return counted ? Result<std::vector<std::size_t>>(std::move(counts)) : passOn(counted);
}

/// Thirds of the people from the least to the most active. Whoever is as active as somebody is in the same
/// one: that of the first of them.
UserGroups byActivity(const std::vector<std::size_t>& counts)
{
    UserGroups groups{.names = {activityNames.begin(), activityNames.end()},
                      .ofUser = std::vector<std::int32_t>(counts.size(), -1)};
    std::vector<std::size_t> order;
    for (std::size_t user = 0; user < counts.size(); ++user) {
        if (counts[user] > 0) {
            order.push_back(user);
        }
    }
    std::ranges::sort(order, {}, [&](std::size_t user) { return counts[user]; });
    std::size_t third = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        if (rank == 0 || counts[order[rank]] != counts[order[rank - 1]]) {
            third = activityNames.size() * rank / order.size();
        }
        groups.ofUser[order[rank]] = static_cast<std::int32_t>(third);
    }
    return groups;
}

/// The first source, in the order of the spec, in which somebody acts; the target's own name: in none.
Result<UserGroups> byDomain(const Dataset& data,
                            const std::vector<std::size_t>& counts,
                            const JobContext& job)
{
    UserGroups groups{.names = {data.target.name}, .ofUser = std::vector<std::int32_t>(counts.size(), -1)};
    for (std::size_t user = 0; user < counts.size(); ++user) {
        groups.ofUser[user] = counts[user] > 0 ? 0 : -1;
    }
    for (const DomainData& source : data.sources) {
        const Result<std::vector<std::size_t>> there = eventCounts(source, counts.size(), job);
        if (!there) {
            return passOn(there);
        }
        for (std::size_t user = 0; user < counts.size(); ++user) {
            if (groups.ofUser[user] == 0 && (*there)[user] > 0) {
                groups.ofUser[user] = static_cast<std::int32_t>(groups.names.size());
            }
        }
        groups.names.push_back(source.name);
    }
    return groups;
}

UserGroups byValue(const Dataset& data, const std::vector<std::size_t>& counts)
{
    UserGroups groups{.names = {}, .ofUser = std::vector<std::int32_t>(counts.size(), -1)};
    std::map<std::string, std::int32_t> places;
    for (std::size_t user = 0; user < counts.size(); ++user) {
        if (counts[user] > 0) {
            places.emplace(data.userValues[user], 0);
        }
    }
    for (auto& [value, place] : places) {
        place = static_cast<std::int32_t>(groups.names.size());
        groups.names.push_back(value);
    }
    for (std::size_t user = 0; user < counts.size(); ++user) {
        if (counts[user] > 0) {
            groups.ofUser[user] = places.at(data.userValues[user]);
        }
    }
    return groups;
}

/// Names in quotes, for one may be empty; not more than can be read.
std::string quoted(std::vector<std::string> names)
{
    constexpr std::size_t most = 20;
    const bool isCut = names.size() > most;
    names.resize(std::min(names.size(), most));
    for (std::string& name : names) {
        name = Json(name).dump();
    }
    return isCut ? listed(names) + " ..." : listed(names);
}

Status checkTested(const UserGroups& groups, const SplitSpec& spec, const std::string& target)
{
    if (spec.tested.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split.tested is empty. Name the groups of people of %1 that are tested; "
                                 "there are %2."),
                    {target, quoted(groups.names)});
    }
    for (const std::string& name : spec.tested) {
        if (std::ranges::find(groups.names, name) == groups.names.end()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "split.tested names the group %1, and nobody of %2 is in one of that "
                                     "name. There are %3."),
                        {quoted({name}), target, quoted(groups.names)});
        }
    }
    return {};
}

} // namespace

Result<UserGroups> userGroups(const Dataset& data, const SplitSpec& spec, const JobContext& job)
{
    const Result<std::vector<std::size_t>> counts = eventCounts(data.target, data.users.size(), job);
    if (!counts) {
        return passOn(counts);
    }
    switch (spec.groups) {
    case SplitSpec::Groups::Domain:
        return byDomain(data, *counts, job);
    case SplitSpec::Groups::Field:
        return byValue(data, *counts);
    case SplitSpec::Groups::Activity:
        break;
    }
    return byActivity(*counts);
}

Result<std::vector<char>> testedPeople(const Dataset& data, const SplitSpec& spec, const JobContext& job)
{
    const Result<UserGroups> groups = userGroups(data, spec, job);
    const Status sound = groups ? checkTested(*groups, spec, data.target.name) : passOn(groups);
    if (!sound) {
        return passOn(sound);
    }
    std::vector<char> isTested;
    for (const std::string& name : groups->names) {
        isTested.push_back(std::ranges::find(spec.tested, name) == spec.tested.end() ? 0 : 1);
    }
    std::vector<char> tested(groups->ofUser.size(), 0);
    bool anybodyTrains = false;
    for (std::size_t user = 0; user < tested.size(); ++user) {
        if (groups->ofUser[user] >= 0) {
            tested[user] = isTested[static_cast<std::size_t>(groups->ofUser[user])];
            anybodyTrains = anybodyTrains || tested[user] == 0;
        }
    }
    if (!anybodyTrains) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split.tested leaves nobody of %1 to train on: everybody is in %2. Take a "
                                 "group out."),
                    {data.target.name, quoted(spec.tested)});
    }
    return tested;
}

Status loadUserValues(const Workspace& workspace,
                      const std::string& field,
                      Dataset& data,
                      const JobContext& job)
{
    data.userValues.assign(data.users.size(), {});
    Result<Statement> rows = workspace.database().prepare(
        "SELECT account.person, account_field.value FROM account_field JOIN account"
        " ON account.id = account_field.account WHERE account_field.name = ? AND account_field.value <> ''"
        " ORDER BY account.id");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, std::string_view(field));
    const Status read = forEachRow(rows, [&](const Statement& row) {
        if (const auto user = rowOf<UserRow>(data.users, PersonId{row.integer(0)})) {
            std::string& value = data.userValues[index(*user)];
            value = value.empty() ? std::string(row.text(1)) : value;
        }
    });
    if (!read) {
        return read;
    }
    const Result<std::vector<std::size_t>> counts = eventCounts(data.target, data.users.size(), job);
    if (!counts) {
        return passOn(counts);
    }
    Json values = Json::array();
    for (std::size_t user = 0; user < counts->size(); ++user) {
        if ((*counts)[user] > 0) {
            values.push_back(data.userValues[user]);
        }
    }
    data.targetFingerprint = fingerprint(Json{data.targetFingerprint, values});
    data.fingerprint = fingerprint(Json{data.fingerprint, values});
    return {};
}

Result<std::vector<std::string>> userFields(const Workspace& workspace)
{
    std::vector<std::string> fields;
    Result<Statement> rows =
        workspace.database().prepare("SELECT DISTINCT name FROM account_field ORDER BY name");
    const Status read = forEachRow(rows, [&](const Statement& row) { fields.emplace_back(row.text(0)); });
    return read ? Result<std::vector<std::string>>(std::move(fields)) : passOn(read);
}

} // namespace transept
