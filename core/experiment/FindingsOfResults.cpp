#include "core/evaluation/Measures.h"
#include "core/experiment/Comparison.h"
#include "core/experiment/Findings.h"
#include "core/model/BlendWeights.h"
#include "core/model/EaseNeighbourhoods.h"
#include "core/model/Methods.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr double manyUsers = 0.1; ///< the share of test users from which a finding weighs

/// Of full ranking.
std::optional<MeasureName> rankingMeasure(const std::string& name)
{
    const Result<MeasureName> parsed = parseMeasure(name, "measures");
    const bool ranksAll = parsed && parsed->k > 0 && parsed->ranksAll() && !describe(*parsed).needsRatings;
    return ranksAll ? std::optional(*parsed) : std::nullopt;
}

/// As far as the measures of a run look; 0 when none looks at lists.
std::size_t cutOf(const RunRecord& run)
{
    int cut = 0;
    for (const auto& [name, value] : run.measures) {
        const std::optional<MeasureName> measure = rankingMeasure(name);
        cut = std::max(cut, measure ? measure->k : 0);
    }
    return static_cast<std::size_t>(cut);
}

/// Whether the last score within the cut stands outside, too. A list that ends at the cut shows it by its
/// last two scores; a shorter one holds all there is.
bool tiesAtCut(const StoredList& list, std::size_t cut)
{
    const std::size_t outside = std::min(cut, list.scores.size() - 1);
    return list.scores.size() >= std::max<std::size_t>(cut, 2) &&
           list.scores[outside] == list.scores[outside - 1];
}

bool isConstant(const StoredList& list)
{
    return list.scores.size() > 1 &&
           std::ranges::all_of(list.scores, [&](float score) { return score == list.scores.front(); });
}

/// Relevant items within the cut with the score of the cut: by their ids among the first.
std::size_t wonByTie(const StoredList& list, std::size_t cut)
{
    std::size_t won = 0;
    for (std::size_t place = 0; place < std::min(cut, list.items.size()); ++place) {
        const bool tied = list.scores[place] == list.scores[std::min(cut, list.scores.size()) - 1];
        won += tied && std::ranges::find(list.relevant, list.items[place]) != list.relevant.end() ? 1 : 0;
    }
    return won;
}

/// What a run kept of a measure, by person.
using UserValues = std::map<PersonId, double>;

Result<UserValues> valuesOf(const RunStore& store, RunId run, const std::string& measure)
{
    const Result<std::vector<PersonId>> users = store.users(run);
    const Result<std::vector<double>> values = store.perUser(run, measure);
    if (!users || !values) {
        return users ? passOn(values) : passOn(users);
    }
    UserValues result;
    for (std::size_t user = 0; user < std::min(users->size(), values->size()); ++user) {
        if (!std::isnan((*values)[user])) {
            result.emplace((*users)[user], (*values)[user]);
        }
    }
    return result;
}

/// ndcg@10 where both have it, else the first ranking measure by name that both have per user.
std::string sharedMeasure(const RunRecord& a, const RunRecord& b)
{
    std::string first;
    for (const auto& [name, value] : a.measures) {
        const std::optional<MeasureName> measure = rankingMeasure(name);
        if (!measure || !describe(*measure).perUser || !b.measures.contains(name)) {
            continue;
        }
        if (name == "ndcg@10") {
            return name;
        }
        first = first.empty() ? name : first;
    }
    return first;
}

/// The run without sources that says most about what the sources are worth: of the same method, with the same
/// hyperparameters if there is one, else the best of those that learn.
const AuditedRun* withoutSources(const AuditedRun& run, Audited others)
{
    const AuditedRun* best = nullptr;
    double bestRank = 0.0;
    for (const AuditedRun& other : others) {
        const MethodDescription* method = methodOf(other);
        if (method == nullptr || !other.spec->data.sources.empty() || method->family == "Controls" ||
            !mayBeCompared(run.record, other.record)) {
            continue;
        }
        const std::string measure = sharedMeasure(run.record, other.record);
        if (measure.empty()) {
            continue;
        }
        const bool sameMethod = other.spec->method == run.spec->method;
        const bool same = sameMethod && other.spec->parameters.json() == run.spec->parameters.json();
        const double value = other.record.measures.at(measure);
        const double rank = (same ? 6.0 : sameMethod ? 3.0 : 0.0) + (std::isfinite(value) ? value : -1.0);
        if (best == nullptr || rank > bestRank) {
            best = &other;
            bestRank = rank;
        }
    }
    return best;
}

struct Means
{
    std::size_t users = 0;
    double without = 0.0; ///< sums until divided
    double with = 0.0;
};

struct Gain
{
    Means all;
    Means hit;
    Means others;
};

Gain gainOf(const UserValues& without, const UserValues& with, std::span<const PersonId> hit)
{
    Gain gain;
    for (const auto& [person, value] : with) {
        const auto before = without.find(person);
        if (before == without.end()) {
            continue;
        }
        const bool isHit = std::ranges::binary_search(hit, person);
        for (Means* means : {&gain.all, isHit ? &gain.hit : &gain.others}) {
            ++means->users;
            means->without += before->second;
            means->with += value;
        }
    }
    for (Means* means : {&gain.all, &gain.hit, &gain.others}) {
        const auto users = static_cast<double>(std::max<std::size_t>(means->users, 1));
        means->without /= users;
        means->with /= users;
    }
    return gain;
}

Json describe(const Means& means)
{
    return {{"users", means.users}, {"without_sources", means.without}, {"with_sources", means.with}};
}

Finding gainFinding(const std::string& measure,
                    const AuditedRun& run,
                    const AuditedRun& base,
                    const Gain& gain)
{
    const auto four = [](double value) { return fmt::format("{:.4f}", value); };
    const bool onlyByTwins = gain.all.with > gain.all.without && gain.others.with <= gain.others.without;
    return {.code = "twin-gain",
            .severity = onlyByTwins ? Severity::Serious : Severity::Note,
            .sentence = TRANSLATABLE(
                "findings",
                "%1 from run %2 without sources to run %3 with them: %4 -> %5 for the %6 people whom a twin "
                "tells "
                "the answer, %7 -> %8 for the %9 others. What the sources are worth shows in the others."),
            .arguments = {measure,
                          std::to_string(number(base.record.id)),
                          std::to_string(number(run.record.id)),
                          four(gain.hit.without),
                          four(gain.hit.with),
                          std::to_string(gain.hit.users),
                          four(gain.others.without),
                          four(gain.others.with),
                          std::to_string(gain.others.users)},
            .runs = {base.record.id, run.record.id},
            .figures = {{"measure", measure},
                        {"without_sources", number(base.record.id)},
                        {"with_sources", number(run.record.id)},
                        {"all", describe(gain.all)},
                        {"hit", describe(gain.hit)},
                        {"others", describe(gain.others)}}};
}

} // namespace

std::optional<Finding> tiesOf(const RunRecord& run, std::span<const StoredList> lists)
{
    const std::size_t cut = cutOf(run);
    if (cut == 0 || lists.empty()) {
        return std::nullopt;
    }
    std::size_t tied = 0;
    std::size_t constant = 0;
    std::size_t won = 0;
    for (const StoredList& list : lists) {
        const bool ties = tiesAtCut(list, cut);
        tied += ties ? 1 : 0;
        won += ties ? wonByTie(list, cut) : 0;
        constant += isConstant(list) ? 1 : 0;
    }
    const auto users = static_cast<double>(lists.size());
    const bool isConstant = static_cast<double>(constant) > manyUsers * users;
    const std::size_t concerned = isConstant ? constant : tied;
    if (static_cast<double>(concerned) <= manyUsers * users) {
        return std::nullopt;
    }
    const std::string share = fmt::format("{:.1f}", 100.0 * static_cast<double>(concerned) / users);
    return Finding{
        .code = isConstant ? "constant-scores" : "ties",
        .severity = isConstant ? Severity::Serious : Severity::Warning,
        .sentence =
            isConstant
                ? TRANSLATABLE("findings",
                               "For %1 of %2 test users (%3 %) all scores of the list are equal: the order "
                               "is that of the items' ids, and the first %4 places say nothing about the "
                               "method.")
                : TRANSLATABLE("findings",
                               "For %1 of %2 test users (%3 %) scores tie at place %4, where the measures "
                               "cut the list: the items' ids decide who is in, and %5 relevant items are in "
                               "with that very score."),
        .arguments = {std::to_string(concerned),
                      std::to_string(lists.size()),
                      share,
                      std::to_string(cut),
                      std::to_string(won)},
        .runs = {run.id},
        .figures = {{"users", lists.size()},
                    {"tied_users", tied},
                    {"constant_users", constant},
                    {"cut", cut},
                    {"relevant_in_by_tie", won}}};
}

std::optional<Finding> approximationOf(const RunRecord& run)
{
    const auto neighbourhood = run.diagnostics.find(std::string(slimNeighbourhoodName));
    if (neighbourhood != run.diagnostics.end()) {
        return Finding{
            .code = "approximation",
            .severity = Severity::Note,
            .sentence = TRANSLATABLE(
                "findings",
                "More pairs of items share people than are held at once: each item was explained by those %1 "
                "items alone that explain best who has it. The parameter neighbourhood chooses how many."),
            .arguments = {fmt::format("{:.0f}", neighbourhood->second)},
            .runs = {run.id},
            .figures = {{"neighbourhood", neighbourhood->second}}};
    }
    const auto residual = run.diagnostics.find(std::string(easeResidualName));
    if (residual == run.diagnostics.end()) {
        return std::nullopt;
    }
    return Finding{
        .code = "approximation",
        .severity = Severity::Note,
        .sentence = TRANSLATABLE(
            "findings",
            "The weights are approximated from each item's neighbourhood: on a sample of items the equations "
            "of the exact weights are missed by %1 % of their right-hand side. A larger neighbourhood comes "
            "nearer."),
        .arguments = {fmt::format("{:.1f}", 100.0 * residual->second)},
        .runs = {run.id},
        .figures = {{"relative_residual", residual->second}}};
}

std::optional<Finding> givenWeightsOf(const RunRecord& run)
{
    const auto parts = run.diagnostics.find(std::string(givenWeightsName));
    if (parts == run.diagnostics.end()) {
        return std::nullopt;
    }
    return Finding{.code = "weights-as-given",
                   .severity = Severity::Note,
                   .sentence =
                       TRANSLATABLE("findings",
                                    "The %1 parts of the blend have the weights that were given: there was "
                                    "no validation part to choose them on, as with refit. A run with one "
                                    "tells what it chose; set these."),
                   .arguments = {fmt::format("{:.0f}", parts->second)},
                   .runs = {run.id},
                   .figures = {{"parts", parts->second}}};
}

std::optional<Finding> missingLists(const RunRecord& run, std::span<const StoredList> lists)
{
    const auto missing =
        std::ranges::count_if(lists, [](const StoredList& list) { return list.items.empty(); });
    if (missing == 0) {
        return std::nullopt;
    }
    const double share = static_cast<double>(missing) / static_cast<double>(lists.size());
    return Finding{.code = "missing-lists",
                   .severity = share > manyUsers ? Severity::Warning : Severity::Note,
                   .sentence =
                       TRANSLATABLE("findings",
                                    "%1 of %2 test users (%3 %) have no list: they count as 0, so that the "
                                    "figures say how many lists there are as well as how good they are."),
                   .arguments = {std::to_string(missing),
                                 std::to_string(lists.size()),
                                 fmt::format("{:.1f}", 100.0 * share)},
                   .runs = {run.id},
                   .figures = {{"users", lists.size()}, {"missing", missing}}};
}

Result<std::optional<Finding>> twinGain(const Workspace& workspace,
                                        const AuditedRun& run,
                                        Audited others,
                                        std::span<const PersonId> hit)
{
    const AuditedRun* base = hit.empty() || !run.spec ? nullptr : withoutSources(run, others);
    if (base == nullptr) {
        return std::optional<Finding>();
    }
    const RunStore store(workspace);
    const std::string measure = sharedMeasure(run.record, base->record);
    const Result<UserValues> without = valuesOf(store, base->record.id, measure);
    const Result<UserValues> with = valuesOf(store, run.record.id, measure);
    if (!without || !with) {
        return without ? passOn(with) : passOn(without);
    }
    const Gain gain = gainOf(*without, *with, hit);
    if (gain.hit.users == 0 || gain.others.users == 0) {
        return std::optional<Finding>();
    }
    return std::optional(gainFinding(measure, run, *base, gain));
}

} // namespace transept
