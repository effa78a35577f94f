#include "core/data/Split.h"

#include "core/base/Interruptible.h"
#include "core/data/Protocols.h"
#include "core/data/Twins.h"

#include <algorithm>

namespace transept {
namespace {

Result<TrainingDomain> trainingDomain(const DomainData& domain,
                                      std::size_t users,
                                      std::vector<Event> events,
                                      const JobContext& job)
{
    auto interactions = InteractionMatrix::build(users, domain.items.size(), events, job);
    if (!interactions) {
        return passOn(interactions);
    }
    TrainingDomain training{.name = domain.name,
                            .kind = domain.kind,
                            .scaleMin = domain.scaleMin,
                            .scaleMax = domain.scaleMax,
                            .interactions = std::move(*interactions)};
    training.events = std::move(events);
    return training;
}

template<typename Stays>
Result<std::vector<Event>> keptEvents(std::span<const Event> events,
                                      const Stays& stays,
                                      const JobContext& job)
{
    std::vector<Event> kept;
    kept.reserve(events.size());
    const Status done = interruptible(job, events.size(), [&](std::size_t first, std::size_t last) {
        std::ranges::copy_if(events.subspan(first, last - first), std::back_inserter(kept), stays);
    });
    if (!done) {
        return passOn(done);
    }
    return kept;
}

/// What a source gives to training: nothing outside the time of a split by time, nothing that a given split
/// holds out.
Result<std::vector<Event>> sourceEvents(const DomainData& source,
                                        const SplitSpec& spec,
                                        const Assignment& assignment,
                                        const JobContext& job)
{
    const auto stays = [&](const Event& event) {
        const bool isEarly = assignment.from && event.time < *assignment.from;
        const bool isLate = assignment.until && event.time >= *assignment.until;
        const bool isHeldOut = spec.kind == SplitSpec::Kind::Given &&
                               (event.part == Part::Test || (event.part == Part::Validation && !spec.refit));
        return !(event.time != 0 && (isEarly || isLate)) && !isHeldOut;
    };
    return keptEvents(source.events, stays, job);
}

Status checkParts(const Dataset& data, const std::vector<Event>& training, const HeldOut& test)
{
    if (test.events.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split leaves no test user in %1: nobody has enough interactions. Lower "
                                 "data.where.min_user, hold out a larger share, or choose another split."),
                    {data.target.name});
    }
    if (training.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "split leaves no training interaction in %1. Hold out a smaller share, or choose another "
                "split."),
            {data.target.name});
    }
    return {};
}

/// The parts of the target: what training sees comes back, the rest goes to `result`.
Result<std::vector<Event>> deal(const DomainData& target,
                                const std::vector<Part>& parts,
                                SplitData& result,
                                const JobContext& job)
{
    std::vector<Event> training;
    training.reserve(static_cast<std::size_t>(std::count(parts.begin(), parts.end(), Part::Train)));
    const Status dealt = interruptible(job, target.events.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const Part part = parts[at];
            std::vector<Event>& destination = part == Part::Test         ? result.test.events
                                              : part == Part::Validation ? result.validation.events
                                              : part == Part::None       ? result.unused.events
                                                                         : training;
            destination.push_back(target.events[at]);
        }
    });
    if (!dealt) {
        return passOn(dealt);
    }
    return training;
}

Status addSources(TrainingData& view,
                  const Dataset& data,
                  const SplitSpec& spec,
                  const Assignment& assignment,
                  const JobContext& job)
{
    for (const DomainData& source : data.sources) {
        Result<std::vector<Event>> events = sourceEvents(source, spec, assignment, job);
        if (!events) {
            return passOn(events);
        }
        Result<TrainingDomain> domain = trainingDomain(source, data.users.size(), std::move(*events), job);
        if (!domain) {
            return passOn(domain);
        }
        view.sources.push_back(std::move(*domain));
    }
    return {};
}

using Pairs = std::vector<std::pair<UserRow, ItemRow>>;

/// Who has which item of the source whose twin is held out for the very person; sorted.
Pairs giveawaysOf(const std::vector<Twin>& twins, const SplitData& parts, const InteractionMatrix& source)
{
    Pairs pairs;
    for (const HeldOut* part : {&parts.validation, &parts.test}) {
        for (const TwinLeak& leak : leaksOf(twins, part->events, source)) {
            pairs.emplace_back(leak.user, leak.source);
        }
    }
    std::ranges::sort(pairs);
    return pairs;
}

Status dropTwins(TrainingDomain& source,
                 const InteractionMatrix& target,
                 const Dataset& data,
                 const SplitSpec& spec,
                 const SplitData& parts,
                 const JobContext& job)
{
    while (true) {
        const Result<std::vector<Twin>> twins = findTwins(data, spec, target, source.interactions, job);
        if (!twins) {
            return passOn(twins);
        }
        const Pairs giveaways = giveawaysOf(*twins, parts, source.interactions);
        if (giveaways.empty()) {
            return {};
        }
        const auto stays = [&](const Event& event) {
            return !std::ranges::binary_search(giveaways, std::pair(event.user, event.item));
        };
        Result<std::vector<Event>> events = keptEvents(source.events, stays, job);
        if (!events) {
            return passOn(events);
        }
        auto interactions =
            InteractionMatrix::build(data.users.size(), source.interactions.itemCount(), *events, job);
        if (!interactions) {
            return passOn(interactions);
        }
        source.events = std::move(*events);
        source.interactions = std::move(*interactions);
    }
}

} // namespace

Result<SplitData> split(const Dataset& data,
                        const SplitSpec& spec,
                        const DatasetKnowledge& knowledge,
                        const JobContext& job)
{
    const Result<Assignment> assignment = assign(data, spec, job);
    if (!assignment) {
        return passOn(assignment);
    }
    SplitData result;
    Result<std::vector<Event>> training = deal(data.target, assignment->parts, result, job);
    if (!training) {
        return passOn(training);
    }
    if (const Status sound = checkParts(data, *training, result.test); !sound) {
        return passOn(sound);
    }
    Result<TrainingDomain> target = trainingDomain(data.target, data.users.size(), std::move(*training), job);
    if (!target) {
        return passOn(target);
    }
    TrainingData view{.userCount = data.users.size(), .target = std::move(*target)};
    view.target.knowledge = knowledge.target;
    if (const Status added = addSources(view, data, spec, *assignment, job); !added) {
        return passOn(added);
    }
    for (TrainingDomain& source : view.sources) {
        const Status dropped =
            data.dropTwins ? dropTwins(source, view.target.interactions, data, spec, result, job) : Status{};
        if (!dropped) {
            return passOn(dropped);
        }
    }
    for (std::size_t source = 0; source < std::min(view.sources.size(), knowledge.sources.size()); ++source) {
        view.sources[source].knowledge = knowledge.sources[source];
    }
    result.training = std::make_shared<const TrainingData>(std::move(view));
    return result;
}

} // namespace transept
