#pragma once

#include "core/experiment/Spec.h"
#include "core/store/RunStore.h"

namespace transept {

/// Two-sided p-value of the corrected resampled t-test on paired differences of the same two methods over
/// several splits: t = mean / sqrt((1/n + testToTrain) variance) with n - 1 degrees of freedom. The training
/// parts of the splits overlap, so their differences vary less than those of new data would; testToTrain, the
/// size of the test part over that of the training part, makes up for it (Nadeau and Bengio 2003). With
/// testToTrain 0 it is the paired t-test. NaN for fewer than two differences, 1 when nothing differs.
double resampledT(std::span<const double> differences, double testToTrain);

/// What repetitions of an experiment have in common: the spec without its name, its seeds and fold, and the
/// files of another program's results.
Json experimentOf(Json spec);

/// What they differ in: seed, seed of the split, fold. Equal for runs whose values are a pair.
std::vector<Json> repetitionOf(const Json& spec);

/// Runs that differ in seeds and folds alone: repetitions of one experiment.
struct Repetitions
{
    std::string name; ///< of the first run
    std::vector<RunRecord> runs;
};

struct RepeatedMeasure
{
    std::vector<double> means;      ///< by group; NaN when a run lacks the measure
    std::vector<double> deviations; ///< of the sample; NaN for a single run
    /// Of the pairs of runs with equal seeds and folds, by the corrected resampled t-test, Holm-corrected
    /// over all pairs of groups; NaN on the diagonal and for fewer than two such pairs.
    std::vector<std::vector<double>> p;
};

struct RepeatedComparison
{
    std::vector<Repetitions> groups; ///< in the order of their first runs
    std::map<std::string, RepeatedMeasure> measures;
    std::size_t splits = 0; ///< how many different splits the runs were tested on
};

/// Several seeds and folds as one study. Fails with NotFound for an unknown run, with InvalidInput for one
/// that is not finished and when the runs differ in target or kind of split: such values mean different
/// things.
Result<RepeatedComparison> compareRepeated(const Workspace& workspace, std::span<const RunId> runs);

} // namespace transept
