#include "core/experiment/Comparison.h"

#include "core/base/Parallel.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/Bootstrap.h"
#include "core/experiment/PairedUsers.h"
#include "core/experiment/Wilcoxon.h"

#include <cmath>
#include <limits>
#include <set>

namespace transept {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Rankings are means over users; ratings are means over test pairs, so that a user weighs as many as he has.
/// The per-user values of rmse are mean squared errors.
std::optional<UserSeries> seriesOf(const RunValues& run, const std::string& measure)
{
    const auto found = run.perUser.find(measure);
    const Result<MeasureName> name = parseMeasure(measure, "measures");
    if (found == run.perUser.end() || !name) {
        return std::nullopt;
    }
    const bool overPairs = describe(*name).needsRatings;
    if (overPairs && run.testPairs.empty()) {
        return std::nullopt;
    }
    UserSeries series{.root = name->base == "rmse"};
    for (std::size_t user = 0; user < run.users.size(); ++user) {
        const double value = found->second[user];
        const double weight = std::isnan(value) ? 0.0
                              : overPairs       ? static_cast<double>(run.testPairs[user])
                                                : 1.0;
        series.weights.push_back(static_cast<float>(weight));
        series.weighted.push_back(weight > 0.0 ? static_cast<float>(weight * value) : 0.0F);
    }
    if (std::all_of(series.weights.begin(), series.weights.end(), [](float each) { return each == 1.0F; })) {
        series.weights.clear(); // nothing to divide by but the number of users
    }
    return series;
}

/// Figures that users do not add up to (a pooled area, a harmonic mean) get no interval.
bool addsUp(const UserSeries& series, double stored)
{
    constexpr double tolerance = 1e-4; // float32 sums of the series against double ones of the measure
    return std::abs(figureOf(series) - stored) <= tolerance * std::max(1.0, std::abs(stored));
}

struct Place
{
    std::size_t run = 0;
    std::string measure;
};

/// Runs with the same test users are resampled together: the draws are the same, and cheaper than the sums.
std::vector<std::vector<std::size_t>> runsWithSameUsers(const std::vector<RunValues>& runs)
{
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t run = 0; run < runs.size(); ++run) {
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& each) {
            return runs[each.front()].users.size() == runs[run].users.size();
        });
        group == groups.end() ? groups.push_back({run}) : group->push_back(run);
    }
    return groups;
}

Status addIntervals(Comparison& comparison, const std::vector<RunValues>& runs, const JobContext& context)
{
    for (const auto& group : runsWithSameUsers(runs)) {
        std::vector<UserSeries> series;
        std::vector<Place> places;
        for (const std::size_t run : group) {
            for (const auto& [measure, value] : comparison.runs[run].measures) {
                std::optional<UserSeries> each = seriesOf(runs[run], measure);
                if (each && addsUp(*each, value)) {
                    series.push_back(std::move(*each));
                    places.push_back({.run = run, .measure = measure});
                }
            }
        }
        const auto intervals = bootstrapIntervals(series, context);
        if (!intervals) {
            return passOn(intervals);
        }
        for (std::size_t at = 0; at < places.size(); ++at) {
            comparison.measures[places[at].measure].intervals[places[at].run] = (*intervals)[at];
        }
    }
    return {};
}

struct PairedTest
{
    double p = none;
    double wins = none; ///< of the second run
};

PairedTest pairedTest(const RunValues& a, const RunValues& b, const std::string& measure)
{
    const std::vector<double> gains = gainsOf(a, b, measure);
    double wins = 0.0;
    for (const double gain : gains) {
        wins += gain > 0.0 ? 1.0 : gain == 0.0 ? 0.5 : 0.0;
    }
    return gains.empty() ? PairedTest{}
                         : PairedTest{.p = wilcoxon(gains), .wins = wins / static_cast<double>(gains.size())};
}

Status addTests(Comparison& comparison, const std::vector<RunValues>& runs, const JobContext& context)
{
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t a = 0; a < runs.size(); ++a) {
        for (std::size_t b = a + 1; b < runs.size(); ++b) {
            pairs.emplace_back(a, b);
        }
    }
    std::vector<std::string> measures;
    for (const auto& [measure, each] : comparison.measures) {
        measures.push_back(measure);
    }
    std::vector<PairedTest> raw(measures.size() * pairs.size());
    parallelTasks(raw.size(), [&](std::size_t task) {
        if (!context.stop.stop_requested()) {
            const auto& [a, b] = pairs[task % pairs.size()];
            raw[task] = pairedTest(runs[a], runs[b], measures[task / pairs.size()]);
        }
    });
    if (Status goOn = context.checkpoint(); !goOn) {
        return goOn;
    }
    for (std::size_t measure = 0; measure < measures.size(); ++measure) {
        const auto tests = std::span(raw).subspan(measure * pairs.size(), pairs.size());
        std::vector<double> uncorrected;
        std::ranges::transform(tests, std::back_inserter(uncorrected), &PairedTest::p);
        const std::vector<double> corrected = holm(uncorrected);
        MeasureComparison& table = comparison.measures[measures[measure]];
        for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
            const auto& [a, b] = pairs[pair];
            table.p[a][b] = table.p[b][a] = corrected[pair];
            table.wins[a][b] = tests[pair].wins;
            table.wins[b][a] = 1.0 - tests[pair].wins;
        }
    }
    return {};
}

void addValues(Comparison& comparison)
{
    const std::size_t count = comparison.runs.size();
    std::set<std::string> names;
    for (const RunRecord& run : comparison.runs) {
        for (const auto& [name, value] : run.measures) {
            names.insert(name);
        }
    }
    for (const std::string& name : names) {
        MeasureComparison measure{.intervals = {count, {none, none}},
                                  .p = std::vector(count, std::vector<double>(count, none)),
                                  .wins = std::vector(count, std::vector<double>(count, none))};
        for (const RunRecord& run : comparison.runs) {
            const auto value = run.measures.find(name);
            measure.values.push_back(value == run.measures.end() ? none : value->second);
        }
        comparison.measures.emplace(name, std::move(measure));
    }
}

} // namespace

Json testedSplitOf(const RunRecord& run)
{
    const Json spec = completed(run.spec);
    Json split = spec.value("split", Json());
    if (split.is_object()) {
        split.erase("refit");
    }
    return split;
}

bool mayBeCompared(const RunRecord& a, const RunRecord& b)
{
    // As fingerprintOf() of a dataset joins them: the target's, everything's, and that of negatives or none.
    const auto negatives = [](const RunRecord& run) {
        const std::size_t second = run.fingerprint.find('.', run.fingerprint.find('.') + 1);
        return second == std::string::npos ? std::string() : run.fingerprint.substr(second);
    };
    const bool sameNegatives = negatives(a).empty() || negatives(b).empty() || negatives(a) == negatives(b);
    const auto part = [](const RunRecord& run, const char* pointer) {
        const Json::json_pointer place(pointer);
        return run.spec.contains(place) ? run.spec.at(place) : Json();
    };
    const auto target = [](const RunRecord& run) {
        return run.fingerprint.substr(0, run.fingerprint.find('.'));
    };
    const char* const selection[] = {"/data/target", "/data/where", "/data/positive"};
    const bool sameParts = std::ranges::all_of(
        selection, [&](const char* pointer) { return part(a, pointer) == part(b, pointer); });
    // Who is new in the target and known in a source depends on the sources, and so may groups.
    const Json kind = part(a, "/split/kind");
    const bool sourcesMatter =
        kind == "cold-user" || (kind == "cross-group" && part(a, "/split/groups") == "domain");
    return target(a) == target(b) && sameNegatives && sameParts && testedSplitOf(a) == testedSplitOf(b) &&
           (!sourcesMatter || part(a, "/data/sources") == part(b, "/data/sources"));
}

Result<Comparison> compare(const Workspace& workspace, std::span<const RunId> runs, const JobContext& context)
{
    Comparison comparison;
    std::vector<RunValues> values;
    std::vector<Json> specs;
    for (const RunId id : runs) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        Result<RunRecord> run = RunStore(workspace).find(id);
        if (!run) {
            return passOn(run);
        }
        Result<RunValues> each = valuesOf(workspace, *run);
        if (!each) {
            return passOn(each);
        }
        values.push_back(std::move(*each));
        specs.push_back(completed(run->spec));
        comparison.sameData =
            comparison.sameData && (comparison.runs.empty() || mayBeCompared(comparison.runs.front(), *run));
        comparison.runs.push_back(std::move(*run));
    }
    addValues(comparison);
    comparison.specDifference = difference(specs);
    Status done = addIntervals(comparison, values, context);
    if (done) {
        done = addTests(comparison, values, context);
    }
    return done ? Result<Comparison>(std::move(comparison)) : passOn(done);
}

} // namespace transept
