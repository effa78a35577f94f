#pragma once

#include "core/base/EventTime.h"
#include "core/base/Ids.h"
#include "core/base/Job.h"
#include "core/store/Catalog.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace transept {

/// What the user's own files say about an interaction.
enum class Part : std::uint8_t { None, Train, Validation, Test };

/// One interaction of a loaded selection.
struct Event
{
    UserRow user{};
    ItemRow item{};
    float value = 1.0F;
    EventTime time;
};
static_assert(sizeof(Event) == 16);

/// Compressed rows of a sparse matrix users x items. Within a user, entries are in order of time, then of
/// file order: the last one is the user's latest. A pair may occur more than once.
class InteractionMatrix
{
public:
    InteractionMatrix() = default;
    InteractionMatrix(std::size_t users, std::size_t items, std::span<const Event> events);

    /// The same as a job, of the events that are in training: all of them where `parts` is empty, else it
    /// says whose part each is. Fails with Cancelled alone.
    static Result<InteractionMatrix> build(std::size_t users,
                                           std::size_t items,
                                           std::span<const Event> events,
                                           const JobContext& job,
                                           std::span<const Part> parts = {});

    std::size_t userCount() const noexcept { return m_starts.empty() ? 0 : m_starts.size() - 1; }
    std::size_t itemCount() const noexcept { return m_itemStarts.empty() ? 0 : m_itemStarts.size() - 1; }
    std::size_t size() const noexcept { return m_items.size(); }

    std::span<const ItemRow> itemsOf(UserRow user) const noexcept
    {
        return slice(m_items, m_starts, index(user));
    }
    std::span<const float> valuesOf(UserRow user) const noexcept
    {
        return slice(m_values, m_starts, index(user));
    }
    std::span<const EventTime> timesOf(UserRow user) const noexcept
    {
        return slice(m_times, m_starts, index(user));
    }

    /// The transposed matrix; within an item, users ascend.
    std::span<const UserRow> usersOf(ItemRow item) const noexcept
    {
        return slice(m_users, m_itemStarts, index(item));
    }
    std::span<const float> itemValuesOf(ItemRow item) const noexcept
    {
        return slice(m_itemValues, m_itemStarts, index(item));
    }

    /// Calls `work(event)` for every entry, users ascending. Fails with Cancelled alone.
    template<typename Work>
    Status forEach(const JobContext& job, const Work& work) const
    {
        for (std::size_t user = 0, next = 0; user < userCount(); ++user) {
            if (m_starts[user] >= next) {
                next = m_starts[user] + entriesBetweenCheckpoints;
                if (Status goOn = job.checkpoint(); !goOn) {
                    return goOn;
                }
            }
            for (std::size_t at = m_starts[user]; at < m_starts[user + 1]; ++at) {
                work(Event{static_cast<UserRow>(user), m_items[at], m_values[at], m_times[at]});
            }
        }
        return {};
    }

    double mean() const noexcept { return m_mean; } ///< of all values; 0 when there are none

private:
    static constexpr std::size_t entriesBetweenCheckpoints = 100'000;

    struct Training;

    Status fill(std::size_t users, std::size_t items, const Training& training, const JobContext& job);
    Result<std::vector<std::uint32_t>> orderByUserAndTime(const Training& training,
                                                          const JobContext& job) const;

    template<typename T>
    static std::span<const T> slice(const std::vector<T>& values,
                                    const std::vector<std::size_t>& starts,
                                    std::size_t at) noexcept
    {
        return {values.data() + starts[at], starts[at + 1] - starts[at]};
    }

    std::vector<std::size_t> m_starts;
    std::vector<ItemRow> m_items;
    std::vector<float> m_values;
    std::vector<EventTime> m_times;
    std::vector<std::size_t> m_itemStarts;
    std::vector<UserRow> m_users;
    std::vector<float> m_itemValues;
    double m_mean = 0.0;
};

} // namespace transept
