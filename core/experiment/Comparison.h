#pragma once

#include "core/experiment/Spec.h"
#include "core/store/RunStore.h"

namespace transept {

struct MeasureComparison
{
    std::vector<double> values; ///< one per run; NaN when the run lacks it
    std::vector<std::pair<double, double>>
        intervals; ///< 95 % bootstrap over users; NaN when there are no per-user values
    std::vector<std::vector<double>>
        p; ///< paired Wilcoxon over common users, Holm-corrected; NaN on the diagonal
    /// wins[a][b]: the share of the common users for whom b does better than a, equal ones half: what the
    /// test sees, which may point another way than the values, where users with many interactions weigh more.
    std::vector<std::vector<double>> wins;
};

struct Comparison
{
    std::vector<RunRecord> runs;
    std::map<std::string, MeasureComparison> measures;
    std::map<std::string, std::vector<Json>> specDifference;
    bool sameData = true; ///< same target, split and data fingerprint: the values may be compared
};

/// Whether two runs were tested on the same interactions of the same target, and among the same given
/// negatives where both rank among such: only then their values mean the same.
bool mayBeCompared(const RunRecord& a, const RunRecord& b);

/// The split of a run with every default written out, without what concerns training alone (refit): equal for
/// runs with equal test parts of equal data.
Json testedSplitOf(const RunRecord& run);

Result<Comparison> compare(const Workspace& workspace,
                           std::span<const RunId> runs,
                           const JobContext& context);

} // namespace transept
