#pragma once

#include "core/recommend/Recommend.h"

#include <filesystem>

namespace transept {

/// What somebody did, by the rows of a run.
struct KnownHistory
{
    std::vector<PastEvent> events; ///< in file order, as the run read those of the people it knows
    /// Left out: events with items or in domains that the run does not know, or too low for its selection.
    std::size_t unknown = 0;
};

/// Whether the run learnt from this person.
bool knows(const FittedRun& run, PersonId person);

/// Whether an interaction is left out of a selection for its value; its domain is named by its place, as
/// PastEvent has it.
bool isTooLow(const DataSelection& selection, int place, double value);

/// Everything the person did until now.
Result<KnownHistory> presentHistory(const Workspace& workspace, const FittedRun& run, PersonId person);

/// What a table says that somebody did: a text file with a header, with a column "item" of keys as they were
/// imported, and where they are given "domain" (else the run's target), "value" (else the highest of the
/// domain's scale, 1 for implicit feedback) and "time" (seconds since 1970). InvalidInput with line and
/// column when it cannot be read.
Result<KnownHistory> historyFrom(const Workspace& workspace,
                                 const FittedRun& run,
                                 const std::filesystem::path& file);

/// The best items for somebody whom the run does not know but for this history, without those in it: as
/// Model::foldIn() scores them, without reasons and new items. InvalidInput when the method has to be trained
/// for that, or the run knows none of the items.
Result<std::vector<Recommendation>> recommendTo(const Workspace& workspace,
                                                const FittedRun& run,
                                                const KnownHistory& history,
                                                const ListRequest& request,
                                                const JobContext& context);

} // namespace transept
