#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

using Curves = std::map<std::string, std::vector<CurvePoint>>;

struct ShowArguments
{
    std::string workspace;
    std::string run;
    bool json = false;
};

void printRun(const RunRecord& run, const Curves& curves)
{
    fmt::print("run {}: {}, {}\n", number(run.id), run.name, wordOf(run.state));
    if (!run.reason.sentence.empty()) {
        fmt::print("{}\n", describe(run.reason));
    }
    fmt::print("data {}, program {}, epoch {}, best {}\n\n{}\n",
               run.fingerprint.empty() ? "-" : run.fingerprint,
               run.version.empty() ? "-" : run.version,
               run.epoch,
               run.bestEpoch,
               run.spec.dump(2, ' ', false, Json::error_handler_t::replace));
    if (!run.measures.empty()) {
        fmt::print("\n");
        printTable(measureTable(run));
        fmt::print("\n{} test users; {}\n", run.users.value_or(0), costText(run));
    }
    for (const auto& [name, value] : run.diagnostics) {
        fmt::print("\n{}: {}\n", name, measureText(value));
    }
    if (!curves.empty()) {
        std::vector<std::vector<std::string>> rows{{"curve", "points", "first", "last"}};
        for (const auto& [series, points] : curves) {
            rows.push_back({series,
                            std::to_string(points.size()),
                            measureText(points.front().value),
                            measureText(points.back().value)});
        }
        fmt::print("\n");
        printTable(rows);
    }
}

Json describeRun(const RunRecord& run, const Curves& curves)
{
    Json document = reportOf(run);
    document["spec"] = run.spec;
    document["spec_hash"] = run.specHash;
    document["fingerprint"] = run.fingerprint;
    document["version"] = run.version;
    document["epoch"] = run.epoch;
    document["best_epoch"] = run.bestEpoch;
    document["created"] = run.created;
    document["curves"] = Json::object();
    for (const auto& [series, points] : curves) {
        Json& curve = document["curves"][series] = {{"steps", Json::array()}, {"values", Json::array()}};
        for (const CurvePoint& point : points) {
            curve["steps"].push_back(point.step);
            curve["values"].push_back(point.value);
        }
    }
    return document;
}

int showRun(const ShowArguments& options)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    const RunStore store(*workspace);
    const Result<RunId> id = runNumber(options.run);
    const Result<RunRecord> run = id ? store.find(*id) : passOn(id);
    const Result<Curves> curves = run ? store.curves(run->id) : passOn(run);
    if (!curves) {
        return complain(curves.error());
    }
    if (options.json) {
        print(describeRun(*run, *curves));
    } else {
        printRun(*run, *curves);
    }
    return 0;
}

} // namespace

void addShow(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand("show", "The spec, measures and curves of one run");
    const auto options = std::make_shared<ShowArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("run", options->run, "The run's number")->required();
    command->add_flag("--json", options->json, "One JSON document, with all points of the curves");
    command->footer("Example: transept show films.transept 1");
    command->callback(
        [options, &chosen] { chosen = [options](const JobContext&) { return showRun(*options); }; });
}

} // namespace transept::app
