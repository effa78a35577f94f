#include "core/experiment/RepeatedRuns.h"

#include "core/experiment/Comparison.h"
#include "core/experiment/Wilcoxon.h"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

namespace transept {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// What repetitions of an experiment differ in.
constexpr std::array repeated{"/seed", "/split/seed", "/split/fold"};
/// Of what was computed elsewhere, each repetition has files of its own.
constexpr std::array filesOfResults{"/method/files", "/method/hash"};

Json at(const Json& spec, const char* path)
{
    const Json::json_pointer place(path);
    return spec.contains(place) ? spec.at(place) : Json();
}

void forget(Json& spec, std::span<const char* const> paths)
{
    for (const char* path : paths) {
        const Json::json_pointer place(path);
        if (spec.contains(place)) {
            spec.at(place) = nullptr;
        }
    }
}

double meanOf(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Of the sample, with n - 1.
double varianceOf(std::span<const double> values)
{
    if (values.size() < 2) {
        return none;
    }
    const double mean = meanOf(values);
    double sum = 0.0;
    for (const double value : values) {
        sum += (value - mean) * (value - mean);
    }
    return sum / static_cast<double>(values.size() - 1);
}

/// The size of the test part over that of the training part; 0 where all splits are the same.
double testToTrain(const SplitSpec& split)
{
    const double validation = split.refit ? 0.0 : split.validation;
    switch (split.kind) {
    case SplitSpec::Kind::Warm:
        return split.ratios[2] / (split.ratios[0] + (split.refit ? split.ratios[1] : 0.0));
    case SplitSpec::Kind::KFold: {
        const double tested = 1.0 / split.folds;
        return tested / ((1.0 - tested) * (1.0 - validation));
    }
    case SplitSpec::Kind::CrossTime: {
        const int trained = split.window == 0 ? split.fold + 1 : std::min(split.window, split.fold + 1);
        return 1.0 / (trained * (1.0 - validation));
    }
    case SplitSpec::Kind::ColdUser:
    case SplitSpec::Kind::ColdItem:
        return split.share / ((1.0 - split.share) * (1.0 - validation));
    case SplitSpec::Kind::CrossGroup: // only the histories that are told and who validates are drawn
    case SplitSpec::Kind::LeaveOneOut:
    case SplitSpec::Kind::Temporal:
    case SplitSpec::Kind::Given:
        return 0.0;
    }
    return 0.0;
}

double valueOf(const RunRecord& run, const std::string& measure)
{
    const auto found = run.measures.find(measure);
    return found == run.measures.end() ? none : found->second;
}

std::vector<double> pairedDifferences(const Repetitions& a, const Repetitions& b, const std::string& measure)
{
    std::vector<double> differences;
    for (const RunRecord& run : a.runs) {
        const auto other = std::find_if(b.runs.begin(), b.runs.end(), [&](const RunRecord& each) {
            return repetitionOf(each.spec) == repetitionOf(run.spec);
        });
        const double difference =
            other == b.runs.end() ? none : valueOf(*other, measure) - valueOf(run, measure);
        if (!std::isnan(difference)) {
            differences.push_back(difference);
        }
    }
    return differences;
}

RepeatedMeasure measureOf(const std::vector<Repetitions>& groups, const std::string& name, double ratio)
{
    RepeatedMeasure measure;
    for (const Repetitions& group : groups) {
        std::vector<double> values;
        for (const RunRecord& run : group.runs) {
            values.push_back(valueOf(run, name));
        }
        measure.means.push_back(meanOf(values));
        measure.deviations.push_back(std::sqrt(varianceOf(values)));
    }
    std::vector<double> uncorrected;
    for (std::size_t a = 0; a < groups.size(); ++a) {
        for (std::size_t b = a + 1; b < groups.size(); ++b) {
            uncorrected.push_back(resampledT(pairedDifferences(groups[a], groups[b], name), ratio));
        }
    }
    const std::vector<double> corrected = holm(uncorrected);
    measure.p.assign(groups.size(), std::vector<double>(groups.size(), none));
    std::size_t pair = 0;
    for (std::size_t a = 0; a < groups.size(); ++a) {
        for (std::size_t b = a + 1; b < groups.size(); ++b) {
            measure.p[a][b] = measure.p[b][a] = corrected[pair++];
        }
    }
    return measure;
}

Result<std::vector<RunRecord>> finishedRuns(const Workspace& workspace, std::span<const RunId> ids)
{
    std::vector<RunRecord> runs;
    for (const RunId id : ids) {
        Result<RunRecord> run = RunStore(workspace).findFinished(id);
        if (!run) {
            return passOn(run);
        }
        runs.push_back(std::move(*run));
    }
    return runs;
}

Status checkComparable(const std::vector<RunRecord>& runs)
{
    const auto setting = [](const RunRecord& run) {
        const Json experiment = experimentOf(completed(run.spec));
        Json split = testedSplitOf(run);
        for (const char* key : {"seed", "fold"}) {
            if (split.is_object()) {
                split.erase(key);
            }
        }
        return std::tuple(at(experiment, "/data/target"),
                          at(experiment, "/data/where"),
                          at(experiment, "/data/positive"),
                          std::move(split),
                          run.fingerprint.substr(0, run.fingerprint.find('.')));
    };
    for (const RunRecord& run : runs) {
        if (setting(run) != setting(runs.front())) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "Runs %1 and %2 have different data or kinds of split: their values mean "
                             "different things. Compare runs whose splits differ in seed and fold alone."),
                {std::to_string(number(runs.front().id)), std::to_string(number(run.id))});
        }
    }
    return {};
}

} // namespace

Json experimentOf(Json spec)
{
    spec.erase("name");
    forget(spec, repeated);
    forget(spec, filesOfResults);
    return spec;
}

std::vector<Json> repetitionOf(const Json& spec)
{
    std::vector<Json> values;
    for (const char* path : repeated) {
        values.push_back(at(spec, path));
    }
    return values;
}

double resampledT(std::span<const double> differences, double testToTrain)
{
    const auto count = static_cast<double>(differences.size());
    if (differences.size() < 2) {
        return none;
    }
    const double mean = meanOf(differences);
    const double variance = varianceOf(differences);
    if (!(variance > 0.0)) {
        return mean == 0.0 ? 1.0 : 0.0;
    }
    const double t = mean / std::sqrt((1.0 / count + testToTrain) * variance);
    return 2.0 * boost::math::cdf(boost::math::complement(boost::math::students_t(count - 1.0), std::abs(t)));
}

Result<RepeatedComparison> compareRepeated(const Workspace& workspace, std::span<const RunId> ids)
{
    const Result<std::vector<RunRecord>> runs = finishedRuns(workspace, ids);
    const Status comparable = runs ? checkComparable(*runs) : passOn(runs);
    if (!comparable) {
        return passOn(comparable);
    }
    RepeatedComparison comparison;
    std::set<std::string> splits;
    std::vector<Json> experiments;
    for (const RunRecord& run : *runs) {
        Json experiment = experimentOf(completed(run.spec));
        const auto found = std::find(experiments.begin(), experiments.end(), experiment);
        if (found == experiments.end()) {
            experiments.push_back(std::move(experiment));
            comparison.groups.push_back({.name = run.name, .runs = {run}});
        } else {
            comparison.groups[static_cast<std::size_t>(found - experiments.begin())].runs.push_back(run);
        }
        splits.insert(testedSplitOf(run).dump());
        for (const auto& [name, value] : run.measures) {
            comparison.measures.try_emplace(name);
        }
    }
    comparison.splits = splits.size();
    double ratio = 0.0;
    if (comparison.splits > 1) { // else only the training's own randomness is repeated
        const Result<Spec> spec = specFrom(runs->front().spec);
        if (!spec) {
            return passOn(spec);
        }
        ratio = testToTrain(spec->split);
    }
    for (auto& [name, measure] : comparison.measures) {
        measure = measureOf(comparison.groups, name, ratio);
    }
    return comparison;
}

} // namespace transept
