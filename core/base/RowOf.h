#pragma once

#include <algorithm>
#include <optional>
#include <vector>

namespace transept {

/// The row of an id among ascending ones; nothing when it is not among them.
template<typename Row, typename Ids, typename Id>
std::optional<Row> rowOf(const Ids& ids, Id id)
{
    const auto found = std::ranges::lower_bound(ids, id);
    return found == std::ranges::end(ids) || *found != id
               ? std::nullopt
               : std::optional(static_cast<Row>(found - std::ranges::begin(ids)));
}

/// The same of an id that is known to be among them.
template<typename Row, typename Ids, typename Id>
Row knownRowOf(const Ids& ids, Id id)
{
    return static_cast<Row>(std::ranges::lower_bound(ids, id) - std::ranges::begin(ids));
}

} // namespace transept
