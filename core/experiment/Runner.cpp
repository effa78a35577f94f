#include "core/experiment/Runner.h"

#include "core/evaluation/Measures.h"
#include "core/experiment/EpochWatch.h"
#include "core/experiment/PauseWatch.h"
#include "core/experiment/WarmStart.h"
#include "core/store/KnowledgeStore.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>

namespace transept {
namespace {

constexpr int shortestList = 20; ///< kept for a user, also when no measure looks that far

class Stopwatch
{
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

/// The largest amount of memory that the process held since construction, as Linux counts it.
class MemoryPeak
{
public:
    MemoryPeak() { std::ofstream("/proc/self/clear_refs") << "5"; } // sets the peak back to the present size

    double megabytes() const
    {
        constexpr double kibPerMiB = 1024.0;
        std::ifstream status("/proc/self/status");
        std::string word;
        double kib = 0.0;
        while (status >> word) {
            if (word == "VmHWM:") {
                status >> kib;
                break;
            }
        }
        return kib / kibPerMiB;
    }
};

/// The phases of a run as shares of its progress bar; what a phase reports moves within its share, never
/// back.
RunContext withinShare(const RunContext& context, double from, double to)
{
    RunContext share = context;
    share.job.progress = [outer = context.job.progress, from, to](const Progress& inner) {
        Progress progress = inner;
        if (inner.fraction >= 0.0) {
            progress.fraction = from + (to - from) * std::min(inner.fraction, 1.0);
        }
        outer(progress);
    };
    return share;
}

struct Fitted
{
    std::shared_ptr<const Model> model;
    int bestEpoch = 0;
};

FitContext fitContext(const Spec& spec, const SplitData& parts, const JobContext& job)
{
    FitContext fit{.job = job, .seed = spec.seed};
    if (!parts.validation.events.empty()) {
        fit.validate = [&spec, &parts, quiet = JobContext{.stop = job.stop, .gate = job.gate}](
                           const Model& model) {
            // A stop is noticed by the method itself, at its next checkpoint.
            return validationScore(model, parts, spec, quiet).value_or(std::numeric_limits<double>::lowest());
        };
    }
    return fit;
}

/// What a checkpoint has to have been made by and on: program, data and knowledge.
Result<std::string> basisOf(const Workspace& workspace, const Spec& spec, const Dataset& data)
{
    std::string basis = fmt::format("{} {}", TRANSEPT_VERSION, fingerprintOf(data));
    if (!spec.knowledge.empty()) {
        const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(spec.knowledge);
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
    surroundings.start = std::move(resumption.start);
    if (checkpoint) {
        if (const Status resumed = watch.resume(*checkpoint, *fitted); !resumed) {
            return passOn(resumed);
        }
        surroundings.resume = std::move(checkpoint->training);
        context.onResume(run, checkpoint->epoch);
        checkpoint.reset(); // as large as the model
    }
    Result<std::shared_ptr<const Model>> model = fitted->fit(parts.training, surroundings);
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

/// How long the kept lists are: as far as the furthest measure looks. None when only ratings are measured.
int listLength(const std::vector<std::string>& measures)
{
    int length = 0;
    for (const std::string& name : measures) {
        const Result<MeasureName> parsed = parseMeasure(name, "measures");
        if (parsed && !describe(*parsed).needsRatings && parsed->base != "auc") {
            length = std::max({length, parsed->k, shortestList});
        }
    }
    return length;
}

template<typename Row, typename Id>
Id at(const std::vector<Id>& ids, Row row)
{
    return ids[index(row)];
}

std::vector<StoredList> storedLists(const Dataset& data, const std::vector<UserList>& lists)
{
    std::vector<StoredList> stored;
    stored.reserve(lists.size());
    for (const UserList& list : lists) {
        StoredList each{.person = at(data.users, list.user), .scores = list.scores};
        for (const ItemRow item : list.items) {
            each.items.push_back(at(data.target.items, item));
        }
        for (const ItemRow item : list.relevant) {
            each.relevant.push_back(at(data.target.items, item));
        }
        stored.push_back(std::move(each));
    }
    return stored;
}

StoredPredictions storedPredictions(const Dataset& data,
                                    const HeldOut& test,
                                    const std::vector<float>& predictions)
{
    StoredPredictions stored{.predictions = predictions};
    for (std::size_t event = 0; event < predictions.size(); ++event) {
        stored.persons.push_back(at(data.users, test.events[event].user));
        stored.items.push_back(at(data.target.items, test.events[event].item));
        stored.truths.push_back(test.events[event].value);
    }
    return stored;
}

Result<RunStore::Outcome> measureTest(const Spec& spec,
                                      const Prepared& prepared,
                                      const Model& model,
                                      const JobContext& context)
{
    const std::vector<std::string> measures =
        spec.measures.empty() ? fittingMeasures(model.predictsRatings()) : spec.measures;
    Result<Evaluation> evaluation =
        evaluate(model,
                 *prepared.parts.training,
                 prepared.parts.test,
                 &prepared.parts.validation,
                 {.measures = measures, .positive = spec.data.positive, .listLength = listLength(measures)},
                 context);
    if (!evaluation) {
        return passOn(evaluation);
    }
    RunStore::Outcome outcome{
        .measures = std::move(evaluation->values),
        .perUser = std::move(evaluation->perUser),
        .lists = storedLists(prepared.data, evaluation->lists),
        .predictions = storedPredictions(prepared.data, prepared.parts.test, evaluation->predictions)};
    for (const UserRow user : evaluation->users) {
        outcome.users.push_back(at(prepared.data.users, user));
    }
    return outcome;
}

/// The parts hold the interactions from here on.
void releaseEvents(Dataset& data)
{
    data.target.events = {};
    for (DomainData& source : data.sources) {
        source.events = {};
    }
}

/// Loads and splits what the spec asks for; says how long that took.
Result<LoadedRun> load(const Workspace& workspace, RunId run, const Spec& spec, const RunContext& context)
{
    const MemoryPeak memory;
    const Stopwatch watch;
    if (const Status met = checkNeeds(workspace, spec); !met) {
        return passOn(met);
    }
    Result<Prepared> prepared = prepare(workspace, spec, withinShare(context, 0.0, 0.05).job);
    if (!prepared) {
        return passOn(prepared);
    }
    return LoadedRun{.id = run,
                     .prepared = std::make_unique<Prepared>(std::move(*prepared)),
                     .loadSeconds = watch.seconds(),
                     .memoryMb = memory.megabytes()};
}

/// Clears what an earlier attempt left, but for a checkpoint from which this one can go on.
Result<Resumption> resumptionOf(const Workspace& workspace, RunId run, const Spec& spec, const Dataset& data)
{
    const RunStore store(workspace);
    Result<std::optional<RunCheckpoint>> checkpoint = checkpointOf(workspace, run);
    Result<std::string> basis = checkpoint ? basisOf(workspace, spec, data) : passOn(checkpoint);
    auto start = basis ? startingPoint(workspace, spec, data) : passOn(basis);
    if (!start) {
        return passOn(start);
    }
    if (*checkpoint && (*checkpoint)->basis != *basis) {
        checkpoint->reset();
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
    releaseEvents(prepared.data);
    const MemoryPeak memory;
    const Stopwatch training;
    const double secondsBefore = resumption->checkpoint ? resumption->checkpoint->trainSeconds : 0.0;
    const bool resumes = resumption->checkpoint.has_value();
    const Result<Fitted> fitted =
        fit(workspace, run.id, spec, prepared.parts, std::move(*resumption), withinShare(context, 0.05, 0.9));
    if (!fitted) {
        if (resumes && fitted.error().code == ErrorCode::InvalidInput) {
            store.clearResults(run.id); // a checkpoint that cannot be used
        }
        return passOn(fitted);
    }
    const double trainSeconds = secondsBefore + training.seconds();
    const Stopwatch evaluating;
    Result<RunStore::Outcome> outcome =
        measureTest(spec, prepared, *fitted->model, withinShare(context, 0.9, 0.99).job);
    if (!outcome) {
        return passOn(outcome);
    }
    outcome->model = fitted->model->serialised();
    outcome->modelRows = modelRows(prepared.data);
    outcome->bestEpoch = fitted->bestEpoch;
    outcome->loadSeconds = run.loadSeconds;
    outcome->trainSeconds = trainSeconds;
    outcome->evaluateSeconds = evaluating.seconds();
    outcome->memoryMb = std::max(run.memoryMb, memory.megabytes());
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
    if (run.prepared == nullptr) {
        Result<LoadedRun> loaded = load(workspace, run.id, *spec, context);
        if (!loaded) {
            return passOn(loaded);
        }
        run = std::move(*loaded);
    }
    return runLoaded(workspace, *spec, run, context);
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

} // namespace

Result<RunId> enqueue(const Workspace& workspace, const Spec& spec)
{
    if (const Status met = checkNeeds(workspace, spec); !met) {
        return passOn(met);
    }
    const Result<Spec> complete = withStart(workspace, spec);
    return complete ? addRun(workspace, *complete) : passOn(complete);
}

Result<LoadedRun> enqueueLoaded(const Workspace& workspace, const Spec& spec, const RunContext& context)
{
    const Result<Spec> complete = withStart(workspace, spec);
    Result<LoadedRun> loaded = complete ? load(workspace, RunId{}, spec, context) : passOn(complete);
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
    const RunStore store(workspace);
    const Result<RunRecord> record = store.find(run);
    if (!record) {
        return passOn(record);
    }
    if (record->state != RunState::Finished) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "Run %1 is %2: only finished runs can recommend."),
                    {std::to_string(number(run)), std::string(wordOf(record->state))});
    }
    Result<Spec> spec = specFrom(record->spec);
    const Result<const MethodDescription*> description = spec ? findMethod(spec->method) : passOn(spec);
    if (!description) {
        return passOn(description);
    }
    Result<Prepared> prepared = prepareAsItWas(workspace, *record, *spec, context);
    if (!prepared) {
        return passOn(prepared);
    }
    const Result<std::optional<std::string>> bytes = store.model(run);
    if (!bytes) {
        return passOn(bytes);
    }
    const std::unique_ptr<Method> method = (*description)->create(spec->parameters);
    Result<std::shared_ptr<const Model>> model =
        bytes->has_value() ? method->restore(prepared->parts.training, **bytes)
                           : fitAgain(*method, *spec, prepared->parts, record->bestEpoch, context);
    if (!model) {
        return passOn(model);
    }
    return std::make_shared<const FittedRun>(FittedRun{.spec = std::move(*spec),
                                                       .data = std::move(prepared->data),
                                                       .parts = std::move(prepared->parts),
                                                       .model = std::move(*model)});
}

} // namespace transept
