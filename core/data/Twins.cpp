#include "core/data/Twins.h"

#include "core/base/Parallel.h"

#include <algorithm>
#include <atomic>

namespace transept {
namespace {

constexpr std::size_t leastCommon = 3;
constexpr std::size_t blocks = 64; ///< each has counters for all items of the source

std::size_t blockOf(std::size_t items)
{
    return items / blocks + 1;
}

/// checkpoint() for the tasks of a loop: once one of them was told to stop, all of them are.
class StopFlag
{
public:
    explicit StopFlag(const JobContext& job) : m_job(job) {}
    bool mayGoOn()
    {
        if (!m_stopped.load(std::memory_order_relaxed) && !m_job.checkpoint()) {
            m_stopped.store(true, std::memory_order_relaxed);
        }
        return !m_stopped.load(std::memory_order_relaxed);
    }

private:
    const JobContext& m_job;
    std::atomic<bool> m_stopped = false;
};

/// How many of a and b users must be common: n >= leastCommon, and 2 n >= a + b - n.
std::size_t neededCommon(std::size_t a, std::size_t b)
{
    return std::max(leastCommon, (a + b + 2) / 3);
}

/// Ascending users, each once.
void distinctUsers(const InteractionMatrix& matrix, ItemRow item, std::vector<UserRow>& users)
{
    const auto all = matrix.usersOf(item);
    users.clear();
    std::unique_copy(all.begin(), all.end(), std::back_inserter(users));
}

/// Both ascend without repeats.
std::size_t commonCount(std::span<const UserRow> a, std::span<const UserRow> b)
{
    std::size_t common = 0;
    for (std::size_t inA = 0, inB = 0; inA < a.size() && inB < b.size();) {
        if (a[inA] == b[inB]) {
            ++common;
            ++inA;
            ++inB;
        } else {
            a[inA] < b[inB] ? ++inA : ++inB;
        }
    }
    return common;
}

/// How many users each item has.
std::vector<std::uint32_t> userCounts(const InteractionMatrix& matrix, StopFlag& stop)
{
    std::vector<std::uint32_t> counts(matrix.itemCount());
    forEachBlock(
        counts.size(), blockOf(counts.size()), [&](std::size_t, std::size_t first, std::size_t last) {
            std::vector<UserRow> users;
            for (std::size_t item = first; item < last && stop.mayGoOn(); ++item) {
                distinctUsers(matrix, static_cast<ItemRow>(item), users);
                counts[item] = static_cast<std::uint32_t>(users.size());
            }
        });
    return counts;
}

/// Looks for the twins of one target item after the other; the counters are made once.
class TwinSearch
{
public:
    TwinSearch(const InteractionMatrix& target,
               const InteractionMatrix& source,
               std::span<const std::uint32_t> sizes)
        : m_target(target)
        , m_source(source)
        , m_sizes(sizes)
        , m_counts(sizes.size())
        , m_countedFor(sizes.size())
    {
    }

    void find(ItemRow item, std::vector<Twin>& found)
    {
        distinctUsers(m_target, item, m_users);
        const std::size_t users = m_users.size();
        if (users < leastCommon) {
            return;
        }
        const std::size_t rest = std::max(leastCommon, (users + 1) / 2) - 1;
        countItemsOfQuietest(users - rest);
        std::sort(m_touched.begin(), m_touched.end());
        for (const ItemRow other : m_touched) {
            const std::size_t most =
                std::min<std::size_t>(m_sizes[index(other)], m_counts[index(other)] + rest);
            m_counts[index(other)] = 0;
            if (most >= neededCommon(users, m_sizes[index(other)])) {
                compare(item, other, found);
            }
        }
        m_touched.clear();
    }

private:
    /// Counts the source items of the `probed` users with the shortest histories there.
    void countItemsOfQuietest(std::size_t probed)
    {
        const auto length = [this](UserRow user) { return m_source.itemsOf(user).size(); };
        m_quietest = m_users;
        std::nth_element(m_quietest.begin(),
                         m_quietest.begin() + static_cast<std::ptrdiff_t>(probed - 1),
                         m_quietest.end(),
                         [&](UserRow a, UserRow b) { return length(a) < length(b); });
        for (std::size_t at = 0; at < probed; ++at) {
            ++m_serial;
            for (const ItemRow other : m_source.itemsOf(m_quietest[at])) {
                if (m_countedFor[index(other)] == m_serial) {
                    continue; // the same pair again
                }
                m_countedFor[index(other)] = m_serial;
                if (m_counts[index(other)]++ == 0) {
                    m_touched.push_back(other);
                }
            }
        }
    }

    void compare(ItemRow item, ItemRow other, std::vector<Twin>& found)
    {
        distinctUsers(m_source, other, m_others);
        const std::size_t common = commonCount(m_users, m_others);
        if (common >= neededCommon(m_users.size(), m_others.size())) {
            const std::size_t either = m_users.size() + m_others.size() - common;
            found.push_back({.target = item,
                             .source = other,
                             .commonUsers = static_cast<std::int32_t>(common),
                             .share = static_cast<double>(common) / static_cast<double>(either)});
        }
    }

    const InteractionMatrix& m_target;
    const InteractionMatrix& m_source;
    std::span<const std::uint32_t> m_sizes;  ///< users of each source item
    std::vector<std::uint32_t> m_counts;     ///< of a source item: how many of the probed users have it
    std::vector<std::uint64_t> m_countedFor; ///< of a source item: the last user that it was counted for
    std::uint64_t m_serial = 0;
    std::vector<UserRow> m_users;
    std::vector<UserRow> m_others;
    std::vector<UserRow> m_quietest;
    std::vector<ItemRow> m_touched;
};

} // namespace

Result<std::vector<Twin>> findTwins(const InteractionMatrix& target,
                                    const InteractionMatrix& source,
                                    const JobContext& job)
{
    StopFlag stop(job);
    const std::vector<std::uint32_t> sizes = userCounts(source, stop);
    const std::size_t items = target.itemCount();
    std::vector<std::vector<Twin>> found(blocks);
    forEachBlock(items, blockOf(items), [&](std::size_t block, std::size_t first, std::size_t last) {
        TwinSearch search(target, source, sizes);
        for (std::size_t item = first; item < last && stop.mayGoOn(); ++item) {
            search.find(static_cast<ItemRow>(item), found[block]);
        }
    });
    if (const Status goOn = job.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    std::vector<Twin> twins;
    for (const std::vector<Twin>& each : found) {
        twins.insert(twins.end(), each.begin(), each.end());
    }
    return twins;
}

Result<std::vector<Twin>> findTwins(const Dataset& data,
                                    const SplitSpec& spec,
                                    const InteractionMatrix& trainedTarget,
                                    const InteractionMatrix& trainedSource,
                                    const JobContext& job)
{
    if (spec.kind != SplitSpec::Kind::ColdItem) {
        return findTwins(trainedTarget, trainedSource, job);
    }
    const auto whole =
        InteractionMatrix::build(data.users.size(), data.target.items.size(), data.target.events, job);
    return whole ? findTwins(*whole, trainedSource, job) : passOn(whole);
}

std::vector<TwinLeak> leaksOf(std::span<const Twin> twins,
                              std::span<const Event> heldOut,
                              const InteractionMatrix& source)
{
    std::vector<TwinLeak> leaks;
    for (std::size_t place = 0; place < heldOut.size(); ++place) {
        const Event& event = heldOut[place];
        const auto had = source.itemsOf(event.user);
        auto twin = std::ranges::lower_bound(twins, event.item, {}, &Twin::target);
        for (; twin != twins.end() && twin->target == event.item; ++twin) {
            if (std::find(had.begin(), had.end(), twin->source) != had.end()) {
                leaks.push_back({.heldOut = place, .user = event.user, .source = twin->source});
            }
        }
    }
    return leaks;
}

} // namespace transept
