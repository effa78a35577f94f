#pragma once

#include "core/experiment/Spec.h"
#include "core/store/RunStore.h"

namespace transept {

/// What a run is worth for a part of the users or of the items.
struct Segment
{
    enum class Dimension {
        History,    ///< users by how many interactions they have in training
        Overlap,    ///< users by whether they act in a source too
        Popularity, ///< items by their place among the training interactions: what is relevant or rated
        Selection,  ///< items by whether they are among some that somebody chose
    };

    static constexpr std::string_view selectedItems = TRANSLATABLE("segments", "selected items");

    Dimension dimension{};
    std::string name;                     ///< TRANSLATABLE("segments", ...)
    std::size_t users = 0;                ///< with a list that has something relevant of the segment
    std::size_t pairs = 0;                ///< held-out pairs with a prediction
    std::map<std::string, double> values; ///< by measure as in the spec; NaN when nothing of it is there
};

std::string_view titleOf(Segment::Dimension dimension); ///< TRANSLATABLE("segments", ...)

/// The measures of a finished run on the parts of its test set, in order: rmse and mae over the pairs of the
/// segment, ranking measures as means over users; for items only what is relevant among those of the segment
/// counts as right, and measures among sampled or given negatives are not known (NaN). From the lists,
/// predictions and users' values that the run keeps, and the training part of its split.
/// Empty segments are left out. Fails with NotFound, and with InvalidInput when the run is not finished or
/// the data is no longer that of the run.
Result<std::vector<Segment>> segmentsOf(const Workspace& workspace, RunId run, const JobContext& context);

/// The same on the items among `selected`, which ascend, and on all others. Items of other domains than the
/// run's target do not count; when none is left, there are no segments. The selected ones are never left out:
/// that nothing of theirs is in the test set is an answer. From what the run keeps alone, so quickly, and
/// also when the data is no longer that of the run.
Result<std::vector<Segment>> segmentsBySelection(const Workspace& workspace,
                                                 RunId run,
                                                 std::span<const ItemId> selected,
                                                 const JobContext& context);

} // namespace transept
