#include "core/experiment/ResultCurves.h"

#include "core/experiment/Bootstrap.h"
#include "core/experiment/PairedUsers.h"
#include "core/experiment/Spec.h"
#include "core/experiment/Wilcoxon.h"
#include "core/store/Catalog.h"

#include <algorithm>
#include <numeric>

namespace transept {
namespace {

Result<StoredPredictions> predictionsOf(const Workspace& workspace, const RunRecord& run)
{
    Result<StoredPredictions> stored = RunStore(workspace).predictions(run.id);
    if (stored && stored->predictions.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "Run %1 kept no predictions: its scores are neither ratings nor "
                                 "probabilities, so that no ROC and no calibration curve can be drawn of "
                                 "them. Choose a run that predicts ratings."),
                    {std::to_string(number(run.id))});
    }
    return stored;
}

/// As the evaluation has it.
Result<double> relevanceThreshold(const Workspace& workspace, const RunRecord& run)
{
    const Result<Spec> spec = specFrom(run.spec);
    if (!spec) {
        return passOn(spec);
    }
    if (spec->data.positive) {
        return *spec->data.positive;
    }
    const Result<Domain> domain = Catalog(workspace).domain(spec->data.target);
    if (!domain) {
        return passOn(domain);
    }
    return (domain->scaleMin.value_or(0.0) + domain->scaleMax.value_or(1.0)) / 2.0;
}

} // namespace

Result<RunRoc> rocOf(const Workspace& workspace, RunId id)
{
    const Result<RunRecord> run = RunStore(workspace).findFinished(id);
    const Result<StoredPredictions> stored = run ? predictionsOf(workspace, *run) : passOn(run);
    const Result<double> relevant = stored ? relevanceThreshold(workspace, *run) : passOn(stored);
    if (!relevant) {
        return passOn(relevant);
    }
    RunRoc roc{.relevant = *relevant, .area = 0.0, .curve = {}};
    roc.curve = rocCurve({.truths = stored->truths, .predictions = stored->predictions}, *relevant);
    roc.area = areaUnder(roc.curve);
    return roc;
}

Result<std::vector<CalibrationBin>> calibrationOf(const Workspace& workspace, RunId id)
{
    const Result<RunRecord> run = RunStore(workspace).findFinished(id);
    const Result<StoredPredictions> stored = run ? predictionsOf(workspace, *run) : passOn(run);
    if (!stored) {
        return passOn(stored);
    }
    return calibrationCurve({.truths = stored->truths, .predictions = stored->predictions}, calibrationBins);
}

Result<UserDifferences> differencesOf(const Workspace& workspace,
                                      RunId first,
                                      RunId second,
                                      const std::string& measure,
                                      const JobContext& context)
{
    const Result<RunRecord> a = RunStore(workspace).findFinished(first);
    const Result<RunRecord> b = RunStore(workspace).findFinished(second);
    if (!a || !b) {
        return a ? passOn(b) : passOn(a);
    }
    const Result<RunValues> ofA = valuesOf(workspace, *a);
    const Result<RunValues> ofB = valuesOf(workspace, *b);
    if (!ofA || !ofB) {
        return ofA ? passOn(ofB) : passOn(ofA);
    }
    UserDifferences differences{.gains = gainsOf(*ofA, *ofB, measure)};
    std::vector<double>& gains = differences.gains;
    if (gains.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "Runs %1 and %2 have no values of %3 for the same people. Choose a measure "
                                 "that both keep for every person."),
                    {std::to_string(number(first)), std::to_string(number(second)), measure});
    }
    const auto count = static_cast<double>(gains.size());
    UserSeries series;
    std::ranges::transform(
        gains, std::back_inserter(series.weighted), [](double gain) { return static_cast<float>(gain); });
    const auto intervals = bootstrapIntervals(std::span(&series, 1), context);
    if (!intervals) {
        return passOn(intervals);
    }
    differences.interval = intervals->front();
    differences.p = wilcoxon(gains);
    differences.mean = std::accumulate(gains.begin(), gains.end(), 0.0) / count;
    const auto shareOf = [&](auto is) {
        return static_cast<double>(std::ranges::count_if(gains, is)) / count;
    };
    differences.better = shareOf([](double gain) { return gain > 0.0; });
    differences.worse = shareOf([](double gain) { return gain < 0.0; });
    std::ranges::sort(gains);
    return differences;
}

} // namespace transept
