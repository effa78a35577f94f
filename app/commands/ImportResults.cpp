#include "core/experiment/ImportResults.h"

#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/FileOptions.h"
#include "app/commands/RunReport.h"
#include "app/commands/Usage.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct ImportResultsArguments
{
    std::string workspace;
    std::vector<std::string> files;
    std::string spec;
    std::vector<std::string> settings;
    std::string like;
    std::string name;
    std::string program;
    std::string what;
    std::string columns;
    std::vector<std::string> format;
    std::vector<std::string> measures;
    std::string missing = "refuse";
    bool json = false;
};

Result<ResultsLike> likeOf(const Workspace& workspace, const ImportResultsArguments& options)
{
    if (!options.like.empty()) {
        const Result<RunId> run = runNumber(options.like);
        return run ? resultsLike(workspace, *run) : passOn(run);
    }
    Result<Json> document = specDocument(options.spec, options.settings);
    return document ? resultsLike(std::move(*document)) : passOn(document);
}

Status readColumns(const ImportResultsArguments& options, ResultFile& file)
{
    const auto pairs = pairsOf(options.columns, "--columns");
    if (!pairs) {
        return passOn(pairs);
    }
    for (const auto& [word, column] : *pairs) {
        const std::optional<ResultRole> role = resultRoleFrom(word);
        if (!role) {
            return noRole(word, resultRoleWords());
        }
        file.columns.emplace_back(column, *role);
    }
    return {};
}

Result<ResultFile> fileOf(const ImportResultsArguments& options, const std::string& name)
{
    ResultFile file{.file = name, .kind = resultKindFrom(options.what)};
    if (const Status read = readColumns(options, file); !read) {
        return passOn(read);
    }
    if (!options.format.empty()) {
        const Result<Inspection> inspection = inspect(name);
        Result<std::optional<Format>> format =
            inspection ? formatOf(options.format, inspection->format) : passOn(inspection);
        if (!format) {
            return passOn(format);
        }
        file.format = std::move(*format);
    }
    return file;
}

Result<ResultsOptions> resultsOf(const ImportResultsArguments& options)
{
    ResultsOptions results{.name = options.name,
                           .program = options.program,
                           .measures = options.measures,
                           .meanForMissing = options.missing == "mean"};
    for (const std::string& name : options.files) {
        Result<ResultFile> file = fileOf(options, name);
        if (!file) {
            return passOn(file);
        }
        results.files.push_back(std::move(*file));
    }
    return results;
}

Json jsonOf(const ResultsReport& report)
{
    const ResultCounts& counts = report.counts;
    Json document = reportOf(report.run);
    document["rows"] = counts.rows;
    document["not_tested"] = counts.notTested;
    document["lists"] = {{"users", counts.listUsers},
                         {"missing", counts.withoutList},
                         {"short", counts.shortLists},
                         {"seen", counts.seen}};
    document["predictions"] = {{"pairs", counts.pairs}, {"missing", counts.withoutPrediction}};
    document["not_measured"] = report.notMeasured;
    return document;
}

void printRemarks(const ResultsReport& report)
{
    for (const Remark& remark : remarksOn(report)) {
        fmt::print("{}\n", describe(Error{.sentence = remark.sentence, .arguments = remark.arguments}));
    }
}

int importThem(const ImportResultsArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace);
    const Result<ResultsLike> like = workspace ? likeOf(*workspace, options) : passOn(workspace);
    const Result<ResultsOptions> results = like ? resultsOf(options) : passOn(like);
    const Result<ResultsReport> report =
        results ? importResults(*workspace, *like, *results, context) : passOn(results);
    if (!report) {
        return complain(report.error());
    }
    if (options.json) {
        print(jsonOf(*report));
        return 0;
    }
    printReport(report->run);
    printRemarks(*report);
    return 0;
}

void addOptions(CLI::App& command, ImportResultsArguments& options)
{
    command.add_option("workspace", options.workspace, "The .transept file")->required();
    command.add_option("files", options.files, "Tables or lists as text, plain or gzip")->required();
    CLI::Option* like = command.add_option(
        "--like", options.like, "The run whose data, split and measures they are for, by its number");
    CLI::Option* spec = command.add_option(
        "--spec", options.spec, "Or the spec that says so, a JSON file; its method does not matter");
    CLI::Option* settings =
        command.add_option("--set", options.settings, "PATH=VALUE changes the spec, as in split.seed=2")
            ->allow_extra_args(false);
    like->excludes(spec)->excludes(settings);
    command.add_option("--name", options.name, "Of the run")->required();
    command.add_option("--program", options.program, "What computed them; otherwise the name of the run");
    command.add_option("--what", options.what, "What the files hold (found by the columns otherwise)")
        ->check(oneOf({"predictions", "lists"}));
    command.add_option("--columns",
                       options.columns,
                       "ROLE=COLUMN,... by name or number: user, item and rank, score or prediction");
    command.add_option("--format", options.format, "KEY=VALUE, as import has it; the rest is detected")
        ->expected(1)
        ->take_all();
    command.add_option("--measures", options.measures, "NAME,... instead of those of the run or the spec")
        ->delimiter(',');
    command
        .add_option("--missing",
                    options.missing,
                    "mean: test interactions without a prediction get the mean of the training ratings")
        ->check(oneOf({"refuse", "mean"}))
        ->capture_default_str();
    command.add_flag("--json", options.json, "One JSON document");
}

} // namespace

void addImportResults(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "import-results", "Measures what another program recommended or predicted, as a run");
    const auto options = std::make_shared<ImportResultsArguments>();
    addOptions(*command, *options);
    command->footer(
        "Lists have a rank, a score or both; predictions have a rating for every test interaction. Export "
        "the\nparts of the split for the other program with export --what train, validation and test. Users "
        "and items\nare named as in the imported files. Test users without a list count as 0; items that a "
        "user has in\ntraining or validation are left out of the list. Also read: one user a line (user TAB "
        "item,item,...),\nruns of TREC (user Q0 item rank score program), headers of RecBole.\n\n"
        "Example: transept import-results films.transept lists.csv --like 1 --name other");
    command->callback([options, &chosen] {
        if (options->like.empty() && options->spec.empty()) {
            throw CLI::RequiredError("--like (or --spec)");
        }
        chosen = [options](const JobContext& context) { return importThem(*options, context); };
    });
}

} // namespace transept::app
