#pragma once

#include "core/data/Interactions.h"

namespace transept {

/// Periods of time with about equally many of a domain's ratings each, and which one every rating is of.
class RatingPeriods
{
public:
    static constexpr std::uint16_t none = UINT16_MAX; ///< of a rating whose time is not known

    /// At most `count` periods (at least 1); ratings of the same second are of the same one.
    RatingPeriods(const InteractionMatrix& ratings, std::size_t count);

    std::size_t count() const noexcept { return m_count; } ///< 0 when no rating has a time

    /// In the order of itemsOf() and usersOf().
    std::span<const std::uint16_t> ofUser(UserRow user) const noexcept
    {
        return slice(m_byUser, index(user));
    }
    std::span<const std::uint16_t> ofItem(ItemRow item) const noexcept
    {
        return slice(m_byItem, index(item));
    }

    /// The period that a time is of, or the nearest one; none when it is not known.
    std::uint16_t periodOf(std::int64_t time) const noexcept;

    /// The share of each period in the user's ratings with times, or in everybody's when there are none.
    std::span<const float> shares(UserRow user) const noexcept
    {
        return {row(m_shares, index(user)), m_count};
    }
    std::span<const float> sharesOfAll() const noexcept { return m_sharesOfAll; }

    /// True when the item has a rating of that period.
    bool isKnown(ItemRow item, std::size_t period) const noexcept
    {
        return m_known[index(item) * m_count + period];
    }

private:
    struct Rows
    {
        std::vector<std::size_t> starts{0};
        std::vector<std::uint16_t> periods;
    };

    static std::span<const std::uint16_t> slice(const Rows& rows, std::size_t at) noexcept
    {
        return {rows.periods.data() + rows.starts[at], rows.starts[at + 1] - rows.starts[at]};
    }
    const float* row(const std::vector<float>& values, std::size_t at) const noexcept
    {
        return values.data() + at * m_count;
    }
    void number(const InteractionMatrix& ratings);
    void share(std::size_t users);

    std::vector<std::int64_t> m_firstTimes; ///< of the periods
    std::size_t m_count = 0;
    Rows m_byUser;
    Rows m_byItem;
    std::vector<float> m_shares; ///< users x periods
    std::vector<float> m_sharesOfAll;
    std::vector<bool> m_known; ///< items x periods
};

} // namespace transept
