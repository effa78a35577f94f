#pragma once

#include <algorithm>
#include <cstdint>

namespace transept {

/// When an interaction happened: seconds since 1970, 0 when the source gave none. Four bytes, so that ten
/// million take no more room than they must: the years 1936 to 2071 and a few days on either side.
class EventTime
{
public:
    static constexpr std::int64_t earliest = -(std::int64_t{1} << 30);
    static constexpr std::int64_t latest = earliest + 0xFFFF'FFFF;

    static constexpr bool holds(std::int64_t seconds) noexcept
    {
        return seconds >= earliest && seconds <= latest;
    }

    /// Of what it does not hold, the nearest.
    constexpr EventTime(std::int64_t seconds = 0) noexcept
        : m_sinceEarliest(static_cast<std::uint32_t>(std::clamp(seconds, earliest, latest) - earliest))
    {
    }
    constexpr operator std::int64_t() const noexcept { return earliest + m_sinceEarliest; }

private:
    std::uint32_t m_sinceEarliest;
};

} // namespace transept
