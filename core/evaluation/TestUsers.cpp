#include "core/evaluation/TestUsers.h"

#include "core/base/Parallel.h"

#include <algorithm>
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
std::vector<std::int32_t> addUsers(const TrainingData& training,
                                   const HeldOut& heldOut,
                                   std::vector<TestUser>& users)
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
    return placeOf;
}

} // namespace

std::vector<TestUser> testUsers(const TrainingData& training,
                                const HeldOut& heldOut,
                                const HeldOut* alsoSeen,
                                std::optional<double> positive,
                                bool forRanking)
{
    std::vector<TestUser> users;
    const std::vector<std::int32_t> placeOf = addUsers(training, heldOut, users);
    for (std::uint32_t at = 0; at < heldOut.events.size(); ++at) {
        users[static_cast<std::size_t>(placeOf[index(heldOut.events[at].user)])].pairs.push_back(at);
    }
    if (!forRanking) {
        return users;
    }
    if (alsoSeen != nullptr) {
        for (const Event& event : alsoSeen->events) {
            if (const std::int32_t place = placeOf[index(event.user)]; place >= 0) {
                users[static_cast<std::size_t>(place)].seen.push_back(event.item);
            }
        }
    }
    forEachBlock(users.size(), usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (TestUser& user : std::span(users).subspan(first, last - first)) {
            const std::span<const ItemRow> trained = training.target.interactions.itemsOf(user.row);
            user.seen.insert(user.seen.end(), trained.begin(), trained.end());
            sortUnique(user.seen);
            for (const std::uint32_t pair : user.pairs) {
                const Event& event = heldOut.events[pair];
                const bool isRight = !positive || static_cast<double>(event.value) >= *positive;
                if (isRight && !std::binary_search(user.seen.begin(), user.seen.end(), event.item)) {
                    user.relevant.push_back(event.item);
                }
            }
            sortUnique(user.relevant);
        }
    });
    return users;
}

} // namespace transept
