#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"
#include "core/experiment/LaterData.h"
#include "core/recommend/ModelFile.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct ApplyArguments
{
    std::string workspace;
    std::string run;
    std::string model;
    std::string to;
    int top = 10;
    bool json = false;
};

void printLater(const LaterResult& later, const RunRecord& run)
{
    std::vector<std::vector<std::string>> rows{{"measure", "later", "test"}};
    for (const auto& [measure, value] : later.measures) {
        const auto test = run.measures.find(measure);
        rows.push_back(
            {measure, measureText(value), test == run.measures.end() ? "-" : measureText(test->second)});
    }
    printTable(rows);
    fmt::print(
        "\n{} later interactions of {} people; left out: {} of people and {} with items that the run does "
        "not know\n",
        later.interactions,
        later.people,
        later.ofNewPeople,
        later.withNewItems);
}

int measureRun(const ApplyArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    const Result<RunId> id = workspace ? runNumber(options.run) : passOn(workspace);
    const Result<RunRecord> run = id ? RunStore(*workspace).find(*id) : passOn(id);
    const Result<std::shared_ptr<const FittedRun>> fitted =
        run ? reopen(*workspace, *id, context) : passOn(run);
    const Result<LaterResult> later =
        fitted ? measureLater(*workspace, *run, **fitted, context) : passOn(fitted);
    if (!later) {
        return complain(later.error());
    }
    if (options.json) {
        print({{"run", number(*id)},
               {"interactions", later->interactions},
               {"people", later->people},
               {"of_new_people", later->ofNewPeople},
               {"with_new_items", later->withNewItems},
               {"measures", later->measures},
               {"test", run->measures}});
    } else {
        printLater(*later, *run);
    }
    return 0;
}

int applyFile(const ApplyArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    const Result<ModelFile> file = workspace ? readModelFile(options.model) : passOn(workspace);
    const Result<AppliedModel> applied =
        file ? applyModel(*workspace, *file, {.to = options.to, .top = options.top}, context) : passOn(file);
    if (!applied) {
        return complain(applied.error());
    }
    if (options.json) {
        print({{"people", applied->known + applied->foldedIn},
               {"folded_in", applied->foldedIn},
               {"left_out", applied->leftOut},
               {"unknown_items", applied->unknownItems}});
    } else {
        fmt::print("{}\n", options.to);
        fmt::print(stderr,
                   "{} people the model knows, {} folded in, {} left out; {} interactions with items that it "
                   "does not know\n",
                   applied->known,
                   applied->foldedIn,
                   applied->leftOut,
                   applied->unknownItems);
    }
    return 0;
}

} // namespace

void addApply(CLI::App& program, Action& chosen)
{
    constexpr int longestList = 100000;
    CLI::App* command = program.add_subcommand(
        "apply",
        "Uses a trained model on present data: measures a run on what came later, or a model's file");
    const auto options = std::make_shared<ApplyArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    CLI::Option* run = command->add_option(
        "run", options->run, "The run's number: measures it on the interactions that were imported since");
    CLI::Option* model = command->add_option(
        "--model", options->model, "Instead of a run: a file that \"export --what model\" wrote");
    CLI::Option* to = command->add_option(
        "--to", options->to, "With --model: where the lists of all people go, .csv or .json");
    command->add_option("--top", options->top, "With --model: how many items a list has")
        ->check(CLI::Range(1, longestList));
    command->add_flag("--json", options->json, "One JSON document");
    model->excludes(run)->needs(to);
    to->needs(model);
    command->footer("Example: transept apply films.transept --model films.model --to lists.csv --top 20");
    command->callback([options, run, model, &chosen] {
        if (run->count() + model->count() == 0) {
            throw CLI::RequiredError("run (or --model)");
        }
        chosen = [options](const JobContext& context) {
            return options->model.empty() ? measureRun(*options, context) : applyFile(*options, context);
        };
    });
}

} // namespace transept::app
