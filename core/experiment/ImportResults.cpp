#include "core/experiment/ImportResults.h"

#include "core/base/Words.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/Controls.h"
#include "core/experiment/PhaseMeter.h"
#include "core/experiment/TestMeasures.h"

#include <algorithm>

namespace transept {
namespace {

Result<std::vector<ResultPlan>> plansOf(const std::vector<ResultFile>& files)
{
    if (files.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "No file of results is named. Choose at least one."));
    }
    std::vector<ResultPlan> plans;
    for (const ResultFile& file : files) {
        Result<ResultPlan> plan = planResults(file);
        if (!plan) {
            return passOn(plan);
        }
        plans.push_back(std::move(*plan));
    }
    return plans;
}

bool hold(const std::vector<ResultPlan>& plans, ResultKind kind)
{
    return std::ranges::find(plans, kind, &ResultPlan::kind) != plans.end();
}

/// What lists or predictions say: the AUC of a ranking, sampled or given negatives and cold items need the
/// scores of everything.
bool canBeMeasured(const MeasureName& measure, const std::vector<ResultPlan>& plans)
{
    return looksAtLists(measure)
               ? measure.base != "ranking-auc" && measure.ranksAll() && hold(plans, ResultKind::Lists)
               : hold(plans, ResultKind::Predictions);
}

struct Measures
{
    std::vector<std::string> names;
    std::vector<std::string> notMeasured;
    std::size_t furthest = 0; ///< place in lists
};

Result<Measures> measurable(const Spec& spec,
                            const std::vector<std::string>& wanted,
                            const std::vector<ResultPlan>& plans)
{
    const std::vector<std::string> names =
        !wanted.empty() ? wanted : measuresOf(spec, hold(plans, ResultKind::Predictions));
    Measures measures;
    for (const std::string& name : names) {
        const Result<MeasureName> parsed = parseMeasure(name, "measures");
        if (!parsed) {
            return passOn(parsed);
        }
        if (!canBeMeasured(*parsed, plans)) {
            measures.notMeasured.push_back(name);
            continue;
        }
        measures.names.push_back(name);
        measures.furthest = std::max(measures.furthest, static_cast<std::size_t>(parsed->k));
    }
    if (measures.names.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "None of the measures (%1) follows from these files: rmse and its like need "
                                 "predictions, ndcg@10 and its like need lists. Choose others (--measures)."),
                    {listed(names)});
    }
    return measures;
}

std::string namesOf(const std::vector<ResultFile>& files)
{
    std::vector<std::string> names;
    for (const ResultFile& file : files) {
        names.push_back(file.file.filename().string());
    }
    return listed(names);
}

/// Everything that can be decided before the data is loaded. The spec lacks the files' hashes.
struct Plan
{
    std::vector<ResultPlan> files;
    Measures measures;
    Spec spec;
};

Result<Plan> planOf(const Workspace& workspace, const ResultsLike& like, const ResultsOptions& options)
{
    if (trimmed(options.name).empty()) {
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "The run has no name. Give it one."));
    }
    Result<std::vector<ResultPlan>> files = plansOf(options.files);
    Result<Measures> measures = files ? measurable(like.spec, options.measures, *files) : passOn(files);
    if (!measures) {
        return passOn(measures);
    }
    Spec asked = like.spec;
    asked.name = options.name;
    asked.measures = measures->names;
    const Result<Spec> made =
        withMethod(asked,
                   importedMethod,
                   {{"program", options.program.empty() ? options.name : options.program},
                    {"files", namesOf(options.files)},
                    {"missing", options.meanForMissing ? "mean" : "refuse"}});
    Result<Spec> spec = made ? specFrom(toJson(*made)) : made; // measures may be named twice
    const Status there = spec ? checkSelection(workspace, *spec) : passOn(spec);
    if (!there) {
        return passOn(there);
    }
    return Plan{.files = std::move(*files), .measures = std::move(*measures), .spec = std::move(*spec)};
}

Result<Prepared> prepareFor(const Workspace& workspace,
                            const ResultsLike& like,
                            const Spec& spec,
                            const JobContext& context)
{
    if (!like.made) {
        return prepare(workspace, spec, context);
    }
    RunRecord same = *like.made;
    same.spec = toJson(spec);
    return prepareAgain(workspace, same, KnowledgeOfRun::Loaded, context);
}

Status checkKinds(const Plan& plan, const DomainData& target)
{
    if (hold(plan.files, ResultKind::Predictions) && target.kind == FeedbackKind::Implicit) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 holds implicit feedback: there are no ratings to predict. Import lists."),
            {target.name});
    }
    return {};
}

Result<ResultModel> readModel(const Workspace& workspace,
                              const Prepared& prepared,
                              Plan& plan,
                              const JobContext& context)
{
    Result<ResultRows> rows = readResultRows(workspace, prepared, plan.files, context);
    if (!rows) {
        return passOn(rows);
    }
    Json parameters = plan.spec.parameters.json();
    parameters["hash"] = listed(rows->hashes);
    plan.spec.parameters = Parameters(std::move(parameters));
    return modelOf(std::move(*rows),
                   prepared,
                   {.positive = plan.spec.data.positive,
                    .furthest = plan.measures.furthest,
                    .meanForMissing = plan.spec.parameters.text("missing") == "mean"},
                   context);
}

} // namespace

Result<ResultsLike> resultsLike(const Workspace& workspace, RunId run)
{
    Result<RunRecord> record = RunStore(workspace).find(run);
    Result<Spec> spec = record ? specFrom(record->spec) : passOn(record);
    if (!spec) {
        return passOn(spec);
    }
    return ResultsLike{.spec = std::move(*spec), .made = std::move(*record)};
}

Result<ResultsLike> resultsLike(Json document)
{
    if (document.is_object()) {
        document["method"] = {{"name", importedMethod}};
    }
    Result<Spec> spec = specFrom(document);
    return spec ? Result<ResultsLike>(ResultsLike{.spec = std::move(*spec), .made = {}}) : passOn(spec);
}

std::vector<Remark> remarksOn(const ResultsReport& report)
{
    const ResultCounts& counts = report.counts;
    std::vector<Remark> remarks;
    const auto add = [&remarks](const char* sentence, std::int64_t count, std::int64_t of) {
        if (count > 0) {
            remarks.push_back({sentence, {std::to_string(count), std::to_string(of)}});
        }
    };
    add(TRANSLATABLE("results", "%1 of %2 rows are of people or pairs outside the test part: left out."),
        counts.notTested,
        counts.rows);
    add(TRANSLATABLE("results", "%1 of %2 test users have no list: they count as 0."),
        counts.withoutList,
        counts.listUsers);
    add(TRANSLATABLE("results",
                     "%1 of %2 test users have lists that end before the measures stop looking: the empty "
                     "places count as misses."),
        counts.shortLists,
        counts.listUsers);
    add(TRANSLATABLE("results",
                     "%1 listed items stand in the training or validation part of the very user: left out, "
                     "the next ones moved up, as in every list here."),
        counts.seen,
        counts.rows);
    add(TRANSLATABLE("results",
                     "%1 of %2 test interactions have no prediction: the mean of the training ratings stands "
                     "for it."),
        counts.withoutPrediction,
        counts.pairs);
    if (!report.notMeasured.empty()) {
        remarks.push_back({TRANSLATABLE("results", "Not measured, because these files do not say it: %1."),
                           {listed(report.notMeasured)}});
    }
    return remarks;
}

Status checkResults(const Workspace& workspace, const ResultsLike& like, const ResultsOptions& options)
{
    return planOf(workspace, like, options).map([](const Plan&) {});
}

Result<ResultsReport> importResults(const Workspace& workspace,
                                    const ResultsLike& like,
                                    const ResultsOptions& options,
                                    const JobContext& context)
{
    Result<Plan> plan = planOf(workspace, like, options);
    if (!plan) {
        return passOn(plan);
    }
    const PhaseMeter loading;
    const Result<Prepared> prepared = prepareFor(workspace, like, plan->spec, partOf(context, 0.0, 0.1));
    const Status fits = prepared ? checkKinds(*plan, prepared->data.target) : passOn(prepared);
    const PhaseCost loaded = loading.cost();
    const PhaseMeter evaluating;
    const Result<ResultModel> results =
        fits ? readModel(workspace, *prepared, *plan, partOf(context, 0.1, 0.6)) : passOn(fits);
    Result<RunStore::Outcome> outcome =
        results ? measureTest(plan->spec, *prepared, *results->model, partOf(context, 0.6, 0.95))
                : passOn(results);
    if (!outcome) {
        return passOn(outcome);
    }
    outcome->model = results->model->serialised();
    outcome->load = loaded;
    outcome->evaluate = evaluating.cost();
    context.progress({.fraction = 0.95, .stage = TRANSLATABLE("stages", "Storing results")});
    const RunStore store(workspace);
    const Result<RunId> added = store.addFinished({.name = plan->spec.name,
                                                   .spec = toJson(plan->spec),
                                                   .fingerprint = fingerprintOf(prepared->data),
                                                   .extent = prepared->data.extent,
                                                   .version = TRANSEPT_VERSION},
                                                  *outcome,
                                                  context);
    Result<RunRecord> run = added ? store.find(*added) : passOn(added);
    if (!run) {
        return passOn(run);
    }
    return ResultsReport{.run = std::move(*run),
                         .counts = results->counts,
                         .notMeasured = std::move(plan->measures.notMeasured)};
}

} // namespace transept
