#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"

#include <set>

namespace transept::app {
namespace {

struct RunsArguments
{
    std::string workspace;
    bool json = false;
    bool validation = false;
};

std::string methodOf(const RunRecord& run)
{
    const auto method = run.spec.find("method");
    return method == run.spec.end() ? std::string() : method->value("name", std::string());
}

/// With the measures of the test set or of the validation part.
void printRuns(const std::vector<RunRecord>& runs, std::map<std::string, double> RunRecord::*part)
{
    constexpr std::size_t shownMeasures = 6;
    std::set<std::string> measures;
    for (const RunRecord& run : runs) {
        for (const auto& [name, value] : run.*part) {
            if (measures.size() < shownMeasures) {
                measures.insert(name);
            }
        }
    }
    std::vector<std::string> header{"run", "name", "method", "state"};
    header.insert(header.end(), measures.begin(), measures.end());
    std::vector<std::vector<std::string>> rows{header};
    for (const RunRecord& run : runs) {
        std::vector<std::string> row{
            std::to_string(number(run.id)), run.name, methodOf(run), std::string(wordOf(run.state))};
        for (const std::string& measure : measures) {
            const auto value = (run.*part).find(measure);
            row.push_back(value == (run.*part).end() ? "-" : measureText(value->second));
        }
        rows.push_back(std::move(row));
    }
    printTable(rows);
}

Json jsonOf(const RunRecord& run)
{
    Json document = reportOf(run);
    document["method"] = methodOf(run);
    document["created"] = run.created;
    document["star"] = run.star;
    document["note"] = run.note;
    document["tags"] = run.tags;
    return document;
}

int showRuns(const RunsArguments& options)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    const Result<std::vector<RunRecord>> runs = RunStore(*workspace).all();
    if (!runs) {
        return complain(runs.error());
    }
    if (!options.json) {
        printRuns(*runs, options.validation ? &RunRecord::validation : &RunRecord::measures);
        return 0;
    }
    Json document{{"runs", Json::array()}};
    for (const RunRecord& run : *runs) {
        document["runs"].push_back(jsonOf(run));
    }
    print(document);
    return 0;
}

} // namespace

void addRuns(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand("runs", "The runs of a workspace");
    const auto options = std::make_shared<RunsArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_flag("--json", options->json, "One JSON document");
    command->add_flag(
        "--validation",
        options->validation,
        "Shows the measures of the validation part, by which settings are to be chosen, instead of "
        "the test set's");
    command->footer("Example: transept runs films.transept");
    command->callback(
        [options, &chosen] { chosen = [options](const JobContext&) { return showRuns(*options); }; });
}

} // namespace transept::app
