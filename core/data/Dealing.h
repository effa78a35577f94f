#pragma once

#include "core/data/Dataset.h"

#include <cstdint>
#include <vector>

namespace transept {

// What the protocols share.

/// Each kind of draw has its own random numbers, so that none repeats another's.
enum Draw : std::uint64_t {
    WarmDraw = 1,
    ColdUserDraw,
    ColdItemDraw,
    FoldDraw,
    FoldValidationDraw,
    GroupValidationDraw,
    HistoryDraw
};

using Places = std::vector<std::uint32_t>;

Places firstNumbers(std::size_t count); ///< 0 ... count-1

std::size_t shareOf(double share, std::size_t count); ///< rounded

/// share * count without its fraction; a hair above the product, so that 0.1 * 30 is three whatever the
/// rounding of 0.1.
std::size_t wholeShareOf(double share, std::size_t count);

/// The events of each user who acts in the target, in file order; users ascend. Their numbers do not depend
/// on the sources, as user rows do.
Result<std::vector<Places>> eventsByUser(const Dataset& data, const JobContext& job);

/// Of the interactions that have one, in file order. InvalidInput when none has.
Result<std::vector<std::int64_t>> timesOf(const DomainData& target);

/// The time at this rank from 0, or the last one; reorders `times`, which are not empty.
std::int64_t timeAtRank(std::vector<std::int64_t>& times, std::size_t rank);

} // namespace transept
