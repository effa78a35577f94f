#include "core/experiment/Segments.h"
#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"

#include <fmt/format.h>

#include <cmath>

namespace transept::app {
namespace {

struct Options
{
    std::string workspace;
    std::string run;
    bool json = false;
};

void printSegments(const std::vector<Segment>& segments)
{
    std::vector<std::string> header{"part", "segment", "users", "pairs"};
    for (const auto& [measure, value] : segments.front().values) {
        header.push_back(measure);
    }
    std::vector<std::vector<std::string>> rows{header};
    const Segment* before = nullptr;
    for (const Segment& segment : segments) {
        const bool isFirst = before == nullptr || before->dimension != segment.dimension;
        rows.push_back({isFirst ? std::string(titleOf(segment.dimension)) : std::string(),
                        segment.name,
                        std::to_string(segment.users),
                        std::to_string(segment.pairs)});
        for (const auto& [measure, value] : segment.values) {
            rows.back().push_back(std::isnan(value) ? "-" : measureText(value));
        }
        before = &segment;
    }
    printTable(rows);
}

int showSegments(const Options& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    const Result<RunId> run = workspace ? runNumber(options.run) : passOn(workspace);
    const Result<std::vector<Segment>> segments = run ? segmentsOf(*workspace, *run, context) : passOn(run);
    if (!segments) {
        return complain(segments.error());
    }
    if (!options.json) {
        printSegments(*segments);
        return 0;
    }
    Json document{{"run", number(*run)}, {"segments", Json::array()}};
    for (const Segment& segment : *segments) {
        document["segments"].push_back({{"part", titleOf(segment.dimension)},
                                        {"segment", segment.name},
                                        {"users", segment.users},
                                        {"pairs", segment.pairs},
                                        {"measures", segment.values}});
    }
    print(document);
    return 0;
}

} // namespace

void addSegments(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "segments", "What a run is worth for parts of the users and items: by history, domains, popularity");
    const auto options = std::make_shared<Options>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("run", options->run, "The run's number")->required();
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept segments films.transept 1");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return showSegments(*options, context); };
    });
}

} // namespace transept::app
