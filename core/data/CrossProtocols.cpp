#include "core/data/CrossProtocols.h"

#include "core/base/Random.h"
#include "core/data/Dealing.h"
#include "core/data/UserGroups.h"

#include <algorithm>

namespace transept {
namespace {

/// The part of what each person's held-out interactions go to; Train: the person is not tested.
Result<std::vector<Part>> drawPeople(const Dataset& data,
                                     const SplitSpec& spec,
                                     const std::vector<Places>& people,
                                     const JobContext& job)
{
    const Result<std::vector<char>> tested = testedPeople(data, spec, job);
    if (!tested) {
        return passOn(tested);
    }
    std::vector<Part> parts(people.size(), Part::Train);
    Places trained;
    for (std::uint32_t person = 0; person < people.size(); ++person) {
        if ((*tested)[index(data.target.events[people[person].front()].user)] != 0) {
            parts[person] = Part::Test;
        } else {
            trained.push_back(person);
        }
    }
    Random(spec.seed, 0, GroupValidationDraw).shuffle(std::span(trained));
    const std::size_t validated =
        std::min(shareOf(spec.validation, trained.size()), trained.empty() ? 0 : trained.size() - 1);
    for (const std::uint32_t person : std::span(trained).first(validated)) {
        parts[person] = Part::Validation;
    }
    return parts;
}

/// The numbers of the periods are those of the cuts that are not later.
struct Periods
{
    std::vector<std::int64_t> cuts; ///< ascending

    int of(std::int64_t time) const
    {
        return static_cast<int>(std::upper_bound(cuts.begin(), cuts.end(), time) - cuts.begin());
    }
};

Periods periodsOf(std::vector<std::int64_t>& times, int count)
{
    Periods periods;
    for (int cut = 1; cut < count; ++cut) {
        const double share = static_cast<double>(cut) / count;
        periods.cuts.push_back(timeAtRank(times, shareOf(share, times.size())));
    }
    return periods;
}

/// The time from which on the training periods' latest interactions validate; nothing: none do.
std::optional<std::int64_t> validationStart(const std::vector<std::int64_t>& times,
                                            const SplitSpec& spec,
                                            const Periods& periods,
                                            int first)
{
    std::vector<std::int64_t> trained;
    std::ranges::copy_if(times, std::back_inserter(trained), [&](std::int64_t time) {
        const int period = periods.of(time);
        return period >= first && period <= spec.fold;
    });
    if (spec.validation == 0.0 || trained.empty()) {
        return std::nullopt;
    }
    return timeAtRank(trained, trained.size() - shareOf(spec.validation, trained.size()));
}

} // namespace

Result<Assignment> crossGroup(const Dataset& data, const SplitSpec& spec, const JobContext& job)
{
    const Result<std::vector<Places>> people = eventsByUser(data, job);
    const Result<std::vector<Part>> drawn = people ? drawPeople(data, spec, *people, job) : passOn(people);
    if (!drawn) {
        return passOn(drawn);
    }
    Assignment assignment{.parts = std::vector<Part>(data.target.events.size(), Part::Train)};
    for (std::size_t person = 0; person < people->size(); ++person) {
        if ((*drawn)[person] == Part::Train) {
            continue;
        }
        Places places = (*people)[person];
        Random(spec.seed, person, HistoryDraw).shuffle(std::span(places));
        const std::size_t told =
            spec.history > 0.0 ? std::max<std::size_t>(wholeShareOf(spec.history, places.size()), 1) : 0;
        for (const std::uint32_t place : std::span(places).subspan(told)) {
            assignment.parts[place] = (*drawn)[person];
        }
    }
    return assignment;
}

Result<Assignment> crossTime(const Dataset& data, const SplitSpec& spec)
{
    Result<std::vector<std::int64_t>> times = timesOf(data.target);
    if (!times) {
        return passOn(times);
    }
    const Periods periods = periodsOf(*times, spec.periods);
    const int first = spec.window == 0 ? 0 : std::max(0, spec.fold + 1 - spec.window);
    const std::int64_t trainingEnd = periods.cuts[static_cast<std::size_t>(spec.fold)];
    const std::int64_t validated = validationStart(*times, spec, periods, first).value_or(trainingEnd);
    Assignment assignment{.until = spec.refit ? trainingEnd : validated};
    if (first > 0) {
        assignment.from = periods.cuts[static_cast<std::size_t>(first - 1)];
    }
    for (const Event& event : data.target.events) {
        const int period = periods.of(event.time);
        const bool isTrained = event.time == 0 || (period >= first && event.time < validated);
        assignment.parts.push_back(isTrained                                ? Part::Train
                                   : period >= first && period <= spec.fold ? Part::Validation
                                   : period == spec.fold + 1 + spec.gap     ? Part::Test
                                                                            : Part::None);
    }
    return assignment;
}

} // namespace transept
