#pragma once

#include "core/base/Job.h"
#include "core/data/TrainingData.h"

namespace transept {

/// The items that users have, in all domains side by side: columns as History numbers them, the target's
/// items first, then each source's. A repeated pair counts once.
struct Positives
{
    std::vector<std::size_t> firstColumns; ///< of the target, of each source, and the end
    std::vector<std::size_t> starts{0};    ///< by user, and the end
    std::vector<std::uint32_t> columns;    ///< ascending within a user

    std::size_t userCount() const noexcept { return starts.size() - 1; }
    std::size_t columnCount() const noexcept { return firstColumns.back(); }
    std::size_t domainCount() const noexcept { return firstColumns.size() - 1; }

    /// All interactions or, with `likedOnly`, of a domain with ratings those that are at least the user's
    /// mean in that domain; a pair's last rating counts. Cancelled alone.
    static Result<Positives> of(const TrainingData& data, bool likedOnly, const JobContext& job);
};

} // namespace transept
