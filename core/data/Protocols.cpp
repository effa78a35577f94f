#include "core/data/Protocols.h"

#include "core/base/Random.h"
#include "core/data/CrossProtocols.h"
#include "core/data/Dealing.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

struct PartSizes
{
    std::size_t training = 0;
    std::size_t validation = 0;
    std::size_t test = 0;
};

PartSizes warmSizes(std::size_t count, const std::array<double, 3>& ratios)
{
    const double sum = ratios[0] + ratios[1] + ratios[2];
    PartSizes sizes{.validation = wholeShareOf(ratios[1] / sum, count),
                    .test = wholeShareOf(ratios[2] / sum, count)};
    sizes.training = count - sizes.validation - sizes.test;
    if (ratios[2] > 0.0 && sizes.test == 0 && sizes.training > 1) {
        ++sizes.test;
        --sizes.training;
    }
    if (ratios[1] > 0.0 && sizes.validation == 0 && sizes.training > 1) {
        ++sizes.validation;
        --sizes.training;
    }
    return sizes;
}

Result<Assignment> warm(const Dataset& data, const SplitSpec& spec, const JobContext& job)
{
    Assignment assignment{.parts = std::vector<Part>(data.target.events.size(), Part::Train)};
    Result<std::vector<Places>> users = eventsByUser(data, job);
    if (!users) {
        return passOn(users);
    }
    for (std::size_t user = 0; user < users->size(); ++user) {
        Places& places = (*users)[user];
        const PartSizes sizes = warmSizes(places.size(), spec.ratios);
        Random(spec.seed, user, WarmDraw).shuffle(std::span(places));
        for (std::size_t at = sizes.training; at < places.size(); ++at) {
            assignment.parts[places[at]] =
                at < sizes.training + sizes.validation ? Part::Validation : Part::Test;
        }
    }
    return assignment;
}

Result<Assignment> leaveOneOut(const Dataset& data, const JobContext& job)
{
    Assignment assignment{.parts = std::vector<Part>(data.target.events.size(), Part::Train)};
    Result<std::vector<Places>> users = eventsByUser(data, job);
    if (!users) {
        return passOn(users);
    }
    for (Places& places : *users) {
        std::stable_sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
            return data.target.events[a].time < data.target.events[b].time;
        });
        if (places.size() >= 2) {
            assignment.parts[places[places.size() - 1]] = Part::Test;
        }
        if (places.size() >= 3) {
            assignment.parts[places[places.size() - 2]] = Part::Validation;
        }
    }
    return assignment;
}

Result<Assignment> temporal(const Dataset& data, const SplitSpec& spec)
{
    Result<std::vector<std::int64_t>> times = timesOf(data.target);
    if (!times) {
        return passOn(times);
    }
    const double sum = spec.ratios[0] + spec.ratios[1] + spec.ratios[2];
    const auto cutAfter = [&](double ratio) {
        return timeAtRank(*times, shareOf(ratio / sum, times->size()));
    };
    const std::int64_t validationStart = cutAfter(spec.ratios[0]);
    const std::int64_t testStart = cutAfter(spec.ratios[0] + spec.ratios[1]);
    Assignment assignment{.until = spec.refit ? testStart : validationStart};
    for (const Event& event : data.target.events) {
        const bool isEarly = event.time == 0 || event.time < validationStart;
        assignment.parts.push_back(isEarly                  ? Part::Train
                                   : event.time < testStart ? Part::Validation
                                                            : Part::Test);
    }
    return assignment;
}

/// Draws the tested and the validation members of a group of `count`; at least one is tested and one stays.
std::vector<Part> drawCold(std::size_t count, const SplitSpec& spec, Draw draw)
{
    std::vector<Part> parts(count, Part::Train);
    Places order = firstNumbers(count);
    Random(spec.seed, 0, draw).shuffle(std::span(order));
    const std::size_t tested = std::clamp<std::size_t>(shareOf(spec.share, count), 1, count - 1);
    const std::size_t validated = std::min(shareOf(spec.validation, count - tested), count - tested - 1);
    for (std::size_t at = 0; at < tested + validated; ++at) {
        parts[order[at]] = at < tested ? Part::Test : Part::Validation;
    }
    return parts;
}

std::vector<char> usersIn(const DomainData& domain, std::size_t users)
{
    std::vector<char> acts(users, 0);
    for (const Event& event : domain.events) {
        acts[index(event.user)] = 1;
    }
    return acts;
}

Result<Assignment> coldUser(const Dataset& data, const SplitSpec& spec)
{
    std::vector<char> inSource(data.users.size(), 0);
    for (const DomainData& source : data.sources) {
        const std::vector<char> acts = usersIn(source, data.users.size());
        std::transform(acts.begin(), acts.end(), inSource.begin(), inSource.begin(), [](char a, char b) {
            return a != 0 || b != 0 ? char{1} : char{0};
        });
    }
    const std::vector<char> inTarget = usersIn(data.target, data.users.size());
    Places inBoth;
    for (std::uint32_t user = 0; user < data.users.size(); ++user) {
        if (inTarget[user] != 0 && inSource[user] != 0) {
            inBoth.push_back(user);
        }
    }
    if (inBoth.size() < 2) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "split.kind cold-user needs at least two people who act in %1 and in a source domain; there "
                "are %2. Add a source domain that shares users, or choose another split."),
            {data.target.name, std::to_string(inBoth.size())});
    }
    const std::vector<Part> drawn = drawCold(inBoth.size(), spec, ColdUserDraw);
    std::vector<Part> ofUser(data.users.size(), Part::Train);
    for (std::size_t at = 0; at < inBoth.size(); ++at) {
        ofUser[inBoth[at]] = drawn[at];
    }
    Assignment assignment;
    for (const Event& event : data.target.events) {
        assignment.parts.push_back(ofUser[index(event.user)]);
    }
    return assignment;
}

Result<Assignment> coldItem(const Dataset& data, const SplitSpec& spec)
{
    std::vector<Part> ofItem(data.target.items.size(), Part::None);
    for (const Event& event : data.target.events) {
        ofItem[index(event.item)] = Part::Train;
    }
    const auto count = static_cast<std::size_t>(std::count(ofItem.begin(), ofItem.end(), Part::Train));
    if (count < 2) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "split.kind cold-item needs at least two items with interactions in %1; there are %2. Lower "
                "data.where.min_item, or choose another split."),
            {data.target.name, std::to_string(count)});
    }
    const std::vector<Part> drawn = drawCold(count, spec, ColdItemDraw);
    std::size_t next = 0;
    for (Part& part : ofItem) {
        if (part == Part::Train) {
            part = drawn[next++];
        }
    }
    Assignment assignment;
    for (const Event& event : data.target.events) {
        assignment.parts.push_back(ofItem[index(event.item)]);
    }
    return assignment;
}

Assignment kFold(const Dataset& data, const SplitSpec& spec)
{
    const std::vector<Event>& events = data.target.events;
    Places numbers = firstNumbers(events.size());
    if (spec.order == SplitSpec::Order::Random) {
        Random(spec.seed, 0, FoldDraw).shuffle(std::span(numbers));
    }
    Assignment assignment{.parts = std::vector<Part>(events.size(), Part::Train)};
    const auto folds = static_cast<std::uint32_t>(spec.folds);
    Places rest;
    for (std::uint32_t at = 0; at < events.size(); ++at) {
        const bool isTested = numbers[at] % folds == static_cast<std::uint32_t>(spec.fold);
        if (isTested) {
            assignment.parts[at] = Part::Test;
        } else {
            rest.push_back(at);
        }
    }
    Random(spec.seed, static_cast<std::uint64_t>(spec.fold), FoldValidationDraw).shuffle(std::span(rest));
    rest.resize(shareOf(spec.validation, rest.size()));
    for (const std::uint32_t at : rest) {
        assignment.parts[at] = Part::Validation;
    }
    return assignment;
}

Result<Assignment> given(const Dataset& data)
{
    Assignment assignment;
    bool namesTest = false;
    for (std::size_t at = 0; at < data.target.events.size(); ++at) {
        const Part part = data.target.partOf(at);
        namesTest = namesTest || part == Part::Test;
        assignment.parts.push_back(part == Part::None ? Part::Train : part);
    }
    if (!namesTest) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "split.kind given needs parts, and no interaction of %1 is of a test part. Import the files "
                "with --part train, valid and test, or choose another split."),
            {data.target.name});
    }
    return assignment;
}

Status checkRatios(const SplitSpec& spec)
{
    const auto isShare = [](double ratio) { return ratio >= 0.0 && std::isfinite(ratio); };
    const bool sound = std::all_of(spec.ratios.begin(), spec.ratios.end(), isShare) && spec.ratios[0] > 0.0 &&
                       spec.ratios[2] > 0.0;
    if (!sound) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "split.ratios must be three numbers of 0 or more, those of training and test above 0, as in "
                "[0.8, 0.1, 0.1]."));
    }
    return {};
}

Status checkValidation(const SplitSpec& spec)
{
    if (!(spec.validation >= 0.0 && spec.validation < 1.0)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.validation must be a share from 0 to below 1."));
    }
    return {};
}

Status checkShare(const SplitSpec& spec)
{
    if (!(spec.share > 0.0 && spec.share < 1.0)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.share must be a share between 0 and 1."));
    }
    return checkValidation(spec);
}

Status checkFoldOf(const SplitSpec& spec, int folds)
{
    if (spec.fold < 0 || spec.fold >= folds) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.fold is %1; with %2 folds it must be from 0 to %3."),
                    {std::to_string(spec.fold), std::to_string(folds), std::to_string(folds - 1)});
    }
    return checkValidation(spec);
}

Status checkFolds(const SplitSpec& spec)
{
    if (spec.folds < 2) {
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "split.folds must be 2 or more."));
    }
    return checkFoldOf(spec, spec.folds);
}

Status checkPeriods(const SplitSpec& spec)
{
    if (spec.gap < 0 || spec.window < 0 || timeFolds(spec) < 1) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "split.periods is %1 and split.gap %2: no period is left to test. Take more "
                                 "periods than gap + 1."),
                    {std::to_string(spec.periods), std::to_string(spec.gap)});
    }
    return checkFoldOf(spec, timeFolds(spec));
}

Status checkHistory(const SplitSpec& spec)
{
    if (!(spec.history >= 0.0 && spec.history < 1.0)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.history must be a share from 0 to below 1."));
    }
    return checkValidation(spec);
}

Status check(const SplitSpec& spec)
{
    switch (spec.kind) {
    case SplitSpec::Kind::Warm:
    case SplitSpec::Kind::Temporal:
        return checkRatios(spec);
    case SplitSpec::Kind::ColdUser:
    case SplitSpec::Kind::ColdItem:
        return checkShare(spec);
    case SplitSpec::Kind::KFold:
        return checkFolds(spec);
    case SplitSpec::Kind::CrossTime:
        return checkPeriods(spec);
    case SplitSpec::Kind::CrossGroup:
        return checkHistory(spec);
    case SplitSpec::Kind::LeaveOneOut:
    case SplitSpec::Kind::Given:
        return {};
    }
    return {};
}

Result<Assignment> deal(const Dataset& data, const SplitSpec& spec, const JobContext& job)
{
    switch (spec.kind) {
    case SplitSpec::Kind::Warm:
        return warm(data, spec, job);
    case SplitSpec::Kind::LeaveOneOut:
        return leaveOneOut(data, job);
    case SplitSpec::Kind::Temporal:
        return temporal(data, spec);
    case SplitSpec::Kind::CrossTime:
        return crossTime(data, spec);
    case SplitSpec::Kind::ColdUser:
        return coldUser(data, spec);
    case SplitSpec::Kind::ColdItem:
        return coldItem(data, spec);
    case SplitSpec::Kind::CrossGroup:
        return crossGroup(data, spec, job);
    case SplitSpec::Kind::KFold:
        return kFold(data, spec);
    case SplitSpec::Kind::Given:
        return given(data);
    }
    return Assignment{.parts = std::vector<Part>(data.target.events.size(), Part::Train)};
}

} // namespace

Result<Assignment> assign(const Dataset& data, const SplitSpec& spec, const JobContext& job)
{
    if (const Status sound = check(spec); !sound) {
        return passOn(sound);
    }
    Result<Assignment> assignment = deal(data, spec, job);
    if (assignment && spec.refit) {
        std::ranges::replace(assignment->parts, Part::Validation, Part::Train);
    }
    return assignment;
}

} // namespace transept
