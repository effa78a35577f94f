#pragma once

#include "core/experiment/CheckpointWriter.h"
#include "core/experiment/Preparation.h"
#include "core/experiment/Runner.h"
#include "core/model/BestEpoch.h"

#include <chrono>

namespace transept {

/// The measure by which epochs are compared, and its direction.
struct StopMeasure
{
    std::string name;
    bool higherIsBetter = true;
};

/// The rule's own measure, or what fits the model: rmse for ratings, ndcg@10 for rankings.
StopMeasure stopMeasure(const StopRule& rule, bool ratings);

/// Whether a ranking of so many users is cheap beside an epoch: a rule of sizes, not of time, so that curves
/// are the same on every machine.
bool isRankingCheap(double users, double items);

/// How good a model is on these interactions of the validation part, higher is better; NaN when the measure
/// does not apply.
Result<double> validationScore(const Model& model,
                               const TrainingData& training,
                               const HeldOut& events,
                               const Spec& spec,
                               const JobContext& context);

/// Follows a fit from epoch to epoch on the thread that runs it: measures the model on validation data, draws
/// the curves, keeps the best model, says when to stop. Curve points are committed at most a few times a
/// second, so a killed process loses less than that; a busy workspace delays the commit and never the
/// training. The points of a checkpoint's epochs are committed before it.
class EpochWatch
{
public:
    EpochWatch(
        const Workspace& workspace, RunId run, const Spec& spec, const SplitData& parts, RunContext context);

    /// Writes checkpoints from now on; `basis` as RunCheckpoint has it, `secondsBefore` the training that
    /// went before this fit.
    void keepCheckpoints(std::string basis, double secondsBefore);

    /// Goes on from what an earlier watch knew. InvalidInput when the checkpoint is damaged.
    Status resume(const RunCheckpoint& checkpoint, const Method& method);

    Verdict epochDone(const EpochReport& report, std::shared_ptr<const Model> model);

    /// Keeps what the method tells about its own fit.
    void diagnostic(std::string_view name, double value);

    /// Measures on validation data what a method without epochs has learnt; nothing after epochs.
    Status fitDone(const Model& model);

    /// Commits points that have waited long enough; for calls between epochs.
    void commitOverdue();

    /// Commits the rest; no checkpoint is written any more.
    Status commitAll();

    /// What ended the fit from this side: a loss that ran away, a validation that was stopped.
    const std::optional<Error>& failure() const { return m_failure; }

    /// Null when no epoch was measured; then the fit's own result counts.
    std::shared_ptr<const Model> bestModel() const { return m_best.model(); }
    int bestEpoch() const { return m_best.epoch(); }

private:
    using Values = std::vector<std::pair<std::string, double>>;
    using Clock = std::chrono::steady_clock;

    Status measure(const Model& model, Values& values, double& score);
    std::vector<std::string> measuresFor(const Model& model, const StopMeasure& stop) const;
    bool commitWaiting();
    Status commit();
    void takeCheckpoint(const EpochReport& report);

    const Workspace& m_workspace;
    RunId m_run;
    const Spec& m_spec;
    const SplitData& m_parts;
    RunContext m_context;
    int m_epochs = 0;
    bool m_rankingIsCheap;    ///< beside an epoch, when the epochs are compared by ratings
    bool m_validationIsGiven; ///< negatives to rank among

    std::vector<std::pair<int, Values>> m_waiting; ///< not yet committed, by epoch
    Clock::time_point m_committed;
    std::optional<Error> m_failure;
    BestEpoch m_best;

    std::string m_basis;
    double m_secondsBefore = 0.0;
    Clock::time_point m_started;
    int m_storedBestEpoch = 0;                ///< whose model the last checkpoint has
    std::optional<CheckpointWriter> m_writer; ///< the last member: it ends first
};

} // namespace transept
