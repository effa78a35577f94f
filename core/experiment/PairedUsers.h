#pragma once

#include "core/store/RunStore.h"

namespace transept {

/// What a run kept per user.
struct RunValues
{
    std::vector<PersonId> users;                        ///< ascending
    std::map<std::string, std::vector<double>> perUser; ///< in their order; NaN: no value
    std::vector<float> testPairs; ///< how many predictions each user has; empty: none were kept
};

Result<RunValues> valuesOf(const Workspace& workspace, const RunRecord& run);

/// By how much run b does better than run a for each of the users whom both have a value for, in their order:
/// the difference, its sign turned where lower is better. None when a run lacks the measure.
std::vector<double> gainsOf(const RunValues& a, const RunValues& b, const std::string& measure);

} // namespace transept
