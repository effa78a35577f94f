#include "core/experiment/Runner.h"

#include "core/base/Memory.h"
#include "core/base/MemoryGuard.h"
#include "core/experiment/EpochWatch.h"
#include "core/experiment/Estimate.h"
#include "core/experiment/PauseWatch.h"
#include "core/experiment/PhaseMeter.h"
#include "core/experiment/TestMeasures.h"
#include "core/experiment/WarmStart.h"
#include "core/store/KnowledgeStore.h"

#include <fmt/format.h>

namespace transept {
namespace {

struct Fitted
{
    std::shared_ptr<const Model> model;
    int bestEpoch = 0;
};

FitContext fitContext(const Spec& spec, const SplitData& parts, const JobContext& job)
{
    FitContext fit{.job = job, .seed = spec.seed};
    if (parts.validation.events.empty()) {
        return fit;
    }
    const JobContext quiet{.stop = job.stop, .gate = job.gate};
    const auto score = [&spec, &parts, quiet](const Model& model, const HeldOut& events) {
        // A stop is noticed by the method itself, at its next checkpoint.
        return validationScore(model, *parts.training, events, spec, quiet)
            .value_or(std::numeric_limits<double>::lowest());
    };
    fit.validate = [score, &parts](const Model& model) { return score(model, parts.validation); };
    fit.validation =
        Validation{.events = parts.validation.events,
                   .positive = spec.data.positive,
                   .patience = spec.stop.patience,
                   .ofUsers = [score, &parts](const Model& model, std::span<const UserRow> users) {
                       HeldOut some{.events = {}, .negatives = parts.validation.negatives};
                       std::ranges::copy_if(
                           parts.validation.events, std::back_inserter(some.events), [&](const Event& event) {
                               return std::ranges::binary_search(users, event.user);
                           });
                       return score(model, some);
                   }};
    return fit;
}

/// What a checkpoint has to have been made by and on: program, method with all of its parameters, data and
/// knowledge.
Result<std::string> basisOf(const Workspace& workspace, const Spec& spec, const Dataset& data)
{
    std::string basis =
        fmt::format("{} {} {}", TRANSEPT_VERSION, toJson(spec).at("method").dump(), fingerprintOf(data));
    for (const std::string& name : {spec.knowledge, spec.knowledgeTerms}) {
        if (name.empty()) {
            continue;
        }
        const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(name);
        if (!base) {
            return passOn(base);
        }
        basis += fmt::format(" {}", number(base->id));
    }
    return basis;
}

/// Where a fit writes its checkpoints, and where it goes on.
struct Resumption
{
    std::string basis;
    std::optional<RunCheckpoint> checkpoint; ///< nothing: it starts anew
    std::shared_ptr<const StartingPoint> start;
};

Result<Fitted> fit(const Workspace& workspace,
                   RunId run,
                   const Spec& spec,
                   const SplitData& parts,
                   Resumption resumption,
                   const RunContext& context)
{
    const Result<const MethodDescription*> method = findMethod(spec.method);
    if (!method) {
        return passOn(method);
    }
    const std::unique_ptr<Method> fitted = (*method)->create(spec.parameters);
    EpochWatch watch(workspace, run, spec, parts, context);
    std::optional<RunCheckpoint>& checkpoint = resumption.checkpoint;
    if ((*method)->iterative) {
        watch.keepCheckpoints(std::move(resumption.basis), checkpoint ? checkpoint->trainSeconds : 0.0);
    }
    JobContext job = context.job;
    const auto owner = std::this_thread::get_id();
    job.progress = [&watch, owner, outer = context.job.progress](const Progress& progress) {
        if (std::this_thread::get_id() == owner) {
            watch.commitOverdue();
        }
        outer(progress);
    };
    FitContext surroundings = fitContext(spec, parts, job);
    surroundings.onEpoch = [&watch](const EpochReport& report, std::shared_ptr<const Model> model) {
        return watch.epochDone(report, std::move(model));
    };
    surroundings.onDiagnostic = [&watch](std::string_view name, double value) {
        watch.diagnostic(name, value);
    };
    surroundings.start = std::move(resumption.start);
    if (checkpoint) {
        if (const Status resumed = watch.resume(*checkpoint, *fitted); !resumed) {
            return passOn(resumed);
        }
        surroundings.resume = std::move(checkpoint->training);
        context.onResume(run, checkpoint->epoch);
        checkpoint.reset(); // as large as the model
    }
    // Without memory the epochs before are kept all the same.
    Result<std::shared_ptr<const Model>> model =
        withinMemory([&] { return fitted->fit(parts.training, surroundings); });
    if (model && !watch.failure()) {
        if (const Status measured = watch.fitDone(**model); !measured) {
            return passOn(measured);
        }
    }
    if (const Status kept = watch.commitAll(); !kept && model) {
        return passOn(kept);
    }
    if (watch.failure()) {
        return tl::unexpected(*watch.failure());
    }
    if (!model) {
        return passOn(model);
    }
    return watch.bestModel() != nullptr ? Fitted{.model = watch.bestModel(), .bestEpoch = watch.bestEpoch()}
                                        : Fitted{.model = std::move(*model)};
}

/// Does work within the memory that there is: an error says what of the spec to reduce.
template<typename Work>
std::invoke_result_t<Work, const JobContext&> guarded(const Spec& spec,
                                                      const JobContext& job,
                                                      const Work& work)
{
    const MemoryGuard guard(job.stop);
    JobContext within = job;
    within.stop = guard.token();
    auto done = withinMemory([&] { return work(within); });
    const bool wasStopped = !done && done.error().code == ErrorCode::Cancelled && guard.ranOut();
    if (wasStopped || (!done && done.error().code == ErrorCode::OutOfMemory)) {
        return tl::unexpected(outOfMemoryFor(spec));
    }
    return done;
}

RunContext withJob(const RunContext& context, const JobContext& job)
{
    RunContext within = context;
    within.job = job;
    return within;
}

/// Loads and splits what the spec asks for; says how long that took. Refuses what could not be trained; a
/// start is not looked at, since a run that goes on from a checkpoint needs none.
Result<LoadedRun> load(const Workspace& workspace, RunId run, const Spec& spec, const RunContext& context)
{
    const PhaseMeter meter;
    if (const Status met = checkSelection(workspace, spec); !met) {
        return passOn(met);
    }
    Result<Prepared> prepared = prepare(workspace, spec, partOf(context.job, 0.0, 0.05));
    if (!prepared) {
        return passOn(prepared);
    }
    if (const Status fits = checkMemory(spec, shapeOf(prepared->parts, spec.data), availableMemory());
        !fits) {
        return passOn(fits);
    }
    return LoadedRun{
        .id = run, .prepared = std::make_unique<Prepared>(std::move(*prepared)), .cost = meter.cost()};
}

/// Clears what an earlier attempt left, but for a checkpoint from which this one can go on.
Result<Resumption> resumptionOf(const Workspace& workspace, RunId run, const Spec& spec, const Dataset& data)
{
    const RunStore store(workspace);
    Result<std::optional<RunCheckpoint>> checkpoint = checkpointOf(workspace, run);
    Result<std::string> basis = checkpoint ? basisOf(workspace, spec, data) : passOn(checkpoint);
    if (!basis) {
        return passOn(basis);
    }
    if (*checkpoint && (*checkpoint)->basis != *basis) {
        checkpoint->reset();
    }
    Result<std::shared_ptr<const StartingPoint>> start; // none: what it gave is in the checkpoint
    if (!*checkpoint) {
        start = startingPoint(workspace, spec, data);
    }
    if (!start) {
        return passOn(start);
    }
    const Status cleared = store.clearResults(run, *checkpoint ? (*checkpoint)->epoch : 0).and_then([&] {
        return store.setFingerprint(run, fingerprintOf(data), data.extent);
    });
    if (!cleared) {
        return passOn(cleared);
    }
    return Resumption{
        .basis = std::move(*basis), .checkpoint = std::move(*checkpoint), .start = std::move(*start)};
}

/// The ids of a model's rows, as the store keeps them.
std::vector<std::vector<std::int64_t>> modelRows(const Dataset& data)
{
    const auto numbers = [](const auto& ids) {
        std::vector<std::int64_t> all(ids.size());
        std::ranges::transform(ids, all.begin(), [](auto id) { return number(id); });
        return all;
    };
    std::vector<std::vector<std::int64_t>> rows{numbers(data.users), numbers(data.target.items)};
    for (const DomainData& source : data.sources) {
        rows.push_back(numbers(source.items));
    }
    return rows;
}

/// Everything between loading and the final state.
Status runLoaded(const Workspace& workspace,
                 const Spec& spec,
                 const LoadedRun& run,
                 const RunContext& context)
{
    const RunStore store(workspace);
    Prepared& prepared = *run.prepared;
    Result<Resumption> resumption = resumptionOf(workspace, run.id, spec, prepared.data);
    if (!resumption) {
        return passOn(resumption);
    }
    releaseEvents(prepared);
    const PhaseMeter training;
    const double secondsBefore = resumption->checkpoint ? resumption->checkpoint->trainSeconds : 0.0;
    const bool resumes = resumption->checkpoint.has_value();
    RunContext fitting = context;
    fitting.job = partOf(context.job, 0.05, 0.9);
    const Result<Fitted> fitted =
        fit(workspace, run.id, spec, prepared.parts, std::move(*resumption), fitting);
    if (!fitted) {
        if (resumes && fitted.error().code == ErrorCode::InvalidInput) {
            store.clearResults(run.id); // a checkpoint that cannot be used
        }
        return passOn(fitted);
    }
    PhaseCost trained = training.cost();
    trained.seconds += secondsBefore;
    const PhaseMeter evaluating;
    Result<RunStore::Outcome> outcome =
        measureTest(spec, prepared, *fitted->model, partOf(context.job, 0.9, 0.99));
    if (!outcome) {
        return passOn(outcome);
    }
    outcome->model = fitted->model->serialised();
    outcome->modelRows = modelRows(prepared.data);
    outcome->bestEpoch = fitted->bestEpoch;
    outcome->load = run.cost;
    outcome->train = trained;
    outcome->evaluate = evaluating.cost();
    context.job.progress({.fraction = 0.99, .stage = TRANSLATABLE("stages", "Storing results")});
    // Without the gate: a pause would hold the write lock of the workspace.
    return store.finish(run.id, *outcome, {.stop = context.job.stop});
}

/// Everything between the claim and the final state; loads what is not loaded yet.
Status runClaimed(const Workspace& workspace, LoadedRun& run, const Json& document, const RunContext& context)
{
    const Result<Spec> spec = specFrom(document);
    if (!spec) {
        return passOn(spec);
    }
    return guarded(*spec, context.job, [&](const JobContext& job) -> Status {
        const RunContext within = withJob(context, job);
        if (run.prepared == nullptr) {
            Result<LoadedRun> loaded = load(workspace, run.id, *spec, within);
            if (!loaded) {
                return passOn(loaded);
            }
            run = std::move(*loaded);
        }
        return runLoaded(workspace, *spec, run, within);
    });
}

tl::unexpected<Error> notClaimed(const RunRecord& record)
{
    if (record.state == RunState::Running || record.state == RunState::Paused) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "Run %1 is being worked on already, here or by another program."),
                    {std::to_string(number(record.id))});
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "Run %1 is %2: only queued and interrupted runs can be started."),
                {std::to_string(number(record.id)), std::string(wordOf(record.state))});
}

std::string defaultName(const Spec& spec)
{
    return fmt::format("{} · {}", spec.method, spec.data.target);
}

Result<RunId> addRun(const Workspace& workspace, const Spec& spec)
{
    Spec named = spec;
    if (named.name.empty()) {
        named.name = defaultName(spec);
    }
    return RunStore(workspace).add(named.name, toJson(named));
}

/// The model as it was when its best epoch ended: the same fit, ended there.
Result<std::shared_ptr<const Model>> fitAgain(
    const Method& method, const Spec& spec, const SplitData& parts, int bestEpoch, const JobContext& context)
{
    std::shared_ptr<const Model> best;
    FitContext surroundings = fitContext(spec, parts, context);
    surroundings.onEpoch = [&best, bestEpoch](const EpochReport& report, std::shared_ptr<const Model> model) {
        if (report.epoch != bestEpoch) {
            return Verdict::Continue;
        }
        best = std::move(model);
        return Verdict::Stop;
    };
    Result<std::shared_ptr<const Model>> model = method.fit(parts.training, surroundings);
    if (!model || best == nullptr) {
        return model;
    }
    return best;
}

Result<std::shared_ptr<const FittedRun>> reopened(const Workspace& workspace,
                                                  const RunRecord& record,
                                                  Spec spec,
                                                  const JobContext& context)
{
    const Result<const MethodDescription*> description = findMethod(spec.method);
    if (!description) {
        return passOn(description);
    }
    Result<Prepared> prepared = prepareAgain(workspace, record, KnowledgeOfRun::Loaded, context);
    if (!prepared) {
        return passOn(prepared);
    }
    releaseEvents(*prepared);
    const Result<std::optional<std::string>> bytes = RunStore(workspace).model(record.id);
    if (!bytes) {
        return passOn(bytes);
    }
    const std::unique_ptr<Method> method = (*description)->create(spec.parameters);
    Result<std::shared_ptr<const Model>> model =
        bytes->has_value() ? method->restore(prepared->parts.training, **bytes)
                           : fitAgain(*method, spec, prepared->parts, record.bestEpoch, context);
    if (!model) {
        return passOn(model);
    }
    return std::make_shared<const FittedRun>(FittedRun{.spec = std::move(spec),
                                                       .data = std::move(prepared->data),
                                                       .parts = std::move(prepared->parts),
                                                       .model = std::move(*model)});
}

} // namespace

Result<RunId> enqueue(const Workspace& workspace, const Spec& spec)
{
    const Result<Spec> complete = checkedSpec(workspace, spec);
    return complete ? addRun(workspace, *complete) : passOn(complete);
}

Result<LoadedRun> enqueueLoaded(const Workspace& workspace, const Spec& spec, const RunContext& context)
{
    const Result<Spec> complete = checkedSpec(workspace, spec);
    Result<LoadedRun> loaded =
        complete ? guarded(*complete,
                           context.job,
                           [&](const JobContext& job) {
                               return load(workspace, RunId{}, *complete, withJob(context, job));
                           })
                 : passOn(complete);
    const Result<RunId> run = loaded ? addRun(workspace, *complete) : passOn(loaded);
    if (!run) {
        return passOn(run);
    }
    loaded->id = *run;
    return loaded;
}

Result<RunRecord> execute(const Workspace& workspace, RunId run, const RunContext& context)
{
    return execute(workspace, LoadedRun{.id = run}, context);
}

Result<RunRecord> execute(const Workspace& workspace, LoadedRun run, const RunContext& context)
{
    const RunId id = run.id;
    const RunStore store(workspace);
    Result<RunRecord> record = store.find(id);
    if (!record) {
        return record;
    }
    const Result<bool> claimed = store.claim(id, TRANSEPT_VERSION);
    if (!claimed) {
        return passOn(claimed);
    }
    if (!*claimed) {
        const Result<RunRecord> present = store.find(id);
        return present ? notClaimed(*present) : passOn(present);
    }
    const Status done = [&] {
        const PauseWatch watch(workspace.file(), id, context.job.gate);
        return runClaimed(workspace, run, record->spec, context);
    }();
    if (!done) {
        const bool stopped = done.error().code == ErrorCode::Cancelled;
        store.setState(
            id, stopped ? RunState::Cancelled : RunState::Failed, stopped ? nullptr : &done.error());
        return passOn(done);
    }
    context.job.progress({.fraction = 1.0, .stage = TRANSLATABLE("stages", "Finished")});
    return store.find(id);
}

Result<std::shared_ptr<const FittedRun>> reopen(const Workspace& workspace,
                                                RunId run,
                                                const JobContext& context)
{
    const Result<RunRecord> record = RunStore(workspace).findFinished(run);
    const Result<Spec> spec = record ? specFrom(record->spec) : passOn(record);
    if (!spec) {
        return passOn(spec);
    }
    return guarded(*spec, context, [&](const JobContext& within) {
        return reopened(workspace, *record, *spec, within);
    });
}

} // namespace transept
