#include "core/ingest/Import.h"
#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/FileOptions.h"
#include "app/commands/Usage.h"
#include "core/base/Words.h"
#include "core/store/ImportLog.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct ImportArguments
{
    std::string workspace;
    std::vector<std::string> files;
    std::string domain;
    std::string platform;
    std::string target;
    std::string preset;
    std::string columns;
    std::vector<std::string> format;
    std::string kind;
    std::string part;
    std::string partOf;
    std::string duplicates = "last";
    std::string onError = "reject";
    std::string domainNames;
    std::string userPrefix;
    std::string rejects;
    std::optional<double> implicitValue;
    bool domainFromItems = false;
    bool resume = false;
    bool json = false;
};

Status readColumns(const ImportArguments& options, ImportOptions& import)
{
    const auto pairs = pairsOf(options.columns, "--columns");
    if (!pairs) {
        return passOn(pairs);
    }
    for (const auto& [word, column] : *pairs) {
        const std::optional<Role> role = roleFrom(word);
        if (!role) {
            return noRole(word, roleWords());
        }
        import.columns.emplace_back(column, *role);
    }
    return {};
}

Status readFormat(const ImportArguments& options, const Inspection& inspection, ImportOptions& import)
{
    if (options.format.empty()) {
        return {};
    }
    Format base = inspection.format;
    if (!import.preset.empty()) {
        const Result<const Preset*> preset = findPreset(import.preset);
        if (!preset) {
            return passOn(preset);
        }
        base = (*preset)->format;
        base.compressed = inspection.format.compressed;
    }
    Result<std::optional<Format>> format = formatOf(options.format, base);
    if (!format) {
        return passOn(format);
    }
    import.format = std::move(*format);
    return {};
}

Result<ImportOptions> optionsFor(const ImportArguments& options, const std::string& file)
{
    ImportOptions import{.domain = options.domain, .platform = options.platform, .preset = options.preset};
    const Result<Inspection> inspection = inspect(file);
    if (!inspection) {
        return passOn(inspection);
    }
    const Result<const Preset*> preset = options.preset.empty() ? nullptr : findPreset(options.preset);
    if (!preset) {
        return passOn(preset);
    }
    import.target = importTargetFrom(options.target)
                        .value_or(*preset != nullptr ? (*preset)->target : inspection->target);
    if (!options.kind.empty()) {
        import.kind = options.kind == "explicit" ? FeedbackKind::Explicit : FeedbackKind::Implicit;
    }
    import.part = options.part;
    import.userPrefix = options.userPrefix;
    import.implicitValue = options.implicitValue;
    import.domainFromItems = options.domainFromItems;
    import.stopAtFirstReject = options.onError == "stop";
    import.duplicates = duplicatesFrom(options.duplicates).value_or(Duplicates::Last);
    if (!options.partOf.empty()) {
        import.partOfLastOnly = options.partOf == "last";
    }
    const auto names = pairsOf(options.domainNames, "--domains");
    if (!names) {
        return passOn(names);
    }
    import.domainNames.insert(names->begin(), names->end());
    const Status read =
        readColumns(options, import).and_then([&] { return readFormat(options, *inspection, import); });
    if (!read) {
        return passOn(read);
    }
    return import;
}

Result<Workspace> openOrCreate(const std::string& file, bool& created)
{
    std::error_code ignored;
    created = !std::filesystem::exists(file, ignored);
    Result<Workspace> workspace = created ? Workspace::create(file) : Workspace::open(file);
    if (!workspace || created) {
        return workspace;
    }
    const auto interrupted = workspace->findInterrupted();
    if (!interrupted) {
        return passOn(interrupted);
    }
    for (const Interrupted& each : *interrupted) {
        if (each.kind == Interrupted::Kind::Import) {
            fmt::print(stderr,
                       "The import {} of {} was interrupted; --resume with the same file goes on with it.\n",
                       each.id,
                       each.name);
        }
    }
    return workspace;
}

/// The newest import of this file that did not come to its end.
Result<std::optional<ImportId>> unfinishedImport(const Workspace& workspace, const std::string& file)
{
    const Result<std::vector<ImportRecord>> imports = ImportLog(workspace).imports();
    if (!imports) {
        return passOn(imports);
    }
    std::error_code ignored;
    const std::string absolute = std::filesystem::absolute(file, ignored).string();
    for (const ImportRecord& each : *imports) {
        if (each.file == absolute && each.state != "finished" && each.state != "running") {
            return std::optional(each.id);
        }
    }
    return std::optional<ImportId>{};
}

Result<ImportReport> importOne(const ImportArguments& options,
                               Workspace& workspace,
                               const std::string& file,
                               const JobContext& context)
{
    if (options.resume) {
        const auto unfinished = unfinishedImport(workspace, file);
        if (!unfinished) {
            return passOn(unfinished);
        }
        if (*unfinished) {
            return resumeImport(workspace, **unfinished, context);
        }
        fmt::print(stderr, "{}: there is no unfinished import; importing it from the start.\n", file);
    }
    const Result<ImportOptions> import = optionsFor(options, file);
    if (!import) {
        return passOn(import);
    }
    return importFile(workspace, file, *import, context);
}

Json describeReport(const ImportReport& report)
{
    return {{"import", number(report.id)},
            {"read", report.read},
            {"imported", report.imported},
            {"rejected", report.rejected},
            {"skipped", report.skipped},
            {"seconds", report.seconds}};
}

void printReport(const Workspace& workspace, const std::string& file, const ImportReport& report)
{
    fmt::print("{}: {} rows read = {} imported + {} rejected + {} skipped ({:.1f} s)\n",
               file,
               report.read,
               report.imported,
               report.rejected,
               report.skipped,
               report.seconds);
    if (report.rejected == 0) {
        return;
    }
    const auto rejects = ImportLog(workspace).rejects(report.id, 0, -1, 3);
    if (rejects) {
        for (const RejectRecord& each : *rejects) {
            fmt::print(stderr,
                       "  line {}: {}\n",
                       each.line,
                       describe(Error{.sentence = each.reason, .arguments = each.arguments}));
        }
    }
    fmt::print(stderr,
               "  All of them are in the table reject of the workspace; --rejects FILE.csv writes them.\n");
}

/// The ledger of one import as CSV; of several imports each has its number in the file name.
Status writeRejects(const ImportArguments& options, const Workspace& workspace, ImportId import)
{
    if (options.rejects.empty()) {
        return {};
    }
    std::filesystem::path file = options.rejects;
    if (options.files.size() > 1) {
        file.replace_filename(
            fmt::format("{}-{}{}", file.stem().string(), number(import), file.extension().string()));
    }
    return ImportLog(workspace).exportRejects(import, file);
}

void printAll(const std::vector<ImportReport>& reports)
{
    if (reports.size() == 1) {
        print(describeReport(reports.front()));
        return;
    }
    ImportReport sum;
    Json imports = Json::array();
    for (const ImportReport& report : reports) {
        imports.push_back(describeReport(report));
        sum.id = report.id;
        sum.read += report.read;
        sum.imported += report.imported;
        sum.rejected += report.rejected;
        sum.skipped += report.skipped;
        sum.seconds += report.seconds;
    }
    Json document = describeReport(sum);
    document["imports"] = std::move(imports);
    print(document);
}

/// An import that is refused leaves no new file behind.
void removeEmptyWorkspace(const std::filesystem::path& file)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(file.string() + suffix, ignored);
    }
}

int importFiles(const ImportArguments& options, const JobContext& context)
{
    bool created = false;
    std::vector<ImportReport> reports;
    std::optional<Error> error;
    {
        Result<Workspace> workspace = openOrCreate(options.workspace, created);
        if (!workspace) {
            return complain(workspace.error());
        }
        for (const std::string& file : options.files) {
            const Result<ImportReport> report = importOne(options, *workspace, file, context);
            if (!report) {
                error = report.error();
                break;
            }
            reports.push_back(*report);
            if (const Status written = writeRejects(options, *workspace, report->id); !written) {
                error = written.error();
                break;
            }
            if (!options.json) {
                printReport(*workspace, file, *report);
            }
        }
        const auto imports = workspace->database().scalar("SELECT count(*) FROM import");
        created = created && imports && imports->value_or(0) == 0;
    }
    if (created) {
        removeEmptyWorkspace(options.workspace);
    }
    if (options.json && !reports.empty()) {
        printAll(reports);
    }
    return error ? complain(*error) : 0;
}

void addOptions(CLI::App& command, ImportArguments& options)
{
    command.add_option("workspace", options.workspace, "The .transept file; made when it does not exist")
        ->required();
    command.add_option("files", options.files, "Text files, plain or gzip")->required();
    command.add_option("--domain", options.domain, "The domain; for items also several: books,ebooks");
    command.add_option(
        "--platform", options.platform, "Domains of one platform share accounts (links: two, A,B)");
    command.add_option("--as", options.target, "What the rows are (found by the columns otherwise)")
        ->check(oneOf({"interactions", "items", "users", "links", "negatives"}));
    command.add_option("--preset", options.preset, "A known family of files, see below");
    command.add_option(
        "--columns", options.columns, "ROLE=COLUMN,... by name or number, e.g. user=1,item=2,value=3");
    command
        .add_option(
            "--format",
            options.format,
            "KEY=VALUE: layout, encoding, delimiter, quote, header, compressed, repair; the rest is detected")
        ->expected(1)
        ->take_all();
    command
        .add_option("--kind", options.kind, "Explicit when there is a column of values, otherwise implicit")
        ->check(oneOf({"explicit", "implicit"}));
    command.add_option("--part", options.part, "The given part that these rows are")
        ->check(oneOf({"train", "valid", "test"}));
    command
        .add_option(
            "--part-of",
            options.partOf,
            "Sequences: the part is that of the last event of a line (those before it: train) or of all")
        ->check(oneOf({"last", "all"}));
    command
        .add_option("--duplicates",
                    options.duplicates,
                    "What becomes of a repeated user and item of one part, or of negatives given before")
        ->check(oneOf({"last", "first", "mean", "sum", "keep", "reject"}))
        ->capture_default_str();
    command.add_option("--on-error", options.onError, "stop: one bad row, and nothing is imported")
        ->check(oneOf({"reject", "stop"}))
        ->capture_default_str();
    command.add_option(
        "--domains", options.domainNames, "Names for the words in a domain column: A=food,B=kitchen");
    command.add_flag(
        "--domain-from-items", options.domainFromItems, "The domain is that of the item, imported before");
    command.add_option(
        "--user-prefix", options.userPrefix, "Put before user ids, for files that number users anew");
    command.add_option(
        "--implicit-value", options.implicitValue, "Rows with this value are skipped (seen, not rated)");
    command.add_option(
        "--rejects", options.rejects, "Write the rejected rows with their reasons to this CSV file");
    command.add_flag("--resume", options.resume, "Go on with an import that was interrupted");
    command.add_flag("--json", options.json, "One JSON document");
}

std::string presetList()
{
    std::string text = "Presets:\n";
    for (const Preset& preset : presets()) {
        text += fmt::format("  {:<21} {}\n", preset.name, preset.meaning);
    }
    return text;
}

} // namespace

void addImport(CLI::App& program, Action& chosen)
{
    CLI::App* command =
        program.add_subcommand("import", "Files into a workspace; every row is accounted for");
    const auto options = std::make_shared<ImportArguments>();
    addOptions(*command, *options);
    command->footer(
        "Rows read = imported + rejected + skipped; in sequences a row is an event. HTML entities in titles\n"
        "and fields of items are decoded; ids and values stay as they are.\n\n"
        "Negatives are what held-out interactions, imported before, are ranked among by measures such as\n"
        "ndcg@10~given. Those of an interaction that had some make way for the new ones; --duplicates keep\n"
        "adds them, first leaves those that were there, reject reports what is repeated.\n\n" +
        presetList() + "\nExample: transept import films.transept ratings.csv --domain films");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return importFiles(*options, context); };
    });
}

} // namespace transept::app
