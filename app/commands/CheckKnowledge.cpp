#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "core/base/Words.h"
#include "core/experiment/IntrinsicChecks.h"
#include "core/experiment/SplitJson.h"
#include "core/knowledge/FacetReview.h"

#include <fmt/format.h>

#include <cmath>

namespace transept::app {
namespace {

struct CheckKnowledgeArguments
{
    std::string workspace;
    CheckSpec spec;
    std::string split = "warm";
    bool review = false;
    std::vector<std::string> marks;
    bool json = false;
};

Json jsonOf(const Estimate& estimate)
{
    return {{"value", estimate.value}, {"interval", {estimate.low, estimate.high}}};
}

Json jsonOf(const NeighbourCheck& check)
{
    return {{"domain", check.domain},
            {"other", check.other},
            {"by", wordOf(check.basis)},
            {"users", check.users},
            {"items", check.items},
            {"shared", check.shared},
            {"shared_by_chance", check.sharedByChance},
            {"cosine", check.cosine},
            {"cosine_by_chance", check.byChance},
            {"lift", jsonOf(check.lift)},
            {"lift_whatever_popularity", check.plainLift},
            {"p", check.p}};
}

Json jsonOf(const FacetCheck& check)
{
    return {{"domain", check.domain},
            {"other", check.other},
            {"facet", check.facet},
            {"items", check.items},
            {"values", check.values},
            {"pairs", check.pairs},
            {"together", check.together},
            {"by_chance", check.byChance},
            {"bits", check.bits},
            {"bits_by_chance", jsonOf(check.noise)},
            {"adjusted", check.adjusted},
            {"p", check.p}};
}

Json jsonOf(const IndistinctItems& found)
{
    Json largest = Json::array();
    for (const IndistinctItems::Group& group : found.largest) {
        largest.push_back({{"items", group.items}, {"examples", group.titles}});
    }
    return {{"domain", found.domain},
            {"by", found.byFacets ? "facets" : "vectors"},
            {"items", found.items},
            {"alike", found.alike},
            {"groups", found.groups},
            {"largest", std::move(largest)}};
}

Json jsonOf(const NeighbourAgreement& agreement)
{
    return {{"domain", agreement.domain},
            {"by", wordOf(agreement.basis)},
            {"other_by", wordOf(agreement.otherBasis)},
            {"items", agreement.items},
            {"overlap", jsonOf(agreement.overlap)},
            {"overlap_by_chance", agreement.overlapByChance},
            {"jaccard", jsonOf(agreement.jaccard)},
            {"jaccard_by_chance", agreement.jaccardByChance}};
}

Json jsonOf(const FacetAgreement& agreement)
{
    return {{"domain", agreement.domain},
            {"facet", agreement.facet},
            {"items", agreement.items},
            {"equal", agreement.equal},
            {"equal_by_chance", agreement.equalByChance},
            {"words", agreement.words},
            {"words_by_chance", agreement.wordsByChance}};
}

template<typename Part>
Json jsonOf(const std::vector<Part>& parts)
{
    Json report = Json::array();
    for (const Part& part : parts) {
        report.push_back(jsonOf(part));
    }
    return report;
}

Json jsonOf(const IntrinsicChecks& checks)
{
    Json unchecked = Json::array();
    for (const UncheckedDomain& domain : checks.unchecked) {
        unchecked.push_back({{"domain", domain.domain}, {"reason", describe(domain.reason)}});
    }
    return {{"knowledge", checks.spec.knowledge},
            {"with", checks.spec.with},
            {"neighbours", checks.spec.neighbours},
            {"split", toJson(checks.spec.split)},
            {"seed", checks.spec.seed},
            {"interactions", checks.interactions},
            {"near", jsonOf(checks.neighbours)},
            {"facets", jsonOf(checks.facets)},
            {"indistinct", jsonOf(checks.indistinct)},
            {"agreement", jsonOf(checks.agreement)},
            {"facet_agreement", jsonOf(checks.facetAgreement)},
            {"unchecked", std::move(unchecked)}};
}

/// Three digits; a dash where there is no figure.
std::string figure(double value)
{
    return std::isfinite(value) ? fmt::format("{:.3g}", value) : "-";
}

std::string pairOf(const std::string& domain, const std::string& other)
{
    return domain == other ? domain : domain + " - " + other;
}

void printNear(const IntrinsicChecks& checks)
{
    std::vector<std::vector<std::string>> rows{
        {"near items of", "by", "items", "share a user", "by chance", "lift", "from", "to", "p"}};
    for (const NeighbourCheck& check : checks.neighbours) {
        rows.push_back({pairOf(check.domain, check.other),
                        std::string(wordOf(check.basis)),
                        std::to_string(check.items),
                        figure(check.shared),
                        figure(check.sharedByChance),
                        figure(check.lift.value),
                        figure(check.lift.low),
                        figure(check.lift.high),
                        figure(check.p)});
    }
    printTable(rows);
}

void printFacets(const IntrinsicChecks& checks)
{
    std::vector<std::vector<std::string>> rows{
        {"facet", "items of", "values", "alike together", "by chance", "bits", "adjusted", "p"}};
    for (const FacetCheck& check : checks.facets) {
        rows.push_back({check.facet,
                        pairOf(check.domain, check.other),
                        std::to_string(check.values),
                        figure(check.together),
                        figure(check.byChance),
                        figure(check.bits),
                        figure(check.adjusted),
                        figure(check.p)});
    }
    printTable(rows);
}

void printIndistinct(const IntrinsicChecks& checks)
{
    for (const IndistinctItems& found : checks.indistinct) {
        fmt::print("{}: {} of {} items have the {} of another, in {} groups\n",
                   found.domain,
                   found.alike,
                   found.items,
                   found.byFacets ? "facets" : "vector",
                   found.groups);
        for (const IndistinctItems::Group& group : found.largest) {
            fmt::print("    {} items: {}\n", group.items, fmt::join(group.titles, "; "));
        }
    }
}

void printAgreement(const IntrinsicChecks& checks)
{
    for (const NeighbourAgreement& each : checks.agreement) {
        fmt::print("{}: {} and {} share {} of the {} nearest items ({} to {}; by chance {})\n",
                   each.domain,
                   checks.spec.knowledge,
                   checks.spec.with,
                   figure(each.overlap.value),
                   checks.spec.neighbours,
                   figure(each.overlap.low),
                   figure(each.overlap.high),
                   figure(each.overlapByChance));
    }
    if (checks.facetAgreement.empty()) {
        return;
    }
    std::vector<std::vector<std::string>> rows{
        {"facet in both", "domain", "items", "equal", "by chance", "share a word", "by chance"}};
    for (const FacetAgreement& each : checks.facetAgreement) {
        rows.push_back({each.facet,
                        each.domain,
                        std::to_string(each.items),
                        figure(each.equal),
                        figure(each.equalByChance),
                        figure(each.words),
                        figure(each.wordsByChance)});
    }
    printTable(rows);
}

int check(const Workspace& workspace, const CheckKnowledgeArguments& options, const JobContext& context)
{
    const Result<IntrinsicChecks> checks = checkKnowledge(workspace, options.spec, context);
    if (!checks) {
        return complain(checks.error());
    }
    if (options.json) {
        print(jsonOf(*checks));
        return 0;
    }
    for (const UncheckedDomain& domain : checks->unchecked) {
        fmt::print("{} was not looked at: {}\n", domain.domain, describe(domain.reason));
    }
    printNear(*checks);
    printFacets(*checks);
    printIndistinct(*checks);
    printAgreement(*checks);
    return 0;
}

/// Notes a verdict that is written as NUMBER=VERDICT, NUMBER from 1 in the list of the review.
Status markFacet(const Workspace& workspace,
                 KnowledgeId id,
                 const std::string& mark,
                 std::vector<ReviewedFacet>& facets)
{
    const std::size_t equals = mark.find('=');
    const std::optional<long long> place = parseInteger(mark.substr(0, equals));
    const std::string word = equals == std::string::npos ? std::string() : mark.substr(equals + 1);
    const std::optional<FacetVerdict> verdict = verdictFrom(word);
    const bool isThere = place && *place >= 1 && *place <= static_cast<long long>(facets.size());
    if (!isThere || (!verdict && word != "none")) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "--mark %1 names no facet and verdict. Write it as NUMBER=VERDICT with a "
                                 "number from 1 to %2 and true, false, empty or none."),
                    {mark, std::to_string(facets.size())});
    }
    ReviewedFacet& facet = facets[static_cast<std::size_t>(*place - 1)];
    facet.verdict = verdict;
    return FacetReviews(workspace).mark(id, facet.place, verdict);
}

void showReview(const std::vector<ReviewedFacet>& facets, bool json)
{
    const ReviewOutcome outcome = outcomeOf(facets);
    Json listed = Json::array();
    Json shares = Json::object();
    std::vector<std::vector<std::string>> rows{{"", "item", "facet", "value", "verdict"}};
    for (const ReviewedFacet& facet : facets) {
        const std::string verdict(facet.verdict ? wordOf(*facet.verdict) : "");
        listed.push_back({{"item", facet.title},
                          {"facet", facet.name},
                          {"value", facet.text},
                          {"verdict", facet.verdict ? Json(verdict) : Json()}});
        rows.push_back({std::to_string(rows.size()), facet.title, facet.name, facet.text, verdict});
    }
    for (const FacetVerdict verdict : {FacetVerdict::True, FacetVerdict::False, FacetVerdict::Empty}) {
        const ReviewOutcome::Share& share = outcome.shares.at(static_cast<std::size_t>(verdict));
        shares[std::string(wordOf(verdict))] = {{"count", share.count},
                                                {"interval", {share.low, share.high}}};
    }
    if (json) {
        print({{"facets", std::move(listed)}, {"marked", outcome.marked}, {"shares", std::move(shares)}});
        return;
    }
    printTable(rows);
    fmt::print("{} of {} marked", outcome.marked, facets.size());
    for (const FacetVerdict verdict : {FacetVerdict::True, FacetVerdict::False, FacetVerdict::Empty}) {
        const ReviewOutcome::Share& share = outcome.shares.at(static_cast<std::size_t>(verdict));
        fmt::print(", {} {} ({:.0f} % to {:.0f} %)",
                   share.count,
                   wordOf(verdict),
                   100.0 * share.low,
                   100.0 * share.high);
    }
    fmt::print("\n");
}

int review(const Workspace& workspace, const CheckKnowledgeArguments& options, const JobContext& context)
{
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(options.spec.knowledge);
    Result<std::vector<ReviewedFacet>> facets =
        base ? facetsToReview(workspace, base->id, {.seed = options.spec.seed}, context) : passOn(base);
    if (!facets) {
        return complain(facets.error());
    }
    for (const std::string& mark : options.marks) {
        if (const Status marked = markFacet(workspace, base->id, mark, *facets); !marked) {
            return complain(marked.error());
        }
    }
    showReview(*facets, options.json);
    return 0;
}

int run(CheckKnowledgeArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace =
        Workspace::open(options.workspace, options.marks.empty() ? Access::ReadOnly : Access::ReadWrite);
    if (!workspace) {
        return complain(workspace.error());
    }
    if (options.review) {
        return review(*workspace, options, context);
    }
    const Json document = Json::parse(options.split, nullptr, false);
    const Result<SplitSpec> split =
        splitFrom(document.is_object() ? document : Json{{"kind", options.split}});
    if (!split) {
        return complain(split.error());
    }
    options.spec.split = *split;
    return check(*workspace, options, context);
}

} // namespace

void addCheckKnowledge(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "check-knowledge", "Whether a knowledge base is any good, before anything is trained");
    const auto options = std::make_shared<CheckKnowledgeArguments>();
    command->add_option("workspace", options->workspace, "The workspace file")->required();
    command->add_option("knowledge", options->spec.knowledge, "Name of the knowledge base")->required();
    command->add_option("--with", options->spec.with, "Also how far it agrees with this one");
    command->add_option("--k", options->spec.neighbours, "Nearest items of each item, 1 to 100; 10");
    command->add_option("--seed", options->spec.seed, "Of what is drawn at random; 1");
    command->add_option("--split",
                        options->split,
                        "How test interactions are kept out: a kind, or the JSON of a spec's split; warm");
    CLI::Option* review = command->add_flag(
        "--review", options->review, "Lists 30 facets to judge without knowing where they come from");
    command
        ->add_option("--mark",
                     options->marks,
                     "A verdict of the review, NUMBER=true, false, empty or none; may be repeated")
        ->needs(review);
    command->add_flag("--json", options->json, "One JSON document");
    command->footer(
        "Example: transept check-knowledge films.transept words --k 5\n"
        "Looks at training interactions alone: whether items that are near by the knowledge are consumed by\n"
        "the same people, against knowledge that is dealt anew among items as popular; what each facet "
        "tells\n"
        "of it; which items the knowledge cannot tell apart.");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return run(*options, context); };
    });
}

} // namespace transept::app
