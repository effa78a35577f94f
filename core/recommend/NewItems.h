#pragma once

#include "core/experiment/Runner.h"

namespace transept {

/// An item of a run's target that came into the workspace after the run had read its data, and what people
/// did with it whom the run knows.
struct NewItem
{
    ItemId item{};
    /// At least one, in file order, by the run's users; none is too low for its selection. `item` says
    /// nothing.
    std::vector<Event> interactions;
};

/// Whether the run's method answers for new items without training: Model::foldInItem().
bool foldsInItems(const FittedRun& run);

/// Those with at least `least` such interactions, by their ids. InvalidInput when the method has to be
/// trained to know them.
Result<std::vector<NewItem>> newItems(const Workspace& workspace,
                                      const FittedRun& run,
                                      int least,
                                      const JobContext& context);

/// The user's scores for them, as Model::foldInItem() has it. InvalidInput as above.
Result<std::vector<float>> foldedScores(const FittedRun& run,
                                        UserRow user,
                                        std::span<const NewItem> items,
                                        const JobContext& context);

} // namespace transept
