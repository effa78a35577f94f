#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "core/ingest/Format.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

constexpr std::size_t shownRows = 5;
constexpr std::size_t widestCell = 40;

struct InspectArguments
{
    std::string file;
    bool json = false;
};

std::string filled(const std::string& sentence, const std::vector<std::string>& arguments)
{
    return describe(Error{.sentence = sentence, .arguments = arguments});
}

Json describeInspection(const Inspection& inspection)
{
    Json columns = Json::array();
    for (const ColumnGuess& column : inspection.columns) {
        columns.push_back({{"name", column.name},
                           {"type", column.type},
                           {"role", wordOf(column.role)},
                           {"evidence", filled(column.evidence, column.evidenceArguments)}});
    }
    Json evidence = Json::array();
    for (const Evidence& each : inspection.evidence) {
        evidence.push_back({{"part", each.part}, {"sentence", filled(each.sentence, each.arguments)}});
    }
    Json rows = Json::array();
    for (const PreviewRow& row : inspection.rows) {
        rows.push_back({{"line", row.line}, {"fields", row.fields}});
    }
    return {{"file", inspection.file.string()},
            {"bytes", inspection.bytes},
            {"format", toJson(inspection.format)},
            {"preset", inspection.preset},
            {"target", wordOf(inspection.target)},
            {"columns", std::move(columns)},
            {"evidence", std::move(evidence)},
            {"rows", std::move(rows)},
            {"whole_file", inspection.wholeFile}};
}

/// At most `widestCell` bytes, cut between characters.
std::string shortened(const std::string& text)
{
    if (text.size() <= widestCell) {
        return text;
    }
    std::size_t end = widestCell;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end) + "…";
}

void printInspection(const Inspection& inspection)
{
    const Json format = toJson(inspection.format);
    fmt::print("{}: {} bytes\n", inspection.file.string(), inspection.bytes);
    fmt::print("target: {}\npreset: {}\n",
               wordOf(inspection.target),
               inspection.preset.empty() ? "none fits" : inspection.preset);
    for (const auto& [part, value] : format.items()) {
        fmt::print("{}: {}\n", part, value.is_string() ? value.get<std::string>() : value.dump());
    }
    fmt::print("\nEvidence\n");
    for (const Evidence& each : inspection.evidence) {
        fmt::print("  {}: {}\n", each.part, filled(each.sentence, each.arguments));
    }
    std::vector<std::vector<std::string>> columns{{"column", "type", "role", "evidence"}};
    for (const ColumnGuess& column : inspection.columns) {
        columns.push_back({column.name,
                           column.type,
                           std::string(wordOf(column.role)),
                           filled(column.evidence, column.evidenceArguments)});
    }
    fmt::print("\n");
    printTable(columns);
    std::vector<std::vector<std::string>> rows{{"line"}};
    for (const ColumnGuess& column : inspection.columns) {
        rows.front().push_back(column.name);
    }
    for (std::size_t at = 0; at < std::min(shownRows, inspection.rows.size()); ++at) {
        std::vector<std::string> row{std::to_string(inspection.rows[at].line)};
        for (const std::string& field : inspection.rows[at].fields) {
            row.push_back(shortened(field));
        }
        rows.push_back(std::move(row));
    }
    const bool shownWhole = inspection.wholeFile && inspection.rows.size() <= shownRows;
    fmt::print("\n{}\n", shownWhole ? "All rows" : "The first rows (a preview)");
    printTable(rows);
}

int inspectFile(const InspectArguments& options)
{
    const Result<Inspection> inspection = inspect(options.file);
    if (!inspection) {
        return complain(inspection.error());
    }
    options.json ? print(describeInspection(*inspection)) : printInspection(*inspection);
    return 0;
}

} // namespace

void addInspect(CLI::App& program, Action& chosen)
{
    CLI::App* command =
        program.add_subcommand("inspect", "What a data file is: format, columns, evidence, first rows");
    const auto options = std::make_shared<InspectArguments>();
    command->add_option("file", options->file, "The file, plain or gzip")->required();
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept inspect ratings.csv");
    command->callback(
        [options, &chosen] { chosen = [options](const JobContext&) { return inspectFile(*options); }; });
}

} // namespace transept::app
