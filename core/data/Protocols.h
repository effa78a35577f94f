#pragma once

#include "core/data/Split.h"

namespace transept {

/// Where each interaction of the target goes, as split() explains.
struct Assignment
{
    std::vector<Part> parts; ///< of every target event; None: in no part
    /// Source events before `from` and from `until` on are left out; none: there is no such end.
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> until;
};

/// Fails as split() does, but for an empty training or test part, which it returns.
Result<Assignment> assign(const Dataset& data, const SplitSpec& spec, const JobContext& job);

} // namespace transept
