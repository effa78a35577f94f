#pragma once

#include "core/experiment/Spec.h"
#include "core/store/RunStore.h"

#include <algorithm>

namespace transept {

/// What a run works on: the data that its spec selects, and its parts.
struct Prepared
{
    Dataset data;
    SplitData parts;
};

/// Loads the data, the knowledge and the given negatives that a spec asks for, and splits. Same spec, same
/// workspace: same bits. InvalidInput when test interactions lack the negatives that a measure wants. With
/// `upTo` as loadDataset() has it.
Result<Prepared> prepare(const Workspace& workspace,
                         const Spec& spec,
                         const JobContext& context,
                         const std::optional<DataExtent>& upTo = std::nullopt);

/// Whose interactions those are that fulfil `isMeant`: ascending, each once.
template<typename IsMeant>
std::vector<UserRow> peopleOf(std::span<const Event> events, const IsMeant& isMeant)
{
    std::vector<UserRow> people;
    for (const Event& event : events) {
        if (isMeant(event)) {
            people.push_back(event.user);
        }
    }
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return people;
}

inline std::vector<UserRow> peopleOf(std::span<const Event> events)
{
    return peopleOf(events, [](const Event&) { return true; });
}

/// Data and split do not depend on the knowledge: who needs no more than these leaves it out.
enum class KnowledgeOfRun { Left, Loaded };

/// The data and the split of a run as they were: what was imported since is left out, and so are given
/// negatives unless training stopped by them. InvalidInput when the data cannot be had again because some of
/// it was replaced or taken away.
Result<Prepared> prepareAgain(const Workspace& workspace,
                              const RunRecord& run,
                              KnowledgeOfRun knowledge,
                              const JobContext& context);

/// Lets the events of the dataset go: the matrices and the held-out parts hold what a run needs from then on.
void releaseEvents(Prepared& prepared);

/// Whether an error of prepareAgain(), or of what rests on it, says that the data or the knowledge cannot be
/// had again.
bool isGone(const Error& error);

/// The control "shuffled": every item with knowledge gets that of another one (now and then its own), drawn
/// from (seed, stream); items without keep none.
std::shared_ptr<const ItemKnowledge> shuffleKnowledge(const ItemKnowledge& knowledge,
                                                      std::uint64_t seed,
                                                      std::uint64_t stream);

} // namespace transept
