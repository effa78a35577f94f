#include "core/recommend/Export.h"

#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/RunReport.h"
#include "app/commands/Usage.h"

#include <fmt/format.h>

#include <map>

namespace transept::app {
namespace {

using Paths = std::vector<std::filesystem::path>;

struct ExportArguments
{
    std::string workspace;
    std::string subject;
    std::string what;
    std::string to;
};

const std::map<std::string, RunExport> ofRuns{{"predictions", RunExport::Predictions},
                                              {"lists", RunExport::Lists},
                                              {"train", RunExport::Train},
                                              {"validation", RunExport::Validation},
                                              {"test", RunExport::Test},
                                              {"sources", RunExport::Sources},
                                              {"model", RunExport::Model},
                                              {"factors", RunExport::Factors},
                                              {"curves", RunExport::Curves},
                                              {"roc", RunExport::Roc},
                                              {"calibration", RunExport::Calibration},
                                              {"measures", RunExport::Measures}};

const std::map<std::string, KnowledgeExport> ofKnowledge{{"facets", KnowledgeExport::Facets},
                                                         {"vectors", KnowledgeExport::Vectors},
                                                         {"map", KnowledgeExport::Map},
                                                         {"neighbourhoods", KnowledgeExport::Neighbourhoods},
                                                         {"pairs", KnowledgeExport::Pairs}};

std::vector<std::string> allWords()
{
    std::vector<std::string> words;
    for (const auto& [word, what] : ofRuns) {
        words.push_back(word);
    }
    for (const auto& [word, what] : ofKnowledge) {
        words.push_back(word);
    }
    return words;
}

Result<Paths> write(const Workspace& workspace, const ExportArguments& options, const JobContext& context)
{
    if (const auto what = ofKnowledge.find(options.what); what != ofKnowledge.end()) {
        return exportKnowledge(workspace, options.subject, what->second, options.to, context);
    }
    const Result<RunId> run = runNumber(options.subject);
    return run ? exportRun(workspace, *run, ofRuns.at(options.what), options.to, context) : passOn(run);
}

int exportFile(const ExportArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    const Result<Paths> written = write(*workspace, options, context);
    if (!written) {
        return complain(written.error());
    }
    for (const std::filesystem::path& file : *written) {
        fmt::print("{}\n", file.string());
    }
    return 0;
}

} // namespace

void addExport(CLI::App& program, Action& chosen)
{
    CLI::App* command =
        program.add_subcommand("export", "Writes what a run or a knowledge base holds to a file");
    const auto options = std::make_shared<ExportArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("subject", options->subject, "The run's number, or the knowledge base's name")
        ->required();
    command
        ->add_option(
            "--what",
            options->what,
            "Of a run: predictions, lists, model, factors, curves, measures, roc, calibration, and its "
            "split as train, validation, test, sources; of a knowledge base: facets, vectors, map, "
            "neighbourhoods, and of one about people: facets, pairs")
        ->required()
        ->check(oneOf(allWords()));
    command
        ->add_option("--to",
                     options->to,
                     "The file: .csv, .json, .inter for interactions, or .npy for factors and vectors")
        ->required();
    command->footer("Example: transept export films.transept 1 --what lists --to lists.csv");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return exportFile(*options, context); };
    });
}

} // namespace transept::app
