#include "core/data/Twins.h"
#include "core/experiment/Findings.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

/// The latest time of a user's interactions; 0 when none has one.
std::int64_t latestOf(const InteractionMatrix& interactions, UserRow user)
{
    const auto times = interactions.timesOf(user);
    return times.empty() ? EventTime() : times.back();
}

/// Ascending, each once.
template<typename Id>
void sortOut(std::vector<Id>& ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

struct TwinCounts
{
    std::size_t pairs = 0;
    std::size_t items = 0;  ///< of the target that have a twin
    std::size_t leaked = 0; ///< test events
    std::vector<UserRow> users;
};

TwinCounts countsOf(const std::vector<Twin>& twins,
                    const std::vector<Event>& test,
                    const InteractionMatrix& source)
{
    TwinCounts counts{.pairs = twins.size()};
    for (std::size_t at = 0; at < twins.size(); ++at) {
        counts.items += at == 0 || twins[at].target != twins[at - 1].target ? 1 : 0;
    }
    const std::vector<TwinLeak> leaks = leaksOf(twins, test, source);
    for (std::size_t at = 0; at < leaks.size(); ++at) {
        counts.leaked += at == 0 || leaks[at].heldOut != leaks[at - 1].heldOut ? 1 : 0;
        counts.users.push_back(leaks[at].user);
    }
    sortOut(counts.users);
    return counts;
}

Finding twinFinding(const TwinCounts& counts,
                    std::size_t testEvents,
                    const std::string& target,
                    const std::string& source)
{
    Finding finding{.figures = {{"source", source},
                                {"pairs", counts.pairs},
                                {"items", counts.items},
                                {"test_interactions", testEvents},
                                {"leaked", counts.leaked},
                                {"hit_users", counts.users.size()}}};
    const std::string items = std::to_string(counts.items);
    if (counts.leaked == 0) {
        finding.code = "twins";
        finding.sentence = TRANSLATABLE(
            "findings",
            "%1 items of %2 seem to be listed in %3 under another id (the same people have both). No test "
            "interaction has its twin there with that very person.");
        finding.arguments = {items, target, source};
        return finding;
    }
    finding.code = "twin-leak";
    finding.severity = Severity::Serious;
    finding.sentence = TRANSLATABLE(
        "findings",
        "%1 of %2 test interactions, of %3 people, have a twin in the training data of %4 with that very "
        "person: %5 items of %6 seem to be listed there under another id. The source gives these answers "
        "away. Set data.drop_twins to true and run again.");
    finding.arguments = {std::to_string(counts.leaked),
                         std::to_string(testEvents),
                         std::to_string(counts.users.size()),
                         source,
                         items,
                         target};
    return finding;
}

/// What every person has of the target, in any part, ascending.
Result<std::vector<std::pair<UserRow, ItemRow>>> knownOf(const SplitData& parts, const JobContext& context)
{
    std::vector<std::pair<UserRow, ItemRow>> known;
    const auto add = [&](const Event& event) { known.emplace_back(event.user, event.item); };
    if (const Status added = parts.training->target.interactions.forEach(context, add); !added) {
        return passOn(added);
    }
    for (const HeldOut* part : {&parts.validation, &parts.test, &parts.unused}) {
        std::ranges::for_each(part->events, add);
    }
    sortOut(known);
    return known;
}

} // namespace

Result<std::optional<Finding>> knownNegatives(const SplitData& parts, const JobContext& context)
{
    if (parts.test.negatives == nullptr) {
        return std::optional<Finding>();
    }
    const auto known = knownOf(parts, context);
    if (!known) {
        return passOn(known);
    }
    std::size_t negatives = 0;
    std::size_t positives = 0;
    std::vector<UserRow> people;
    std::vector<std::pair<UserRow, ItemRow>> tested;
    for (const Event& event : parts.test.events) {
        tested.emplace_back(event.user, event.item);
    }
    sortOut(tested);
    for (const auto& [user, item] : tested) {
        for (const ItemRow negative : parts.test.negatives->of(user, item)) {
            const bool isKnown = std::ranges::binary_search(*known, std::pair(user, negative));
            ++negatives;
            positives += isKnown ? 1 : 0;
            if (isKnown) {
                people.push_back(user);
            }
        }
    }
    sortOut(people);
    if (positives == 0) {
        return std::optional<Finding>();
    }
    const double share = static_cast<double>(positives) / static_cast<double>(negatives);
    return std::optional(Finding{
        .code = "known-negatives",
        .severity = Severity::Warning,
        .sentence = TRANSLATABLE(
            "findings",
            "%1 of %2 given negatives (%3 %) are none: %4 people have those very items, in training or "
            "held out. A good model ranks them high and looks worse for it. Take them out of the file, "
            "or compare by full ranking."),
        .arguments = {std::to_string(positives),
                      std::to_string(negatives),
                      fmt::format("{:.2f}", 100.0 * share),
                      std::to_string(people.size())},
        .figures = {
            {"negatives", negatives}, {"known", positives}, {"share", share}, {"people", people.size()}}});
}

std::optional<Finding> timeLeak(const Spec& spec, const SplitData& parts)
{
    if (spec.split.kind == SplitSpec::Kind::Temporal || spec.split.kind == SplitSpec::Kind::CrossTime) {
        return std::nullopt;
    }
    std::size_t timed = 0;
    std::size_t beforeTarget = 0;
    std::size_t beforeAny = 0;
    for (const Event& event : parts.test.events) {
        if (event.time == 0) {
            continue;
        }
        const bool target = latestOf(parts.training->target.interactions, event.user) > event.time;
        const bool source = std::ranges::any_of(parts.training->sources, [&](const TrainingDomain& domain) {
            return latestOf(domain.interactions, event.user) > event.time;
        });
        ++timed;
        beforeTarget += target ? 1 : 0;
        beforeAny += target || source ? 1 : 0;
    }
    if (beforeAny == 0) {
        return std::nullopt;
    }
    const double share = static_cast<double>(beforeAny) / static_cast<double>(timed);
    return Finding{
        .code = "time-leak",
        .severity = Severity::Warning,
        .sentence = TRANSLATABLE(
            "findings",
            "%1 of %2 test interactions (%3 %) are earlier than a training interaction of the same person: "
            "the model has seen what came after. A temporal split rules this out."),
        .arguments = {std::to_string(beforeAny), std::to_string(timed), fmt::format("{:.1f}", 100.0 * share)},
        .figures = {{"test_interactions", timed},
                    {"earlier_than_target_training", beforeTarget},
                    {"earlier_than_training", beforeAny},
                    {"share", share}}};
}

Result<TwinFindings> twinFindings(const Spec& spec, const Prepared& prepared, const JobContext& context)
{
    TwinFindings result;
    const TrainingData& training = *prepared.parts.training;
    for (const TrainingDomain& source : training.sources) {
        const Result<std::vector<Twin>> twins =
            findTwins(prepared.data, spec.split, training.target.interactions, source.interactions, context);
        if (!twins) {
            return passOn(twins);
        }
        if (twins->empty()) {
            continue;
        }
        const TwinCounts counts = countsOf(*twins, prepared.parts.test.events, source.interactions);
        result.findings.push_back(
            twinFinding(counts, prepared.parts.test.events.size(), training.target.name, source.name));
        for (const UserRow user : counts.users) {
            result.hit.push_back(prepared.data.users[index(user)]);
        }
    }
    sortOut(result.hit);
    return result;
}

} // namespace transept
