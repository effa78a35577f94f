#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/FindingsReport.h"

namespace transept::app {
namespace {

struct AuditArguments
{
    std::string workspace;
    std::vector<std::string> runs;
    bool json = false;
};

int auditRuns(const AuditArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    const Result<std::vector<RunId>> runs = runNumbers(options.runs);
    if (!runs) {
        return complain(runs.error());
    }
    const Result<std::vector<Finding>> findings =
        runs->size() == 1 ? audit(*workspace, runs->front(), context) : audit(*workspace, *runs, context);
    if (!findings) {
        return complain(findings.error());
    }
    options.json ? print({{"findings", reportOf(*findings)}}) : printFindings(*findings);
    return 0;
}

} // namespace

void addAudit(CLI::App& program, Action& chosen)
{
    CLI::App* command =
        program.add_subcommand("audit", "What a reader of the figures of finished runs has to know");
    const auto options = std::make_shared<AuditArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("runs", options->runs, "The runs' numbers; several are audited as a comparison")
        ->required();
    command->add_flag("--json", options->json, "One JSON document");
    command->footer(
        "Example: transept audit films.transept 1 2\n"
        "Looks for selection on test data, leaks in time, one product under two ids in target and source\n"
        "(twins), a start from a run that learnt from what is tested, scores that tie, a single seed, and "
        "in\n"
        "a comparison for missing controls.");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return auditRuns(*options, context); };
    });
}

} // namespace transept::app
