#pragma once

#include "core/experiment/CheckpointWriter.h"
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
    /// A run that was interrupted goes on after this epoch; called before the fit.
    std::function<void(RunId run, int epoch)> onResume = [](RunId, int) {};
    CheckpointPace checkpoints;
};

/// Checks the spec against the workspace and adds a queued run.
Result<RunId> enqueue(const Workspace& workspace, const Spec& spec);

/// A queued run whose data is loaded and split already.
struct LoadedRun
{
    RunId id{};
    std::unique_ptr<Prepared> prepared;
    PhaseCost cost; ///< of loading
};

/// Like enqueue(), but loads and splits the data first: a spec that nothing is left for adds no run.
Result<LoadedRun> enqueueLoaded(const Workspace& workspace, const Spec& spec, const RunContext& context);

/// Runs a queued or interrupted run to its end on this thread: loads, splits, fits with early stopping on
/// validation, measures the test set once, stores everything. The record always ends in a final state, also
/// after an error; as failed, with what to reduce, when the run needs more memory than there is. Methods with
/// epochs leave checkpoints meanwhile: a run that was killed or stopped goes on after its last one, with the
/// same bits as if it had never been, as long as program, data and knowledge are the same; else it starts
/// anew.
Result<RunRecord> execute(const Workspace& workspace, RunId run, const RunContext& context);
Result<RunRecord> execute(const Workspace& workspace, LoadedRun run, const RunContext& context);

/// The data, the split and the fitted model of a finished run, as it was: restored, or fitted again (same
/// bits). What was imported since is no part of it. The events of the dataset are let go, as releaseEvents()
/// does.
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
