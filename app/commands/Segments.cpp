#include "core/experiment/Segments.h"
#include "core/recommend/Recommend.h"

#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace transept::app {
namespace {

struct SegmentsArguments
{
    std::string workspace;
    std::string run;
    std::vector<std::string> among;
    bool json = false;
};

void printSegments(const std::vector<Segment>& segments)
{
    std::vector<std::string> header{"part", "segment", "users", "pairs"};
    std::set<std::string> measures; // not every dimension knows all
    for (const Segment& segment : segments) {
        for (const auto& [measure, value] : segment.values) {
            measures.insert(measure);
        }
    }
    header.insert(header.end(), measures.begin(), measures.end());
    std::vector<std::vector<std::string>> rows{header};
    const Segment* before = nullptr;
    for (const Segment& segment : segments) {
        const bool isFirst = before == nullptr || before->dimension != segment.dimension;
        rows.push_back({isFirst ? std::string(titleOf(segment.dimension)) : std::string(),
                        segment.name,
                        std::to_string(segment.users),
                        std::to_string(segment.pairs)});
        for (const std::string& measure : measures) {
            const auto value = segment.values.find(measure);
            const bool isThere = value != segment.values.end() && !std::isnan(value->second);
            rows.back().push_back(isThere ? measureText(value->second) : "-");
        }
        before = &segment;
    }
    printTable(rows);
}

/// What --among names is looked up first: a mistyped id is told before anything is measured.
Result<std::vector<Segment>> measured(const Workspace& workspace,
                                      RunId run,
                                      const SegmentsArguments& options,
                                      const JobContext& context)
{
    const Result<RunRecord> record = RunStore(workspace).findFinished(run);
    const Result<Spec> spec = record ? specFrom(record->spec) : passOn(record);
    const Result<std::vector<ItemId>> among =
        spec ? findItems(workspace, spec->data.target, options.among) : passOn(spec);
    Result<std::vector<Segment>> segments = among ? segmentsOf(workspace, run, context) : passOn(among);
    const Result<std::vector<Segment>> selected =
        segments ? segmentsBySelection(workspace, run, *among, context) : passOn(segments);
    if (!selected) {
        return passOn(selected);
    }
    segments->insert(segments->end(), selected->begin(), selected->end());
    return segments;
}

int showSegments(const SegmentsArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    const Result<RunId> run = workspace ? runNumber(options.run) : passOn(workspace);
    const Result<std::vector<Segment>> segments =
        run ? measured(*workspace, *run, options, context) : passOn(run);
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
    const auto options = std::make_shared<SegmentsArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("run", options->run, "The run's number")->required();
    command->add_option(
        "--among",
        options->among,
        "Also these items of the target against all others: their ids as in the imported file");
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept segments films.transept 1");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return showSegments(*options, context); };
    });
}

} // namespace transept::app
