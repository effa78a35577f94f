#pragma once

#include "core/experiment/Audit.h"

#include <set>

namespace transept {

/// A run that is audited. Without a spec where this version of the program cannot read it.
struct AuditedRun
{
    RunRecord record;
    std::optional<Spec> spec;
};

using Audited = std::span<const AuditedRun>;

// Of the specs. `all` are all runs of the workspace that are finished.

std::vector<Finding> selectionOnTest(Audited runs, std::span<const RunRecord> all);
std::vector<Finding> refitOfOthers(Audited runs, std::span<const RunRecord> all);
std::vector<Finding> sampledNegatives(Audited runs);
std::vector<Finding> oneSeed(Audited runs, std::span<const RunRecord> all);
std::vector<Finding> missingControls(const Workspace& workspace, Audited runs);

/// Whether it has the value of a measure over ratings.
bool hasRatings(const RunRecord& run);
const MethodDescription* methodOf(const AuditedRun& run); ///< null when it is not known

// Of the data that runs share. The caller names the runs.

std::optional<Finding> timeLeak(const Spec& spec, const SplitData& parts);

/// Given negatives of test interactions that the very person has; nothing when there are none, or the run has
/// no given negatives.
Result<std::optional<Finding>> knownNegatives(const SplitData& parts, const JobContext& context);

struct TwinFindings
{
    std::vector<Finding> findings;
    std::vector<PersonId> hit; ///< ascending: people with a test interaction that a twin gives away
};
Result<TwinFindings> twinFindings(const Spec& spec, const Prepared& prepared, const JobContext& context);

/// The same for runs with the same data and split, and for no others.
std::string dataKeyOf(const RunRecord& run, const Spec& spec);

/// What the trainings that each of these runs went on from, its start and the start of that, knew of its
/// test. `prepared` is what all of them work on; they have specs.
Result<std::vector<Finding>> startFindings(const Workspace& workspace,
                                           std::span<const AuditedRun* const> group,
                                           const Prepared& prepared,
                                           const JobContext& context);

// Of the results.

std::optional<Finding> tiesOf(const RunRecord& run, std::span<const StoredList> lists);
std::optional<Finding> missingLists(const RunRecord& run, std::span<const StoredList> lists);

/// That a method approximated: how far ease is from the exact weights, or to how many items slim narrowed its
/// neighbourhood; nothing for others.
std::optional<Finding> approximationOf(const RunRecord& run);

/// That a blend could not choose the weights of its parts; nothing for others.
std::optional<Finding> givenWeightsOf(const RunRecord& run);

/// The gain of a run with sources, whose twins hit these people, over one of the others without sources that
/// may be compared; nothing when there is none, or no ranking measure with a value for every user in both.
Result<std::optional<Finding>> twinGain(const Workspace& workspace,
                                        const AuditedRun& run,
                                        Audited others,
                                        std::span<const PersonId> hit);

} // namespace transept
