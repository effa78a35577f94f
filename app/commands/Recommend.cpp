#include "core/recommend/Newcomers.h"

#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct RecommendArguments
{
    std::string workspace;
    std::string run;
    std::string user;
    std::string platform;
    std::string history;
    std::vector<std::string> among;
    int top = 10;
    int least = 1;
    bool newItems = false;
    bool reasons = false;
    bool json = false;
};

/// What was recommended, and how it came about.
struct Answer
{
    std::vector<Recommendation> list;
    bool isFoldedIn = false;  ///< the run does not know the user but for a history
    std::size_t newItems = 0; ///< that could stand in it
};

Json jsonOf(const std::string& user, const Answer& answer)
{
    Json document{{"user", user.empty() ? Json() : Json(user)},
                  {"folded_in", answer.isFoldedIn},
                  {"new_items", answer.newItems},
                  {"items", Json::array()}};
    for (const Recommendation& each : answer.list) {
        Json reasons = Json::array();
        for (const Reason& reason : each.reasons) {
            reasons.push_back({{"kind", reason.kind},
                               {"domain", reason.domain},
                               {"key", reason.key},
                               {"title", reason.title},
                               {"weight", reason.weight}});
        }
        Json item{{"rank", each.rank},
                  {"key", each.key},
                  {"title", each.title},
                  {"score", each.score},
                  {"confirmed", each.confirmed},
                  {"new", each.foldedFrom.has_value()},
                  {"reasons", std::move(reasons)}};
        if (each.foldedFrom) {
            item["folded_from"] = *each.foldedFrom;
        }
        if (each.deviation) {
            item["deviation"] = *each.deviation;
        }
        document["items"].push_back(std::move(item));
    }
    return document;
}

std::string textOf(const Reason& reason)
{
    if (reason.kind == "facet") {
        return reason.key + ": " + reason.title;
    }
    return reason.title.empty() ? reason.key : reason.title;
}

void printList(const std::vector<Recommendation>& list, const RecommendArguments& options)
{
    std::vector<std::vector<std::string>> rows{{"rank", "key", "title", "score", "test"}};
    if (options.newItems) {
        rows.front().emplace_back("new");
    }
    for (const Recommendation& each : list) {
        rows.push_back({std::to_string(each.rank),
                        each.key,
                        each.title.empty() ? "-" : each.title,
                        fmt::format("{:.4f}", each.score),
                        each.confirmed ? "yes" : ""});
        if (options.newItems) {
            rows.back().push_back(each.foldedFrom ? fmt::format("from {}", *each.foldedFrom) : "");
        }
    }
    printTable(rows);
    if (!options.reasons) {
        return;
    }
    std::vector<std::vector<std::string>> reasons{{"rank", "weight", "domain", "because of"}};
    for (const Recommendation& each : list) {
        for (const Reason& reason : each.reasons) {
            reasons.push_back({std::to_string(each.rank),
                               fmt::format("{:.4f}", reason.weight),
                               reason.domain,
                               textOf(reason)});
        }
    }
    if (reasons.size() > 1) {
        fmt::print("\n");
        printTable(reasons);
    } else {
        fmt::print("\nThis method gives no reasons.\n");
    }
}

Result<Answer> answerOf(const Workspace& workspace,
                        const RecommendArguments& options,
                        const JobContext& context)
{
    const bool isGiven = options.user.empty();
    const Result<PersonId> person =
        isGiven ? PersonId{} : findPerson(workspace, options.user, options.platform);
    const Result<RunId> id = person ? runNumber(options.run) : passOn(person);
    const Result<std::shared_ptr<const FittedRun>> run = id ? reopen(workspace, *id, context) : passOn(id);
    if (!run) {
        return passOn(run);
    }
    Result<std::vector<Recommendation>> list;
    const Result<std::vector<NewItem>> newOnes =
        options.newItems ? newItems(workspace, **run, options.least, context) : std::vector<NewItem>();
    const Result<std::vector<ItemId>> among = findItems(workspace, (*run)->data.target.name, options.among);
    if (!newOnes || !among) {
        return newOnes ? passOn(among) : passOn(newOnes);
    }
    ListRequest request{.top = options.top, .reasons = options.reasons};
    if (!among->empty()) {
        request.among = *among;
    }
    if (isGiven) {
        const Result<KnownHistory> history = historyFrom(workspace, **run, options.history);
        list = history ? recommendTo(workspace, **run, *history, request, context) : passOn(history);
        if (history && history->unknown > 0) {
            fmt::print(stderr, "{} rows name items that the run does not know.\n", history->unknown);
        }
    } else {
        if (options.newItems) {
            request.newItems = *newOnes;
        }
        list = recommend(workspace, **run, *person, request, context);
    }
    return list ? Result<Answer>(Answer{.list = std::move(*list),
                                        .isFoldedIn = isGiven || !knows(**run, *person),
                                        .newItems = newOnes->size()})
                : passOn(list);
}

int recommendItems(const RecommendArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    const Result<Answer> answer = answerOf(*workspace, options, context);
    if (!answer) {
        return complain(answer.error());
    }
    if (answer->isFoldedIn) {
        fmt::print(stderr, "The run does not know this user: the list follows from the history alone.\n");
    }
    if (options.newItems && answer->newItems == 0) {
        fmt::print(stderr,
                   "No item has come since the run read its data that people whom it knows had to do with at "
                   "least {} times.\n",
                   options.least);
    }
    if (options.json) {
        print(jsonOf(options.user, *answer));
    } else {
        printList(answer->list, options);
    }
    return 0;
}

} // namespace

void addRecommend(CLI::App& program, Action& chosen)
{
    constexpr int longestList = 100000;
    constexpr int mostInteractions = 1000000;
    CLI::App* command = program.add_subcommand("recommend", "What a run recommends to one user, and why");
    const auto options = std::make_shared<RecommendArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("run", options->run, "The run's number")->required();
    CLI::Option* user = command->add_option(
        "--user",
        options->user,
        "The user, as in the imported file; who came after the run was trained is folded in");
    CLI::Option* history = command->add_option(
        "--history",
        options->history,
        "Instead of a user: a CSV file of what somebody did, with the columns item, and domain, value, time");
    history->excludes(user);
    command->add_option(
        "--platform", options->platform, "Where the user is, when several platforms have that key");
    CLI::Option* newItems =
        command
            ->add_flag(
                "--new-items",
                options->newItems,
                "Also items that came after the run was trained, folded in by what people did with them")
            ->excludes(history);
    command
        ->add_option("--least",
                     options->least,
                     "With --new-items: how many interactions of people whom the run knows each has at least")
        ->check(CLI::Range(1, mostInteractions))
        ->needs(newItems);
    command->add_option(
        "--among", options->among, "Rank these items of the target alone: their ids as in the imported file");
    command->add_option("--top", options->top, "How many items")->check(CLI::Range(1, longestList));
    command->add_flag("--reasons", options->reasons, "With what contributed most to each item");
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept recommend films.transept 1 --user 42 --top 5 --reasons");
    command->callback([options, user, history, &chosen] {
        if (user->count() + history->count() == 0) {
            throw CLI::RequiredError("--user (or --history)");
        }
        chosen = [options](const JobContext& context) { return recommendItems(*options, context); };
    });
}

} // namespace transept::app
