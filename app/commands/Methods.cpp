#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/ParameterReport.h"
#include "core/base/Words.h"
#include "core/model/Registry.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct MethodsArguments
{
    std::string name;
    bool json = false;
};

Json describeMethod(const MethodDescription& method)
{
    return {{"name", method.name},
            {"title", method.title},
            {"family", method.family},
            {"source", method.source},
            {"meaning", method.meaning},
            {"needs",
             {{"knowledge", method.needs.knowledge},
              {"terms", method.needs.terms},
              {"sources", method.needs.sources},
              {"overlap", method.needs.overlap},
              {"explicit", method.needs.explicitFeedback},
              {"times", method.needs.times}}},
            {"needs_by_parameters", method.traitsOf != nullptr},
            {"uses_sources", method.usesSources},
            {"uses_knowledge", method.usesKnowledge},
            {"iterative", method.iterative},
            {"starts_warm", method.startsWarm},
            {"parameters", describeParameters(method.parameters)}};
}

std::string needsOf(const MethodDescription& method)
{
    std::vector<std::string> words;
    for (const auto& [isNeeded, word] :
         {std::pair{method.needs.knowledge, "knowledge (vectors)"},
          std::pair{method.needs.terms && !method.needs.knowledge, "knowledge (terms or vectors)"},
          std::pair{method.needs.sources, "source domains"},
          std::pair{method.needs.overlap, "people who act in the target and a source"},
          std::pair{method.needs.explicitFeedback, "ratings"},
          std::pair{method.needs.times, "times"}}) {
        if (isNeeded) {
            words.emplace_back(word);
        }
    }
    return (words.empty() ? std::string("nothing beside interactions") : listed(words)) +
           (method.traitsOf != nullptr ? "; it depends on the parameters, this is for the defaults" : "");
}

void printMethod(const MethodDescription& method)
{
    fmt::print("{}: {} ({})\n{}\nNeeds: {}.\n{}\n\n",
               method.name,
               method.title,
               method.source,
               method.meaning,
               needsOf(method),
               method.startsWarm ? "Can go on from the model of an earlier run."
                                 : "Cannot go on from the model of an earlier run.");
    printParameters(method.parameters, "parameter");
    for (const Parameter& table : method.parameters) {
        if (table.type != Parameter::Type::Table) {
            continue;
        }
        fmt::print("\n{}: {:g} to {:g} rows{}.\n",
                   table.name,
                   table.low,
                   table.high,
                   table.completeRow == nullptr
                       ? ""
                       : fmt::format(", each {{\"name\": METHOD, its parameters ...}} with METHOD one of {}",
                                     listed(methodsOf(table).get<std::vector<std::string>>())));
        if (!table.columns.empty()) {
            printParameters(table.columns, "column");
        }
    }
}

int showMethods(const MethodsArguments& options)
{
    if (!options.name.empty()) {
        const Result<const MethodDescription*> method = findMethod(options.name);
        if (!method) {
            return complain(method.error());
        }
        options.json ? print(describeMethod(**method)) : printMethod(**method);
        return 0;
    }
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{{"method", "family", "title"}};
    for (const MethodDescription& method : methods()) {
        all.push_back(describeMethod(method));
        rows.push_back({method.name, method.family, method.title});
    }
    options.json ? print(all) : printTable(rows);
    return 0;
}

} // namespace

void addMethods(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand("methods", "The methods and their parameters");
    const auto options = std::make_shared<MethodsArguments>();
    command->add_option("name", options->name, "One method, with all its parameters");
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept methods kfmf");
    command->callback(
        [options, &chosen] { chosen = [options](const JobContext&) { return showMethods(*options); }; });
}

} // namespace transept::app
