#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/EstimateReport.h"
#include "app/commands/FileOptions.h"
#include "app/commands/RunReport.h"
#include "core/base/Memory.h"
#include "core/experiment/Controls.h"
#include "core/experiment/Estimate.h"
#include "core/experiment/Runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace transept::app {
namespace {

struct RunArguments
{
    std::string workspace;
    std::string spec;
    std::vector<std::string> settings;
    std::string resumed;
    bool controls = false;
    bool estimate = false;
    bool json = false;
};

Result<Spec> readSpec(const RunArguments& options)
{
    const Result<Json> document = specDocument(options.spec, options.settings);
    if (!document) {
        return passOn(document);
    }
    return specFrom(*document);
}

Result<LoadedRun> enqueueSpec(const Workspace& workspace,
                              const RunArguments& options,
                              const RunContext& context)
{
    const Result<Spec> spec = readSpec(options);
    return spec ? enqueueLoaded(workspace, *spec, context) : passOn(spec);
}

/// What a spec would take. That it would not fit is told as well; the figures are what was asked for.
int estimateSpec(const RunArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    const Result<Spec> spec = workspace ? readSpec(options) : passOn(workspace);
    if (!spec) {
        return complain(spec.error());
    }
    if (const Status met = checkNeeds(*workspace, *spec); !met) {
        return complain(met.error());
    }
    const double available = availableMemory();
    const Result<RunShape> shape = expectedShape(*workspace, *spec, context);
    const auto estimate = shape ? estimateRun(*workspace, *spec, *shape) : passOn(shape);
    if (!estimate) {
        return complain(estimate.error());
    }
    printEstimate(*spec, *estimate, available, options.json);
    if (const Status fits = checkMemory(*spec, *shape, available); !fits) {
        complain(fits.error());
    }
    return 0;
}

/// Puts a stopped or failed run back into the queue; a queued or interrupted one is taken as it is.
Result<LoadedRun> requeue(const Workspace& workspace, const std::string& text)
{
    const RunStore store(workspace);
    const Result<RunId> id = runNumber(text);
    const Result<RunRecord> run = id ? store.find(*id) : passOn(id);
    if (!run) {
        return passOn(run);
    }
    if (run->state == RunState::Cancelled || run->state == RunState::Failed) {
        if (const Status queued = store.setState(*id, RunState::Queued); !queued) {
            return passOn(queued);
        }
    }
    return LoadedRun{.id = *id};
}

void announceInterrupted(const std::vector<Interrupted>& found)
{
    for (const Interrupted& each : found) {
        if (each.kind == Interrupted::Kind::Run) {
            fmt::print(stderr,
                       "Run {} ({}) was interrupted: --resume {} goes on with it.\n",
                       each.id,
                       each.name,
                       each.id);
        }
    }
}

/// The run's number is told in any case: what failed or was stopped can be looked at and resumed.
int reportUnfinished(const Workspace& workspace, RunId id, const Error& error, bool json)
{
    const Result<RunRecord> run = RunStore(workspace).find(id);
    if (run && json) {
        print(reportOf(*run));
    } else if (run) {
        fmt::print("run {}\n", number(id));
    }
    if (error.code == ErrorCode::Cancelled) {
        fmt::print(stderr, "Run {} was stopped; --resume {} goes on with it.\n", number(id), number(id));
    }
    return complain(error);
}

/// Adds the finished ones to `finished`, also when one fails or is stopped.
Status runControls(const Workspace& workspace,
                   const RunRecord& run,
                   const RunContext& context,
                   std::vector<RunRecord>& finished)
{
    const Result<Spec> spec = specFrom(run.spec);
    const Result<std::vector<Spec>> controls = spec ? controlsOf(workspace, *spec) : passOn(spec);
    if (!controls) {
        return passOn(controls);
    }
    for (const Spec& control : *controls) {
        const Result<RunId> id = enqueue(workspace, control);
        Result<RunRecord> record = id ? execute(workspace, *id, context) : passOn(id);
        if (!record) {
            return passOn(record);
        }
        finished.push_back(std::move(*record));
    }
    return {};
}

/// A row a run, a column a measure.
void printBeside(const RunRecord& run, const std::vector<RunRecord>& controls)
{
    std::vector<std::vector<std::string>> rows{{"run", "name"}};
    for (const auto& [measure, value] : run.measures) {
        rows.front().push_back(measure);
    }
    const auto add = [&](const RunRecord& each) {
        std::vector<std::string> row{std::to_string(number(each.id)), each.name};
        for (const auto& [measure, value] : run.measures) {
            const auto found = each.measures.find(measure);
            row.push_back(found == each.measures.end() ? "-" : measureText(found->second));
        }
        rows.push_back(std::move(row));
    };
    add(run);
    std::ranges::for_each(controls, add);
    fmt::print("\n");
    printTable(rows);
}

int reportWithControls(const Workspace& workspace, const RunRecord& run, const RunContext& context, bool json)
{
    if (!json) {
        printReport(run);
    }
    std::vector<RunRecord> controls;
    const Status done = runControls(workspace, run, context, controls);
    if (json) {
        Json document = reportOf(run);
        document["controls"] = Json::array();
        std::ranges::transform(controls, std::back_inserter(document["controls"]), reportOf);
        print(document);
    } else {
        printBeside(run, controls);
    }
    return done ? 0 : complain(done.error());
}

int runSpec(const RunArguments& options, const JobContext& context)
{
    Result<Workspace> workspace = Workspace::open(options.workspace);
    if (!workspace) {
        return complain(workspace.error());
    }
    const Result<std::vector<Interrupted>> interrupted = workspace->findInterrupted();
    if (!interrupted) {
        return complain(interrupted.error());
    }
    announceInterrupted(*interrupted);
    RunContext surroundings{.job = context};
    surroundings.onResume = [](RunId run, int epoch) {
        fmt::print(stderr, "Run {} goes on after epoch {}.\n", number(run), epoch);
    };
    Result<LoadedRun> queued = options.resumed.empty() ? enqueueSpec(*workspace, options, surroundings)
                                                       : requeue(*workspace, options.resumed);
    if (!queued) {
        return complain(queued.error());
    }
    const RunId id = queued->id;
    const Result<RunRecord> run = execute(*workspace, std::move(*queued), surroundings);
    if (!run) {
        return reportUnfinished(*workspace, id, run.error(), options.json);
    }
    if (options.controls) {
        return reportWithControls(*workspace, *run, surroundings, options.json);
    }
    options.json ? print(reportOf(*run)) : printReport(*run);
    return 0;
}

} // namespace

void addRun(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand("run", "Trains and measures what a spec describes");
    const auto options = std::make_shared<RunArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    CLI::Option* spec =
        command->add_option("spec", options->spec, "The spec, a JSON file; - reads standard input");
    CLI::Option* settings =
        command
            ->add_option("--set", options->settings, "PATH=VALUE changes the spec, as in method.factors=32")
            ->allow_extra_args(false);
    CLI::Option* resumed =
        command->add_option("--resume",
                            options->resumed,
                            "Goes on with a stopped or interrupted run, or runs a failed one again");
    resumed->excludes(spec)->excludes(settings);
    command->add_flag("--controls",
                      options->controls,
                      "Runs beside it what a claim has to be better than: popularity, the global mean, the "
                      "item's and the user's, biases, no or shuffled knowledge, titles only");
    command
        ->add_flag("--estimate",
                   options->estimate,
                   "Prints what the run would take, seconds and megabytes a phase, and trains nothing")
        ->excludes(resumed);
    command->add_flag("--json", options->json, "One JSON document");
    command->footer(
        "Example: transept run films.transept spec.json --set method.factors=32 --set seed=7\n"
        "The smallest spec: {\"data\": {\"target\": \"films\"}, \"method\": {\"name\": \"mf\"}}. With \"show "
        "RUN\" you see a\n"
        "run's spec with every default written out; \"methods NAME\" explains a method's parameters.");
    command->callback([options, spec, resumed, &chosen] {
        if (spec->count() + resumed->count() == 0) {
            throw CLI::RequiredError("spec (or --resume)");
        }
        chosen = [options](const JobContext& context) {
            return options->estimate ? estimateSpec(*options, context) : runSpec(*options, context);
        };
    });
}

} // namespace transept::app
