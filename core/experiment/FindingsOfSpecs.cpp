#include "core/base/Words.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/Comparison.h"
#include "core/experiment/Controls.h"
#include "core/experiment/EpochWatch.h"
#include "core/experiment/Findings.h"
#include "core/experiment/RepeatedRuns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace transept {
namespace {

const Json& partOf(const Json& spec, const char* pointer)
{
    static const Json absent;
    const Json::json_pointer place(pointer);
    return spec.contains(place) ? spec.at(place) : absent;
}

/// Equal for runs that differ in hyperparameters (and names, measures, seeds) only. What other programs
/// computed is told apart by the program.
std::string withoutHyperparameters(const RunRecord& run)
{
    Json spec = completed(run.spec);
    for (const char* key : {"name", "seed", "stop", "measures"}) {
        spec.erase(key);
    }
    spec["method"] = {partOf(run.spec, "/method/name"), partOf(run.spec, "/method/program")};
    return spec.dump() + run.fingerprint;
}

bool isRefit(const RunRecord& run)
{
    return partOf(run.spec, "/split/refit") == true;
}

std::string hyperparametersOf(const RunRecord& run)
{
    return Json{partOf(run.spec, "/method"), partOf(run.spec, "/stop")}.dump();
}

/// Whether another run repeats this one with other random numbers or another fold, whatever is measured.
bool repeats(const RunRecord& other, const RunRecord& run)
{
    if (other.fingerprint != run.fingerprint || repetitionOf(other.spec) == repetitionOf(run.spec)) {
        return false;
    }
    Json others = experimentOf(completed(other.spec));
    Json own = experimentOf(completed(run.spec));
    others.erase("measures");
    own.erase("measures");
    return others == own;
}

/// Whether another seed could change the figures.
bool dependsOnChance(const AuditedRun& run)
{
    using Kind = SplitSpec::Kind;
    if (methodOf(run) == nullptr) {
        return false;
    }
    constexpr Kind repeatable[] = {
        Kind::Warm, Kind::CrossTime, Kind::ColdUser, Kind::ColdItem, Kind::CrossGroup, Kind::KFold};
    const bool drawn = std::ranges::find(repeatable, run.spec->split.kind) != std::end(repeatable);
    return drawn || traitsOf(*run.spec).iterative || run.spec->shuffleKnowledge;
}

/// What `of` says of every run.
std::vector<std::string> allOf(std::span<const RunRecord> runs, std::string (*of)(const RunRecord&))
{
    std::vector<std::string> texts;
    std::ranges::transform(runs, std::back_inserter(texts), of);
    return texts;
}

/// Hyperparameters but for the number of epochs, which a run without validation is told and another finds.
Json settingsOf(const RunRecord& run)
{
    Json method = partOf(completed(run.spec), "/method");
    if (method.is_object()) {
        method.erase("epochs");
    }
    return method;
}

/// The validation measure by which settings are chosen: that of the stop rule, else the usual one.
StopMeasure chosenBy(const RunRecord& run)
{
    const Result<Spec> spec = specFrom(run.spec);
    return stopMeasure(spec ? spec->stop : StopRule(), run.validation.contains("rmse"));
}

/// The best of the runs of the same method that hold out what this one was refitted on; null when there is
/// none.
const RunRecord* bestOnValidation(const RunRecord& refit, std::span<const RunRecord> all)
{
    RunRecord heldOut = refit;
    heldOut.spec = completed(refit.spec);
    heldOut.spec["split"]["refit"] = false;
    const std::string group = withoutHyperparameters(heldOut);
    const RunRecord* best = nullptr;
    for (const RunRecord& run : all) {
        const StopMeasure measure = chosenBy(run);
        const auto value = run.validation.find(measure.name);
        if (value == run.validation.end() || !std::isfinite(value->second) ||
            withoutHyperparameters(run) != group) {
            continue;
        }
        const double sign = measure.higherIsBetter ? 1.0 : -1.0;
        const auto other = best == nullptr ? run.validation.end() : best->validation.find(measure.name);
        if (best == nullptr ||
            (other != best->validation.end() && sign * value->second > sign * other->second)) {
            best = &run;
        }
    }
    return best;
}

/// Among a few items, drawn or given.
bool isSampled(const std::string& measure)
{
    const Result<MeasureName> name = parseMeasure(measure, "measures");
    return name && name->isSampled();
}

bool isControl(const AuditedRun& run)
{
    const MethodDescription* method = methodOf(run);
    return method != nullptr && method->family == "Controls";
}

bool usesKnowledge(const AuditedRun& run)
{
    return methodOf(run) != nullptr && traitsOf(*run.spec).usesKnowledge && !run.spec->knowledge.empty();
}

/// Whether one of the runs that may be compared with this one is such a run.
template<typename Is>
bool stands(const AuditedRun& beside, Audited runs, const Is& is)
{
    return std::ranges::any_of(
        runs, [&](const AuditedRun& each) { return mayBeCompared(each.record, beside.record) && is(each); });
}

/// Whether the carried bias can be run on what the run works on.
bool canCarryBias(const Workspace& workspace, const AuditedRun& run)
{
    const Result<Spec> control = withMethod(*run.spec, "carried-bias", Json::object());
    return control && checkNeeds(workspace, *control);
}

/// Whether one of the three means does not stand beside a run of ratings that claims more.
bool lacksMean(const AuditedRun& run, Audited runs)
{
    constexpr PlainMean means[] = {PlainMean::Global, PlainMean::Item, PlainMean::User};
    return methodOf(run) != nullptr && !isControl(run) && hasRatings(run.record) &&
           !std::ranges::all_of(means, [&](PlainMean mean) {
               return stands(run, runs, [mean](const AuditedRun& other) {
                   return methodOf(other) != nullptr && plainMeanOf(*other.spec) == mean;
               });
           });
}

/// A finding of all runs of which something holds; nothing when it holds of none.
template<typename Holds>
void addIf(std::vector<Finding>& findings, Finding finding, Audited runs, const Holds& holds)
{
    for (const AuditedRun& run : runs) {
        if (holds(run)) {
            finding.runs.push_back(run.record.id);
        }
    }
    if (!finding.runs.empty()) {
        findings.push_back(std::move(finding));
    }
}

void addKnowledgeFindings(std::vector<Finding>& findings, Audited runs)
{
    const auto isFused = [](const AuditedRun& run) {
        return usesKnowledge(run) && !run.spec->shuffleKnowledge;
    };
    addIf(findings,
          {.code = "no-run-without-knowledge",
           .severity = Severity::Warning,
           .sentence = TRANSLATABLE("findings",
                                    "No run without knowledge stands beside it, on the same data and split: "
                                    "nothing says what the knowledge is worth. Add one.")},
          runs,
          [&](const AuditedRun& run) {
              return isFused(run) && !stands(run, runs, [](const AuditedRun& other) {
                         return other.spec && !isControl(other) && !usesKnowledge(other);
                     });
          });
    addIf(findings,
          {.code = "no-shuffled-knowledge",
           .severity = Severity::Warning,
           .sentence = TRANSLATABLE(
               "findings",
               "No run of the same method with shuffled knowledge stands beside it, on the same data and "
               "split: the gain may come from the additional parameters alone. Add one.")},
          runs,
          [&](const AuditedRun& run) {
              return isFused(run) && !stands(run, runs, [&](const AuditedRun& other) {
                         return other.spec && other.spec->shuffleKnowledge &&
                                other.spec->method == run.spec->method &&
                                other.spec->knowledge == run.spec->knowledge;
                     });
          });
}

} // namespace

const MethodDescription* methodOf(const AuditedRun& run)
{
    const Result<const MethodDescription*> method =
        run.spec ? findMethod(run.spec->method) : Result<const MethodDescription*>(nullptr);
    return method.value_or(nullptr);
}

bool hasRatings(const RunRecord& run)
{
    return std::ranges::any_of(run.measures, [](const auto& measure) {
        const Result<MeasureName> name = parseMeasure(measure.first, "measures");
        return name && describe(*name).needsRatings && std::isfinite(measure.second);
    });
}

std::vector<Finding> selectionOnTest(Audited runs, std::span<const RunRecord> all)
{
    std::vector<Finding> findings;
    std::set<std::string> reported;
    const std::vector<std::string> groups = allOf(all, withoutHyperparameters);
    for (const AuditedRun& run : runs) {
        const std::string group = withoutHyperparameters(run.record);
        if (!run.record.validation.empty() || !reported.insert(group).second) {
            continue;
        }
        Finding finding{
            .code = "selection-on-test",
            .severity = Severity::Serious,
            .sentence = TRANSLATABLE(
                "findings",
                "%1 runs differ in hyperparameters only and have no validation part: choosing the best of "
                "them is choosing on test data. Hold out a validation part, and choose by its figures.")};
        std::set<std::string> variants;
        for (std::size_t other = 0; other < all.size(); ++other) {
            if (all[other].validation.empty() && groups[other] == group) {
                variants.insert(hyperparametersOf(all[other]));
                finding.runs.push_back(all[other].id);
            }
        }
        if (variants.size() > 1) {
            finding.arguments = {std::to_string(finding.runs.size())};
            finding.figures = {{"runs", finding.runs.size()}, {"variants", variants.size()}};
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

std::vector<Finding> refitOfOthers(Audited runs, std::span<const RunRecord> all)
{
    std::vector<Finding> findings;
    for (const AuditedRun& run : runs) {
        const RunRecord* best = isRefit(run.record) ? bestOnValidation(run.record, all) : nullptr;
        if (best == nullptr || settingsOf(*best) == settingsOf(run.record)) {
            continue;
        }
        const std::string measure = chosenBy(*best).name;
        findings.push_back(
            {.code = "refit-of-others",
             .severity = Severity::Warning,
             .sentence = TRANSLATABLE(
                 "findings",
                 "Run %1 was refitted on validation data with settings that validation did not choose: run "
                 "%2 has others and the best %3 on it (%4). Refit with those."),
             .arguments = {std::to_string(number(run.record.id)),
                           std::to_string(number(best->id)),
                           measure,
                           fmt::format("{:.4f}", best->validation.at(measure))},
             .runs = {run.record.id, best->id},
             .figures = {{"measure", measure}, {"best", number(best->id)}}});
    }
    return findings;
}

std::vector<Finding> sampledNegatives(Audited runs)
{
    std::vector<Finding> findings;
    const auto samples = [](const auto& measure) { return isSampled(measure.first); };
    addIf(findings,
          {.code = "sampled-negatives",
           .severity = Severity::Note,
           .sentence = TRANSLATABLE(
               "findings",
               "Measures with ~ rank the relevant items among a few sampled or given ones, not among all: "
               "they are "
               "higher than those of full ranking, may order methods differently, and are for comparing with "
               "published tables only.")},
          runs,
          [&](const AuditedRun& run) { return std::ranges::any_of(run.record.measures, samples); });
    addIf(findings,
          {.code = "only-sampled-negatives",
           .severity = Severity::Warning,
           .sentence = TRANSLATABLE("findings",
                                    "It has no ranking measure of full ranking: nothing says how well it "
                                    "ranks among all items. Add one without ~, such as ndcg@10.")},
          runs,
          [&](const AuditedRun& run) {
              return std::ranges::any_of(run.record.measures, samples) &&
                     std::ranges::none_of(run.record.measures, [](const auto& measure) {
                         return measure.first.find('@') != std::string::npos && !isSampled(measure.first);
                     });
          });
    return findings;
}

std::vector<Finding> oneSeed(Audited runs, std::span<const RunRecord> all)
{
    std::vector<Finding> findings;
    addIf(findings,
          {.code = "one-seed",
           .severity = Severity::Note,
           .sentence = TRANSLATABLE(
               "findings",
               "One seed only: no other run of the same spec has another seed, split seed or fold, so that "
               "nothing says how much of the figures is chance. Run the spec with several seeds.")},
          runs,
          [&](const AuditedRun& run) {
              return dependsOnChance(run) && std::ranges::none_of(all, [&](const RunRecord& other) {
                         return repeats(other, run.record);
                     });
          });
    return findings;
}

std::vector<Finding> missingControls(const Workspace& workspace, Audited runs)
{
    std::vector<Finding> findings;
    const auto lacksControl = [&](const AuditedRun& run) {
        const bool rates = hasRatings(run.record);
        return methodOf(run) != nullptr && !isControl(run) &&
               !stands(run, runs, [&](const AuditedRun& other) {
                   return isControl(other) && (!rates || hasRatings(other.record));
               });
    };
    addIf(findings,
          {.code = "no-control",
           .severity = Severity::Warning,
           .sentence = TRANSLATABLE(
               "findings",
               "No control stands beside it, on the same data and split: nothing says whether it is better "
               "than what needs no learning. Add popularity, or bias for ratings.")},
          runs,
          lacksControl);
    addIf(findings,
          {.code = "no-mean-controls",
           .severity = Severity::Note,
           .sentence = TRANSLATABLE(
               "findings",
               "The mean of all ratings, of the item's and of the user's do not all stand beside it, on the "
               "same data and split: how much a mean alone explains remains open. Add the controls, or runs "
               "of bias with terms none and user, and of popularity by mean.")},
          runs,
          [&](const AuditedRun& run) { return !lacksControl(run) && lacksMean(run, runs); });
    addIf(findings,
          {.code = "no-carried-control",
           .severity = Severity::Warning,
           .sentence = TRANSLATABLE(
               "findings",
               "It learns ratings with the help of sources, and carried-bias does not stand beside it, on "
               "the same data and split: how generously a person rates elsewhere may be all that it has "
               "learnt. Add a run of carried-bias.")},
          runs,
          [&](const AuditedRun& run) {
              return methodOf(run) != nullptr && traitsOf(*run.spec).usesSources && !isControl(run) &&
                     !run.spec->data.sources.empty() && hasRatings(run.record) &&
                     !stands(run,
                             runs,
                             [](const AuditedRun& other) {
                                 return other.spec && other.spec->method == "carried-bias";
                             }) &&
                     canCarryBias(workspace, run);
          });
    addKnowledgeFindings(findings, runs);
    return findings;
}

} // namespace transept
