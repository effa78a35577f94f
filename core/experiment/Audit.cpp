#include "core/experiment/Audit.h"

#include "core/data/NegativesReader.h"
#include "core/experiment/Findings.h"
#include "core/experiment/GivenRanking.h"

#include <algorithm>
#include <array>

namespace transept {
namespace {

Result<std::vector<AuditedRun>> auditedRuns(const RunStore& store, std::span<const RunId> ids)
{
    std::vector<AuditedRun> runs;
    for (const RunId id : ids) {
        Result<RunRecord> record = store.findFinished(id);
        if (!record) {
            return passOn(record);
        }
        Result<Spec> spec = specFrom(record->spec);
        runs.push_back(
            {.record = std::move(*record), .spec = spec ? std::optional(std::move(*spec)) : std::nullopt});
    }
    return runs;
}

Result<std::vector<RunRecord>> finishedRuns(const RunStore& store)
{
    Result<std::vector<RunRecord>> all = store.all();
    if (all) {
        std::erase_if(*all, [](const RunRecord& run) { return run.state != RunState::Finished; });
    }
    return all;
}

/// Runs with the same data and split, which are loaded once for all of them.
std::vector<std::vector<const AuditedRun*>> runsWithSameData(Audited runs)
{
    std::vector<std::vector<const AuditedRun*>> groups;
    std::map<std::string, std::size_t> places;
    for (const AuditedRun& run : runs) {
        const std::string key = run.spec ? dataKeyOf(run.record, *run.spec) : run.record.fingerprint;
        const auto [place, isNew] = places.emplace(key, groups.size());
        if (isNew) {
            groups.emplace_back();
        }
        groups[place->second].push_back(&run);
    }
    return groups;
}

void append(std::vector<Finding>& findings, std::vector<Finding> more)
{
    std::ranges::move(more, std::back_inserter(findings));
}

Finding dataChanged()
{
    return {
        .code = "data-changed",
        .severity = Severity::Note,
        .sentence = TRANSLATABLE(
            "findings",
            "The data is no longer what it was when this ran, or cannot be read any more: leaks and twins "
            "in it were not looked for. Run the spec again.")};
}

struct DataFindings
{
    std::vector<Finding> findings; ///< without runs: of all that share the data
    std::vector<PersonId> hit;
};

/// The negatives among which a run ranked, with its data. False: they are no longer those.
Result<bool> addNegatives(const Workspace& workspace,
                          const AuditedRun& run,
                          Prepared& prepared,
                          const JobContext& context)
{
    if (!usesGiven(*run.spec)) {
        return true;
    }
    if (const Status read = loadNegatives(workspace, prepared.data, context); !read) {
        return passOn(read);
    }
    prepared.parts.test.negatives = prepared.data.negatives;
    return fingerprintOf(prepared.data) == run.record.fingerprint;
}

/// Of runs that share data and split. Knowledge has no part in what is looked for, and is not loaded.
Result<DataFindings> dataFindings(const Workspace& workspace,
                                  const std::vector<const AuditedRun*>& group,
                                  const JobContext& context)
{
    const AuditedRun& run = *group.front();
    if (!run.spec) {
        return DataFindings{.findings = {dataChanged()}};
    }
    Result<Prepared> prepared = prepareAgain(workspace, run.record, KnowledgeOfRun::Left, context);
    const Result<bool> hasNegatives =
        prepared ? addNegatives(workspace, run, *prepared, context) : passOn(prepared);
    if (!hasNegatives) {
        return isGone(hasNegatives.error()) ? Result<DataFindings>(DataFindings{.findings = {dataChanged()}})
                                            : passOn(hasNegatives);
    }
    Result<TwinFindings> twins = twinFindings(*run.spec, *prepared, context);
    if (!twins) {
        return passOn(twins);
    }
    DataFindings result{.findings = std::move(twins->findings), .hit = std::move(twins->hit)};
    if (std::optional<Finding> leak = timeLeak(*run.spec, prepared->parts)) {
        result.findings.push_back(std::move(*leak));
    }
    if (!*hasNegatives) {
        result.findings.push_back(dataChanged());
    }
    Result<std::optional<Finding>> known =
        *hasNegatives ? knownNegatives(prepared->parts, context) : std::optional<Finding>();
    if (!known) {
        return passOn(known);
    }
    if (known->has_value()) {
        result.findings.push_back(std::move(**known));
    }
    Result<std::vector<Finding>> ofStarts = startFindings(workspace, group, *prepared, context);
    if (!ofStarts) {
        return passOn(ofStarts);
    }
    append(result.findings, std::move(*ofStarts));
    return result;
}

Status addDataFindings(const Workspace& workspace,
                       Audited runs,
                       std::vector<Finding>& findings,
                       const JobContext& context)
{
    for (const std::vector<const AuditedRun*>& group : runsWithSameData(runs)) {
        Result<DataFindings> found = dataFindings(workspace, group, context);
        if (!found) {
            return passOn(found);
        }
        for (Finding& finding : found->findings) {
            if (finding.runs.empty()) {
                std::ranges::transform(group, std::back_inserter(finding.runs), [](const AuditedRun* run) {
                    return run->record.id;
                });
            }
            findings.push_back(std::move(finding));
        }
        for (const AuditedRun* run : group) {
            Result<std::optional<Finding>> gain = twinGain(workspace, *run, runs, found->hit);
            if (!gain) {
                return passOn(gain);
            }
            if (gain->has_value()) {
                findings.push_back(std::move(**gain));
            }
        }
    }
    return {};
}

Status addListFindings(const RunStore& store,
                       Audited runs,
                       std::vector<Finding>& findings,
                       const JobContext& context)
{
    for (const AuditedRun& run : runs) {
        if (Status goOn = context.checkpoint(); !goOn) {
            return goOn;
        }
        const Result<std::vector<StoredList>> lists = store.lists(run.record.id);
        if (!lists) {
            return passOn(lists);
        }
        for (const auto finding : {tiesOf, missingLists}) {
            if (std::optional<Finding> found = finding(run.record, *lists)) {
                findings.push_back(std::move(*found));
            }
        }
    }
    return {};
}

Result<std::vector<Finding>> auditAll(const Workspace& workspace,
                                      std::span<const RunId> ids,
                                      bool isComparison,
                                      const JobContext& context)
{
    context.progress({.fraction = -1.0, .stage = TRANSLATABLE("stages", "Auditing")});
    const RunStore store(workspace);
    const Result<std::vector<AuditedRun>> runs = auditedRuns(store, ids);
    const Result<std::vector<RunRecord>> all = finishedRuns(store);
    if (!runs || !all) {
        return runs ? passOn(all) : passOn(runs);
    }
    std::vector<Finding> findings = selectionOnTest(*runs, *all);
    append(findings, refitOfOthers(*runs, *all));
    append(findings, sampledNegatives(*runs));
    append(findings, oneSeed(*runs, *all));
    if (isComparison) {
        append(findings, missingControls(workspace, *runs));
    }
    for (const AuditedRun& run : *runs) {
        for (std::optional<Finding>& ofRun :
             std::array{approximationOf(run.record), givenWeightsOf(run.record)}) {
            if (ofRun) {
                findings.push_back(std::move(*ofRun));
            }
        }
    }
    Status done = addListFindings(store, *runs, findings, context);
    if (done) {
        done = addDataFindings(workspace, *runs, findings, context);
    }
    if (!done) {
        return passOn(done);
    }
    std::ranges::stable_sort(findings, std::greater(), &Finding::severity);
    return findings;
}

} // namespace

std::string dataKeyOf(const RunRecord& run, const Spec& spec)
{
    const Json document = toJson(spec);
    return Json{document.at("data"), document.at("split"), run.fingerprint}.dump();
}

std::string_view wordOf(Severity severity)
{
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Serious:
        return "serious";
    }
    return {};
}

std::string describe(const Finding& finding)
{
    return describe(Error{.sentence = finding.sentence, .arguments = finding.arguments});
}

Result<std::vector<Finding>> audit(const Workspace& workspace, RunId run, const JobContext& context)
{
    return auditAll(workspace, std::span(&run, 1), false, context);
}

Result<std::vector<Finding>> audit(const Workspace& workspace,
                                   std::span<const RunId> runs,
                                   const JobContext& context)
{
    return auditAll(workspace, runs, true, context);
}

} // namespace transept
