#pragma once

#include "core/evaluation/PredictionCurves.h"
#include "core/store/RunStore.h"

namespace transept {

// What the results that finished runs keep show beside their measures. NotFound for an unknown run,
// InvalidInput for one that is not finished or kept nothing of the kind.

constexpr std::size_t calibrationBins = 10;

/// Of the stored test predictions; relevant is what the measure auc calls so: a rating of at least
/// data.positive, or of the middle of the scale when the spec has none.
struct RunRoc
{
    double relevant = 0.0;
    double area = 0.0; ///< NaN: all pairs are relevant, or none
    std::vector<RocPoint> curve;
};
Result<RunRoc> rocOf(const Workspace& workspace, RunId run);

/// Of the stored test predictions, in calibrationBins bins.
Result<std::vector<CalibrationBin>> calibrationOf(const Workspace& workspace, RunId run);

/// A run against another for each of the test users of both.
struct UserDifferences
{
    /// Ascending: by how much the second run does better; for rmse in mean squared errors.
    std::vector<double> gains;
    double better = 0.0; ///< share of the users for whom the second run does better
    double worse = 0.0;
    double mean = 0.0;
    std::pair<double, double> interval; ///< of the mean: 95 % bootstrap over the users
    double p = 0.0;                     ///< Wilcoxon's signed-rank test of this pair alone
};

/// InvalidInput also when the two have no value of the measure for the same user.
Result<UserDifferences> differencesOf(const Workspace& workspace,
                                      RunId first,
                                      RunId second,
                                      const std::string& measure,
                                      const JobContext& context);

} // namespace transept
