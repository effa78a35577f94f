#include "core/base/Words.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/Comparison.h"
#include "core/experiment/Findings.h"
#include "core/experiment/RepeatedRuns.h"

#include <algorithm>
#include <cmath>

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
    Json spec = run.spec;
    for (const char* key : {"name", "seed", "stop", "measures"}) {
        spec.erase(key);
    }
    spec["method"] = {partOf(run.spec, "/method/name"), partOf(run.spec, "/method/program")};
    return spec.dump() + run.fingerprint;
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
    Json others = experimentOf(other.spec);
    Json own = experimentOf(run.spec);
    others.erase("measures");
    own.erase("measures");
    return others == own;
}

/// Whether another seed could change the figures.
bool dependsOnChance(const AuditedRun& run)
{
    using Kind = SplitSpec::Kind;
    const MethodDescription* method = methodOf(run);
    if (method == nullptr) {
        return false;
    }
    const Kind kind = run.spec->split.kind;
    const bool drawn =
        kind == Kind::Warm || kind == Kind::ColdUser || kind == Kind::ColdItem || kind == Kind::KFold;
    return drawn || method->iterative || run.spec->shuffleKnowledge;
}

bool isControl(const AuditedRun& run)
{
    const MethodDescription* method = methodOf(run);
    return method != nullptr && method->family == "Controls";
}

bool usesKnowledge(const AuditedRun& run)
{
    const MethodDescription* method = methodOf(run);
    return method != nullptr && method->usesKnowledge && !run.spec->knowledge.empty();
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
    Spec control = *run.spec;
    control.method = "carried-bias";
    return checkNeeds(workspace, control).has_value();
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
        for (const RunRecord& other : all) {
            if (other.validation.empty() && withoutHyperparameters(other) == group) {
                variants.insert(hyperparametersOf(other));
                finding.runs.push_back(other.id);
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
          {.code = "no-carried-control",
           .severity = Severity::Warning,
           .sentence = TRANSLATABLE(
               "findings",
               "It learns ratings with the help of sources, and carried-bias does not stand beside it, on "
               "the same data and split: how generously a person rates elsewhere may be all that it has "
               "learnt. Add a run of carried-bias.")},
          runs,
          [&](const AuditedRun& run) {
              const MethodDescription* method = methodOf(run);
              return method != nullptr && method->usesSources && !isControl(run) &&
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
