#include "core/evaluation/TestUsers.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"

#include <algorithm>
#include <atomic>
#include <iterator>

namespace transept {
namespace {

constexpr std::size_t usersPerBlock = 256;

void sortUnique(std::vector<ItemRow>& items)
{
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
}

/// Where each user's test entry is; -1: none.
Result<std::vector<std::int32_t>> addUsers(const TrainingData& training,
                                           const HeldOut& heldOut,
                                           std::vector<TestUser>& users,
                                           const JobContext& job)
{
    std::vector<std::int32_t> placeOf(training.userCount, -1);
    for (const Event& event : heldOut.events) {
        placeOf[index(event.user)] = 0;
    }
    for (std::size_t row = 0; row < placeOf.size(); ++row) {
        if (placeOf[row] == 0) {
            placeOf[row] = static_cast<std::int32_t>(users.size());
            users.push_back({.row = UserRow{static_cast<std::int32_t>(row)}});
        }
    }
    const auto added = interruptible(job, heldOut.events.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const auto place = static_cast<std::size_t>(placeOf[index(heldOut.events[at].user)]);
            users[place].pairs.push_back(static_cast<std::uint32_t>(at));
        }
    });
    return added ? Result<std::vector<std::int32_t>>(std::move(placeOf)) : passOn(added);
}

Status addSeen(const HeldOut& alsoSeen,
               const std::vector<std::int32_t>& placeOf,
               std::vector<TestUser>& users,
               const JobContext& job)
{
    return interruptible(job, alsoSeen.events.size(), [&](std::size_t first, std::size_t last) {
        for (const Event& event : std::span(alsoSeen.events).subspan(first, last - first)) {
            if (const std::int32_t place = placeOf[index(event.user)]; place >= 0) {
                users[static_cast<std::size_t>(place)].seen.push_back(event.item);
            }
        }
    });
}

/// What is right for the user and could be ranked.
std::vector<ItemRow> relevantTo(const TestUser& user, const HeldOut& heldOut, std::optional<double> positive)
{
    std::vector<ItemRow> relevant;
    for (const std::uint32_t pair : user.pairs) {
        const Event& event = heldOut.events[pair];
        const bool isRight = !positive || static_cast<double>(event.value) >= *positive;
        if (isRight && !std::binary_search(user.seen.begin(), user.seen.end(), event.item)) {
            relevant.push_back(event.item);
        }
    }
    sortUnique(relevant);
    return relevant;
}

} // namespace

Result<std::vector<TestUser>> testUsers(const TrainingData& training,
                                        const HeldOut& heldOut,
                                        const HeldOut* alsoSeen,
                                        std::optional<double> positive,
                                        bool forRanking,
                                        const JobContext& job)
{
    std::vector<TestUser> users;
    const Result<std::vector<std::int32_t>> placeOf = addUsers(training, heldOut, users, job);
    if (!placeOf) {
        return passOn(placeOf);
    }
    if (!forRanking) {
        return users;
    }
    if (alsoSeen != nullptr) {
        if (const Status added = addSeen(*alsoSeen, *placeOf, users, job); !added) {
            return passOn(added);
        }
    }
    std::atomic<bool> stopped = false;
    forEachBlock(users.size(), usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        if (stopped || !job.checkpoint()) {
            stopped = true;
            return;
        }
        for (TestUser& user : std::span(users).subspan(first, last - first)) {
            const std::span<const ItemRow> trained = training.target.interactions.itemsOf(user.row);
            user.seen.insert(user.seen.end(), trained.begin(), trained.end());
            sortUnique(user.seen);
            user.relevant = relevantTo(user, heldOut, positive);
        }
    });
    return stopped ? Result<std::vector<TestUser>>(cancelled()) : std::move(users);
}

} // namespace transept
