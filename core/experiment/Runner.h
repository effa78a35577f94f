#pragma once

#include "core/experiment/Preparation.h"
#include "core/experiment/Spec.h"
#include "core/store/RunStore.h"

namespace transept {

/// What a run tells while it runs: after every epoch, on the thread that runs it.
struct RunProgress
{
    RunId run{};
    int epoch = 0;
    int epochs = 0;                                     ///< at most
    std::vector<std::pair<std::string, double>> values; ///< "train loss" and the validation measures
};

struct RunContext
{
    JobContext job;
    std::function<void(const RunProgress&)> onEpoch = [](const RunProgress&) {};
};

/// Checks the spec against the workspace and adds a queued run.
Result<RunId> enqueue(const Workspace& workspace, const Spec& spec);

/// A queued run whose data is loaded and split already.
struct LoadedRun
{
    RunId id{};
    std::unique_ptr<Prepared> prepared;
    double loadSeconds = 0.0;
    double memoryMb = 0.0; ///< the most that loading took
};

/// Like enqueue(), but loads and splits the data first: a spec that nothing is left for adds no run.
Result<LoadedRun> enqueueLoaded(const Workspace& workspace, const Spec& spec, const RunContext& context);

/// Runs a queued or interrupted run to its end on this thread: loads, splits, fits with early stopping on
/// validation, measures the test set once, stores everything. The record always ends in a final state, also
/// after an error; as failed, with what to reduce, when the run needs more memory than there is.
Result<RunRecord> execute(const Workspace& workspace, RunId run, const RunContext& context);
Result<RunRecord> execute(const Workspace& workspace, LoadedRun run, const RunContext& context);

/// The data, the split and the fitted model of a finished run, as it was: restored, or fitted again (same
/// bits).
struct FittedRun
{
    Spec spec;
    Dataset data;
    SplitData parts;
    std::shared_ptr<const Model> model;
};
Result<std::shared_ptr<const FittedRun>> reopen(const Workspace& workspace,
                                                RunId run,
                                                const JobContext& context);

} // namespace transept
