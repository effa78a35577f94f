#include "core/base/Words.h"
#include "core/experiment/Findings.h"
#include "core/experiment/WarmStart.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace transept {
namespace {

/// A test interaction, by the ids that every training of the workspace shares.
using Asked = std::pair<PersonId, ItemId>;

/// Ascending places among what is asked, each once.
using Places = std::vector<std::size_t>;

/// What runs are asked and their own training does not tell, ascending: a pair that occurs more than once may
/// be in both.
std::vector<Asked> askedOf(const Prepared& prepared)
{
    std::vector<Asked> asked;
    for (const Event& event : prepared.parts.test.events) {
        const auto own = prepared.parts.training->target.interactions.itemsOf(event.user);
        if (std::ranges::find(own, event.item) == own.end()) {
            asked.emplace_back(prepared.data.users[index(event.user)],
                               prepared.data.target.items[index(event.item)]);
        }
    }
    std::ranges::sort(asked);
    return asked;
}

/// Adds the places of what is among these training interactions.
Status addKnown(Places& known,
                std::span<const Asked> asked,
                const Dataset& data,
                const DomainData& domain,
                const InteractionMatrix& training,
                const JobContext& context)
{
    return training.forEach(context, [&](const Event& event) {
        const Asked pair(data.users[index(event.user)], domain.items[index(event.item)]);
        auto each = std::ranges::lower_bound(asked, pair);
        for (; each != asked.end() && *each == pair; ++each) {
            known.push_back(static_cast<std::size_t>(each - asked.begin()));
        }
    });
}

/// The same of everything that a run learnt from.
Result<Places> placesIn(const Prepared& earlier, std::span<const Asked> asked, const JobContext& context)
{
    Places known;
    const auto add = [&](const DomainData& domain, const TrainingDomain& training) {
        return addKnown(known, asked, earlier.data, domain, training.interactions, context);
    };
    const TrainingData& training = *earlier.parts.training;
    Status added = add(earlier.data.target, training.target);
    for (std::size_t source = 0; added && source < training.sources.size(); ++source) {
        added = add(earlier.data.sources[source], training.sources[source]);
    }
    if (!added) {
        return passOn(added);
    }
    std::ranges::sort(known);
    known.erase(std::unique(known.begin(), known.end()), known.end());
    return known;
}

/// What earlier trainings learnt of that which runs with the same data and split are asked. The data of each
/// is had again once, however many runs went on from it, and let go at once.
class EarlierTrainings
{
public:
    EarlierTrainings(const Workspace& workspace, std::string dataKey, const Prepared& prepared)
        : m_workspace(workspace)
        , m_dataKey(std::move(dataKey))
        , m_asked(askedOf(prepared))
        , m_testEvents(prepared.parts.test.events.size())
    {
    }

    std::span<const Asked> asked() const { return m_asked; }
    std::size_t testEvents() const { return m_testEvents; }

    /// Fails as prepareAgain() does.
    const Result<Places>& knownTo(const RunRecord& run, const JobContext& context)
    {
        const auto [place, isNew] = m_known.try_emplace(run.id);
        if (isNew) {
            place->second = learntBy(run, context);
        }
        return place->second;
    }

private:
    Result<Places> learntBy(const RunRecord& run, const JobContext& context) const
    {
        const Result<Spec> spec = specFrom(run.spec);
        if (spec && !run.fingerprint.empty() && dataKeyOf(run, *spec) == m_dataKey) {
            return Places(); // what is asked is what this training does not hold
        }
        const Result<Prepared> data = prepareAgain(m_workspace, run, KnowledgeOfRun::Left, context);
        return data ? placesIn(*data, m_asked, context) : passOn(data);
    }

    const Workspace& m_workspace;
    std::string m_dataKey;
    std::vector<Asked> m_asked;
    std::size_t m_testEvents;
    std::map<RunId, Result<Places>> m_known;
};

std::size_t peopleAmong(std::span<const Asked> asked, const Places& known)
{
    std::set<PersonId> people;
    for (const std::size_t place : known) {
        people.insert(asked[place].first);
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
                  const EarlierTrainings& earlier,
                  const Places& known,
                  std::span<const RunId> starts)
{
    const std::size_t people = peopleAmong(earlier.asked(), known);
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
        .arguments = {std::to_string(known.size()),
                      std::to_string(earlier.testEvents()),
                      std::to_string(people),
                      listed(numbers)},
        .runs = {run.record.id},
        .figures = {
            {"test_interactions", earlier.testEvents()}, {"known", known.size()}, {"people", people}}};
    finding.runs.insert(finding.runs.end(), starts.begin(), starts.end());
    return finding;
}

/// Of one run, along its starts.
Result<std::vector<Finding>> startFindings(const Workspace& workspace,
                                           const AuditedRun& run,
                                           EarlierTrainings& earlier,
                                           const JobContext& context)
{
    std::vector<Finding> findings;
    Places known;
    std::vector<RunId> starts; // that knew something
    std::set<RunId> seen{run.record.id};
    std::optional<StartRule> start = run.spec->start;
    while (start && seen.insert(RunId{start->run}).second) {
        const Result<RunRecord> record = startingRun(workspace, *start);
        const Result<Places> learnt = record ? earlier.knownTo(*record, context) : passOn(record);
        if (!learnt && !isGone(learnt.error())) {
            return passOn(learnt);
        }
        if (!learnt) {
            findings.push_back(unknownStart(run, start->run));
            break;
        }
        if (!learnt->empty()) {
            starts.push_back(record->id);
            Places both;
            std::ranges::set_union(known, *learnt, std::back_inserter(both));
            known = std::move(both);
        }
        const Result<Spec> spec = specFrom(record->spec);
        start = spec ? spec->start : std::nullopt;
    }
    if (!starts.empty()) {
        findings.push_back(knownTest(run, earlier, known, starts));
    }
    return findings;
}

} // namespace

Result<std::vector<Finding>> startFindings(const Workspace& workspace,
                                           std::span<const AuditedRun* const> group,
                                           const Prepared& prepared,
                                           const JobContext& context)
{
    std::vector<Finding> findings;
    if (std::ranges::none_of(group, [](const AuditedRun* run) { return run->spec->start.has_value(); })) {
        return findings;
    }
    const AuditedRun& any = *group.front();
    EarlierTrainings earlier(workspace, dataKeyOf(any.record, *any.spec), prepared);
    for (const AuditedRun* run : group) {
        Result<std::vector<Finding>> ofRun = startFindings(workspace, *run, earlier, context);
        if (!ofRun) {
            return passOn(ofRun);
        }
        std::ranges::move(*ofRun, std::back_inserter(findings));
    }
    return findings;
}

} // namespace transept
