#pragma once

#include "core/experiment/Preparation.h"
#include "core/model/Speeds.h"

namespace transept {

/// Sizes of what is held out for measuring.
struct HeldOutShape
{
    double pairs = 0.0;
    double users = 0.0;  ///< with a pair
    double ranked = 0.0; ///< with a relevant one
};

/// Sizes of everything that a run works on.
struct RunShape
{
    DataShape data;      ///< the training part
    double loaded = 0.0; ///< interactions that are read, of all domains
    HeldOutShape validation;
    HeldOutShape test;
    double unused = 0.0; ///< of the target, in no part, but known for its people
};

/// Exact, of what was loaded; `loaded` counts what the parts hold.
RunShape shapeOf(const SplitData& parts, const DataSelection& selection);

/// Expected, from counts of the workspace: nothing is loaded. The rules of a split are followed for every
/// person's number of interactions; what a split decides by time or by lot, and what min_user and min_item
/// take away, is taken for independent of person and item.
Result<RunShape> expectedShape(const Workspace& workspace, const Spec& spec, const JobContext& context);

/// What a run will take. Megabytes are of 2^20 bytes and count the whole process, as the records of runs do.
struct RunEstimate
{
    int epochs = 0;      ///< at most; 0: the method has none
    int leastEpochs = 0; ///< when validation ends the training as early as it may
    double loadSeconds = 0.0;
    double trainSeconds = 0.0; ///< all epochs
    double leastTrainSeconds = 0.0;
    double evaluateSeconds = 0.0;
    double loadMb = 0.0;
    double trainMb = 0.0;
    double evaluateMb = 0.0;

    double seconds() const { return loadSeconds + trainSeconds + evaluateSeconds; }
    double leastSeconds() const { return loadSeconds + leastTrainSeconds + evaluateSeconds; }
    double memoryMb() const { return std::max({loadMb, trainMb, evaluateMb}); }
};

/// Where a run is trained.
struct Machine
{
    Speeds speeds;
    int threads = 1;
    double residentBytes = 0.0; ///< of the process before the run
};

/// This one, now, with the threads that parallel loops may use.
Machine thisMachine();

/// Nothing when the method cannot say beforehand.
std::optional<RunEstimate> estimate(const Spec& spec, const RunShape& shape, const Machine& machine);

/// How the times of finished runs of the same method on the same data and split differ from their
/// estimates: the median factors, 1 where there is no such run. The machine's own peculiarities and those of
/// the numbers are in them.
struct Experience
{
    double load = 1.0;
    double train = 1.0;
    double evaluate = 1.0;

    RunEstimate applied(RunEstimate to) const;
};
Experience experienceOf(std::span<const RunRecord> runs,
                        const Spec& spec,
                        const RunShape& shape,
                        const Machine& machine);

/// estimate() on this machine with what the workspace's finished runs say.
Result<std::optional<RunEstimate>> estimateRun(const Workspace& workspace,
                                               const Spec& spec,
                                               const RunShape& shape);

/// Refuses a run whose training holds more than `available` bytes beside its data: InvalidInput that names
/// the parameter that has to be smaller and the largest value that fits, or says what else to reduce.
Status checkMemory(const Spec& spec, const RunShape& shape, double available);

/// The error of a run that ran out of memory: what of its spec to reduce.
Error outOfMemoryFor(const Spec& spec);

} // namespace transept
