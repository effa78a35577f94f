#include "core/data/Split.h"

#include "core/base/Interruptible.h"
#include "core/data/Protocols.h"
#include "core/data/Twins.h"

#include <algorithm>

namespace transept {
namespace {

Result<TrainingDomain> trainingDomain(const DomainData& domain,
                                      std::size_t users,
                                      std::span<const Part> parts,
                                      const JobContext& job)
{
    auto interactions = InteractionMatrix::build(users, domain.items.size(), domain.events, job, parts);
    if (!interactions) {
        return passOn(interactions);
    }
    return TrainingDomain{.name = domain.name,
                          .kind = domain.kind,
                          .scaleMin = domain.scaleMin,
                          .scaleMax = domain.scaleMax,
                          .interactions = std::move(*interactions)};
}

/// What a source gives to training: nothing outside the time of a split by time, nothing that a given split
/// holds out.
Result<std::vector<Part>> sourceParts(const DomainData& source,
                                      const SplitSpec& spec,
                                      const Assignment& assignment,
                                      const JobContext& job)
{
    std::vector<Part> parts(source.events.size(), Part::Train);
    const Status dealt = interruptible(job, parts.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const std::int64_t time = source.events[at].time;
            const Part part = source.partOf(at);
            const bool isEarly = assignment.from && time < *assignment.from;
            const bool isLate = assignment.until && time >= *assignment.until;
            const bool isHeldOut = spec.kind == SplitSpec::Kind::Given &&
                                   (part == Part::Test || (part == Part::Validation && !spec.refit));
            if ((time != 0 && (isEarly || isLate)) || isHeldOut) {
                parts[at] = Part::None;
            }
        }
    });
    return dealt ? Result<std::vector<Part>>(std::move(parts)) : passOn(dealt);
}

Status checkParts(const Dataset& data, const SplitData& parts)
{
    if (parts.test.events.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split leaves no test user in %1: nobody has enough interactions. Lower "
                                 "data.where.min_user, hold out a larger share, or choose another split."),
                    {data.target.name});
    }
    if (std::ranges::find(parts.ofTarget, Part::Train) == parts.ofTarget.end()) {
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

/// Hands what is not in training of the target to its parts.
Status deal(const DomainData& target, SplitData& result, const JobContext& job)
{
    return interruptible(job, target.events.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const Part part = result.ofTarget[at];
            if (part != Part::Train) {
                HeldOut& held = part == Part::Test         ? result.test
                                : part == Part::Validation ? result.validation
                                                           : result.unused;
                held.events.push_back(target.events[at]);
            }
        }
    });
}

Status addSources(TrainingData& view,
                  SplitData& result,
                  const Dataset& data,
                  const SplitSpec& spec,
                  const Assignment& assignment,
                  const JobContext& job)
{
    for (const DomainData& source : data.sources) {
        Result<std::vector<Part>> parts = sourceParts(source, spec, assignment, job);
        if (!parts) {
            return passOn(parts);
        }
        Result<TrainingDomain> domain = trainingDomain(source, data.users.size(), *parts, job);
        if (!domain) {
            return passOn(domain);
        }
        view.sources.push_back(std::move(*domain));
        result.ofSources.push_back(std::move(*parts));
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

/// Takes from the training part of the source number `at` what gives answers away.
Status dropTwins(TrainingData& view,
                 std::size_t at,
                 const Dataset& data,
                 const SplitSpec& spec,
                 SplitData& result,
                 const JobContext& job)
{
    InteractionMatrix& interactions = view.sources[at].interactions;
    const DomainData& source = data.sources[at];
    std::vector<Part>& parts = result.ofSources[at];
    while (true) {
        const auto twins = findTwins(data, spec, view.target.interactions, interactions, job);
        if (!twins) {
            return passOn(twins);
        }
        const Pairs giveaways = giveawaysOf(*twins, result, interactions);
        if (giveaways.empty()) {
            return {};
        }
        const Status dropped = interruptible(job, parts.size(), [&](std::size_t first, std::size_t last) {
            for (std::size_t event = first; event < last; ++event) {
                const Event& each = source.events[event];
                if (std::ranges::binary_search(giveaways, std::pair(each.user, each.item))) {
                    parts[event] = Part::None;
                }
            }
        });
        if (!dropped) {
            return dropped;
        }
        auto rest =
            InteractionMatrix::build(data.users.size(), interactions.itemCount(), source.events, job, parts);
        if (!rest) {
            return passOn(rest);
        }
        interactions = std::move(*rest);
    }
}

} // namespace

Result<SplitData> split(const Dataset& data,
                        const SplitSpec& spec,
                        const DatasetKnowledge& knowledge,
                        const JobContext& job)
{
    Result<Assignment> assignment = assign(data, spec, job);
    if (!assignment) {
        return passOn(assignment);
    }
    SplitData result;
    result.ofTarget = std::move(assignment->parts);
    if (const Status dealt = deal(data.target, result, job); !dealt) {
        return passOn(dealt);
    }
    result.validation.negatives = data.negatives;
    result.test.negatives = data.negatives;
    if (const Status sound = checkParts(data, result); !sound) {
        return passOn(sound);
    }
    Result<TrainingDomain> target = trainingDomain(data.target, data.users.size(), result.ofTarget, job);
    if (!target) {
        return passOn(target);
    }
    TrainingData view{.userCount = data.users.size(), .target = std::move(*target)};
    view.target.knowledge = knowledge.target;
    if (const Status added = addSources(view, result, data, spec, *assignment, job); !added) {
        return passOn(added);
    }
    for (std::size_t source = 0; data.dropTwins && source < view.sources.size(); ++source) {
        if (const Status dropped = dropTwins(view, source, data, spec, result, job); !dropped) {
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
