#include "core/base/Words.h"
#include "core/experiment/Findings.h"
#include "core/experiment/WarmStart.h"

#include <algorithm>
#include <set>
#include <utility>

namespace transept {
namespace {

/// A test interaction, by the ids that every training of the workspace shares.
struct Asked
{
    PersonId person{};
    ItemId item{};
    bool isKnown = false; ///< to a training before
};

/// What a run is asked and its own training does not tell: a pair that occurs more than once may be in both.
std::vector<Asked> askedOf(const Prepared& prepared)
{
    std::vector<Asked> asked;
    for (const Event& event : prepared.parts.test.events) {
        const auto own = prepared.parts.training->target.interactions.itemsOf(event.user);
        if (std::ranges::find(own, event.item) == own.end()) {
            asked.push_back({.person = prepared.data.users[index(event.user)],
                             .item = prepared.data.target.items[index(event.item)]});
        }
    }
    std::ranges::sort(asked, {}, [](const Asked& each) { return std::pair(each.person, each.item); });
    return asked;
}

/// Marks what is among these training interactions; whether there is any.
bool markKnown(std::vector<Asked>& asked,
               const Dataset& data,
               const DomainData& domain,
               std::span<const Event> training)
{
    const auto pairOf = [](const Asked& one) { return std::pair(one.person, one.item); };
    bool any = false;
    for (const Event& event : training) {
        const std::pair pair(data.users[index(event.user)], domain.items[index(event.item)]);
        auto each = std::ranges::lower_bound(asked, pair, {}, pairOf);
        for (; each != asked.end() && pairOf(*each) == pair; ++each) {
            each->isKnown = true;
            any = true;
        }
    }
    return any;
}

/// The same of everything that a run learnt from.
bool markKnown(std::vector<Asked>& asked, const Prepared& earlier)
{
    const TrainingData& training = *earlier.parts.training;
    bool any = markKnown(asked, earlier.data, earlier.data.target, training.target.events);
    for (std::size_t source = 0; source < training.sources.size(); ++source) {
        any |= markKnown(asked, earlier.data, earlier.data.sources[source], training.sources[source].events);
    }
    return any;
}

std::size_t peopleWhoAreKnown(std::span<const Asked> asked)
{
    std::set<PersonId> people;
    for (const Asked& each : asked) {
        if (each.isKnown) {
            people.insert(each.person);
        }
    }
    return people.size();
}

Finding unknownStart(const AuditedRun& run, std::int64_t start)
{
    return {
        .code = "start-unknown",
        .severity = Severity::Warning,
        .sentence = TRANSLATABLE(
            "findings",
            "Its training went on from run %1, which is no longer there, or whose data is no longer what it "
            "was: nothing says whether that run learnt from what is tested here. Train without a start."),
        .arguments = {std::to_string(start)},
        .runs = {run.record.id},
        .figures = {{"start", start}}};
}

Finding knownTest(const AuditedRun& run,
                  std::size_t testEvents,
                  std::span<const Asked> asked,
                  std::span<const RunId> starts)
{
    const auto known = static_cast<std::size_t>(std::ranges::count(asked, true, &Asked::isKnown));
    const std::size_t people = peopleWhoAreKnown(asked);
    std::vector<std::string> numbers;
    std::ranges::transform(
        starts, std::back_inserter(numbers), [](RunId id) { return std::to_string(number(id)); });
    Finding finding{
        .code = "start-knew-test",
        .severity = Severity::Serious,
        .sentence = TRANSLATABLE(
            "findings",
            "%1 of %2 test interactions, of %3 people, were training interactions of the run that its "
            "training went on from (%4): the model knew these answers. Train without a start, or go on "
            "from a run that holds out the same interactions."),
        .arguments = {std::to_string(known),
                      std::to_string(testEvents),
                      std::to_string(people),
                      listed(numbers)},
        .runs = {run.record.id},
        .figures = {{"test_interactions", testEvents}, {"known", known}, {"people", people}}};
    finding.runs.insert(finding.runs.end(), starts.begin(), starts.end());
    return finding;
}

} // namespace

Result<std::vector<Finding>> startFindings(const Workspace& workspace,
                                           const AuditedRun& run,
                                           const Prepared& prepared,
                                           const JobContext& context)
{
    std::vector<Finding> findings;
    std::optional<StartRule> start = run.spec->start;
    std::vector<Asked> asked = start ? askedOf(prepared) : std::vector<Asked>();
    std::vector<RunId> starts; // that knew something
    while (start) {
        const Result<RunRecord> earlier = startingRun(workspace, *start);
        const Result<Prepared> data =
            earlier ? prepareAgain(workspace, *earlier, KnowledgeOfRun::Left, context) : passOn(earlier);
        if (!data && !isGone(data.error())) {
            return passOn(data);
        }
        if (!data) {
            findings.push_back(unknownStart(run, start->run));
            break;
        }
        if (markKnown(asked, *data)) {
            starts.push_back(earlier->id);
        }
        const Result<Spec> spec = specFrom(earlier->spec);
        start = spec ? spec->start : std::nullopt;
    }
    if (!starts.empty()) {
        findings.push_back(knownTest(run, prepared.parts.test.events.size(), asked, starts));
    }
    return findings;
}

} // namespace transept
