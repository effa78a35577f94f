#include "core/data/Split.h"

#include "core/data/Protocols.h"

namespace transept {
namespace {

TrainingDomain trainingDomain(const DomainData& domain, std::size_t users, std::vector<Event> events)
{
    TrainingDomain training{.name = domain.name,
                            .kind = domain.kind,
                            .scaleMin = domain.scaleMin,
                            .scaleMax = domain.scaleMax,
                            .interactions = InteractionMatrix(users, domain.items.size(), events)};
    training.events = std::move(events);
    return training;
}

/// What a source gives to training: nothing from the time of a temporal cut on, nothing that a given split
/// holds out.
std::vector<Event> sourceEvents(const DomainData& source,
                                SplitSpec::Kind kind,
                                std::optional<std::int64_t> cut)
{
    std::vector<Event> kept = source.events;
    std::erase_if(kept, [&](const Event& event) {
        const bool isLate = cut && event.time != 0 && event.time >= *cut;
        const bool isHeldOut =
            kind == SplitSpec::Kind::Given && (event.part == Part::Validation || event.part == Part::Test);
        return isLate || isHeldOut;
    });
    return kept;
}

Status checkParts(const Dataset& data, const std::vector<Event>& training, const HeldOut& test)
{
    if (test.events.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "The split leaves no test user in %1: nobody has enough interactions. Lower min_user, hold "
                "out a larger share, or choose another split."),
            {data.target.name});
    }
    if (training.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "The split leaves no training interaction in %1. Hold out a smaller share, or choose another "
                "split."),
            {data.target.name});
    }
    return {};
}

} // namespace

Result<SplitData> split(const Dataset& data, const SplitSpec& spec, const DatasetKnowledge& knowledge)
{
    const Result<Assignment> assignment = assign(data, spec);
    if (!assignment) {
        return passOn(assignment);
    }
    SplitData result;
    std::vector<Event> training;
    for (std::size_t at = 0; at < data.target.events.size(); ++at) {
        const Part part = assignment->parts[at];
        std::vector<Event>& destination = part == Part::Test         ? result.test.events
                                          : part == Part::Validation ? result.validation.events
                                                                     : training;
        destination.push_back(data.target.events[at]);
    }
    if (const Status sound = checkParts(data, training, result.test); !sound) {
        return passOn(sound);
    }
    TrainingData view{.userCount = data.users.size(),
                      .target = trainingDomain(data.target, data.users.size(), std::move(training))};
    view.target.knowledge = knowledge.target;
    for (const DomainData& source : data.sources) {
        view.sources.push_back(
            trainingDomain(source, data.users.size(), sourceEvents(source, spec.kind, assignment->cut)));
    }
    for (std::size_t source = 0; source < std::min(view.sources.size(), knowledge.sources.size()); ++source) {
        view.sources[source].knowledge = knowledge.sources[source];
    }
    result.training = std::make_shared<const TrainingData>(std::move(view));
    return result;
}

} // namespace transept
