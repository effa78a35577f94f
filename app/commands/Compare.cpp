#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/FindingsReport.h"
#include "app/commands/RunReport.h"
#include "core/experiment/Comparison.h"
#include "core/experiment/RepeatedRuns.h"

#include <fmt/format.h>

#include <cmath>

namespace transept::app {
namespace {

struct CompareArguments
{
    std::string workspace;
    std::vector<std::string> runs;
    bool repeated = false;
    bool findings = false;
    bool json = false;
};

std::string intervalText(const std::pair<double, double>& interval)
{
    return std::isfinite(interval.first) ? fmt::format("[{:.4f}, {:.4f}]", interval.first, interval.second)
                                         : "-";
}

std::string textOf(const Json& value)
{
    return value.is_null() ? "-" : value.is_string() ? value.get<std::string>() : value.dump();
}

/// Against the first run, as it is named first.
std::string pText(double p)
{
    return !std::isfinite(p) ? "-" : p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", p);
}

std::string shareText(double share)
{
    return std::isfinite(share) ? fmt::format("{:.0f} %", share * 100.0) : "-";
}

void printDifference(const Comparison& comparison)
{
    std::vector<std::string> header{"difference"};
    for (const RunRecord& run : comparison.runs) {
        header.push_back(fmt::format("run {}", number(run.id)));
    }
    std::vector<std::vector<std::string>> differences{header};
    for (const auto& [path, values] : comparison.specDifference) {
        std::vector<std::string> row{path};
        for (const Json& value : values) {
            row.push_back(textOf(value));
        }
        differences.push_back(std::move(row));
    }
    fmt::print("\n");
    printTable(differences);
}

void printCosts(const Comparison& comparison)
{
    fmt::print("\n");
    for (const RunRecord& run : comparison.runs) {
        fmt::print("run {}  {}\n", number(run.id), costText(run));
    }
}

using Findings = std::optional<std::vector<Finding>>; ///< nothing: not asked for

void printCompared(const Comparison& comparison, const Findings& findings)
{
    if (!comparison.sameData) {
        fmt::print("These runs have different data or splits: their values cannot be compared.\n\n");
    }
    std::vector<std::vector<std::string>> rows{
        {"measure", "run", "name", "value", "95 % interval", "users better", "p"}};
    for (const auto& [name, measure] : comparison.measures) {
        for (std::size_t run = 0; run < comparison.runs.size(); ++run) {
            rows.push_back({run == 0 ? name : "",
                            std::to_string(number(comparison.runs[run].id)),
                            comparison.runs[run].name,
                            measureText(measure.values[run]),
                            intervalText(measure.intervals[run]),
                            shareText(measure.wins[0][run]),
                            pText(measure.p[0][run])});
        }
    }
    printTable(rows);
    if (!comparison.specDifference.empty()) {
        printDifference(comparison);
    }
    printCosts(comparison);
    if (findings) {
        fmt::print("\n");
        printFindings(*findings);
    }
}

Json jsonOf(const Comparison& comparison, const Findings& findings)
{
    Json document{{"runs", Json::array()},
                  {"names", Json::array()},
                  {"same_data", comparison.sameData},
                  {"measures", Json::object()},
                  {"spec_difference", Json::object()},
                  {"costs", Json::array()},
                  {"findings", findings ? reportOf(*findings) : Json()}};
    for (const RunRecord& run : comparison.runs) {
        document["runs"].push_back(number(run.id));
        document["names"].push_back(run.name);
        document["costs"].push_back(costOf(run));
    }
    for (const auto& [name, measure] : comparison.measures) {
        document["measures"][name] = {{"values", measure.values},
                                      {"intervals", measure.intervals},
                                      {"p", measure.p},
                                      {"wins", measure.wins}};
    }
    for (const auto& [path, values] : comparison.specDifference) {
        document["spec_difference"][path] = values;
    }
    return document;
}

void printRepeated(const RepeatedComparison& comparison)
{
    std::vector<std::vector<std::string>> rows{{"measure", "experiment", "runs", "mean", "deviation", "p"}};
    for (const auto& [name, measure] : comparison.measures) {
        for (std::size_t group = 0; group < comparison.groups.size(); ++group) {
            const double deviation = measure.deviations[group];
            rows.push_back({group == 0 ? name : "",
                            comparison.groups[group].name,
                            std::to_string(comparison.groups[group].runs.size()),
                            measureText(measure.means[group]),
                            std::isfinite(deviation) ? measureText(deviation) : "-",
                            pText(measure.p[0][group])});
        }
    }
    printTable(rows);
    fmt::print("\n{} split(s); p against the first experiment by the corrected resampled t-test\n",
               comparison.splits);
}

Json jsonOf(const RepeatedComparison& comparison)
{
    Json document{
        {"experiments", Json::array()}, {"splits", comparison.splits}, {"measures", Json::object()}};
    for (const Repetitions& group : comparison.groups) {
        Json runs = Json::array();
        for (const RunRecord& run : group.runs) {
            runs.push_back(number(run.id));
        }
        document["experiments"].push_back({{"name", group.name}, {"runs", std::move(runs)}});
    }
    for (const auto& [name, measure] : comparison.measures) {
        document["measures"][name] = {
            {"means", measure.means}, {"deviations", measure.deviations}, {"p", measure.p}};
    }
    return document;
}

int compareExperiments(const Workspace& workspace, const std::vector<RunId>& runs, bool json)
{
    const Result<RepeatedComparison> comparison = compareRepeated(workspace, runs);
    if (!comparison) {
        return complain(comparison.error());
    }
    json ? print(jsonOf(*comparison)) : printRepeated(*comparison);
    return 0;
}

Result<Findings> findingsOf(const Workspace& workspace,
                            const Comparison& comparison,
                            const JobContext& context)
{
    std::vector<RunId> finished;
    for (const RunRecord& run : comparison.runs) {
        if (run.state == RunState::Finished) {
            finished.push_back(run.id);
        }
    }
    Result<std::vector<Finding>> findings = audit(workspace, finished, context);
    return findings ? Result<Findings>(std::move(*findings)) : passOn(findings);
}

int compareRuns(const CompareArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    const Result<std::vector<RunId>> runs = runNumbers(options.runs);
    if (!runs) {
        return complain(runs.error());
    }
    if (options.repeated) {
        return compareExperiments(*workspace, *runs, options.json);
    }
    const Result<Comparison> comparison = compare(*workspace, *runs, context);
    if (!comparison) {
        return complain(comparison.error());
    }
    const Result<Findings> findings =
        options.findings ? findingsOf(*workspace, *comparison, context) : Result<Findings>();
    if (!findings) {
        return complain(findings.error());
    }
    options.json ? print(jsonOf(*comparison, *findings)) : printCompared(*comparison, *findings);
    return 0;
}

} // namespace

void addCompare(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "compare", "Measures of several runs with intervals, tests and what differs in their specs");
    const auto options = std::make_shared<CompareArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("runs", options->runs, "The runs' numbers")->required();
    command->add_flag("--repeated",
                      options->repeated,
                      "Takes runs that differ in seeds and folds alone as repetitions of one experiment");
    command->add_flag("--findings",
                      options->findings,
                      "Audits the finished runs too, for which their data is loaded; as the command audit");
    command->add_flag("--json", options->json, "One JSON document");
    command->footer(
        "Example: transept compare films.transept 1 2\n"
        "Intervals are 95 % bootstrap intervals over users. Against the first run: for how many of the\n"
        "users that both tested the run does better (equal ones count half), and p of Wilcoxon's\n"
        "signed-rank test over them, Holm-corrected for the pairs of runs. Below stands what every phase\n"
        "took. With --json: runs, names, same_data, measures (of each: values, intervals, p, wins),\n"
        "spec_difference, costs, findings (null unless asked for).");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return compareRuns(*options, context); };
    });
}

} // namespace transept::app
