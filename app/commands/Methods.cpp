#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "core/base/Words.h"
#include "core/model/Registry.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct Options
{
    std::string name;
    bool json = false;
};

std::string_view wordOf(Parameter::Type type)
{
    switch (type) {
    case Parameter::Type::Integer:
        return "integer";
    case Parameter::Type::Real:
        return "real";
    case Parameter::Type::Choice:
        return "choice";
    case Parameter::Type::Flag:
        return "flag";
    case Parameter::Type::Text:
        return "text";
    case Parameter::Type::Domain:
        return "domain";
    case Parameter::Type::Table:
        return "table";
    }
    return "";
}

bool isNumber(const Parameter& parameter)
{
    return parameter.type == Parameter::Type::Integer || parameter.type == Parameter::Type::Real;
}

/// The methods that may stand in the rows of a table; null where rows are no methods.
Json methodsOf(const Parameter& table)
{
    if (table.completeRow == nullptr) {
        return nullptr;
    }
    Json names = table.choices;
    for (const MethodDescription& method : methods()) {
        if (table.choices.empty()) {
            names.push_back(method.name);
        }
    }
    return names;
}

Json describeParameters(const std::vector<Parameter>& parameters);

Json describeParameter(const Parameter& parameter)
{
    Json json{{"name", parameter.name},
              {"type", wordOf(parameter.type)},
              {"default", parameter.preset},
              {"label", parameter.label},
              {"meaning", parameter.meaning},
              {"unit", parameter.unit},
              {"only_when", parameter.onlyWhen}};
    if (isNumber(parameter)) {
        json["range"] = {parameter.low, parameter.high};
        json["scale"] = parameter.scale == Parameter::Scale::Log ? "log" : "linear";
    }
    if (parameter.type == Parameter::Type::Choice) {
        json["choices"] = parameter.choices;
    }
    if (parameter.type == Parameter::Type::Table) {
        json["rows"] = {parameter.low, parameter.high};
        json["columns"] = describeParameters(parameter.columns);
        json["methods"] = methodsOf(parameter);
    }
    return json;
}

Json describeParameters(const std::vector<Parameter>& parameters)
{
    Json all = Json::array();
    for (const Parameter& parameter : parameters) {
        all.push_back(describeParameter(parameter));
    }
    return all;
}

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

std::string allowedBy(const Parameter& parameter)
{
    if (isNumber(parameter)) {
        return fmt::format("{:g} to {:g}", parameter.low, parameter.high);
    }
    if (parameter.type == Parameter::Type::Choice) {
        return fmt::format("{}", fmt::join(parameter.choices, ", "));
    }
    if (parameter.type == Parameter::Type::Domain) {
        return "target or source";
    }
    return std::string(wordOf(parameter.type));
}

/// A value as a cell: of a table the names of the methods in it, or how many rows it has.
std::string cellOf(const Parameter& parameter)
{
    if (parameter.type != Parameter::Type::Table) {
        return parameter.preset.is_string() ? parameter.preset.get<std::string>() : parameter.preset.dump();
    }
    std::vector<std::string> names;
    for (const Json& row : parameter.preset) {
        names.push_back(row.value("name", std::string()));
    }
    return parameter.completeRow != nullptr ? listed(names) : fmt::format("{} rows", names.size());
}

void printParameters(const std::vector<Parameter>& parameters, std::string_view heading)
{
    std::vector<std::vector<std::string>> rows{{std::string(heading), "default", "allowed", "meaning"}};
    for (const Parameter& parameter : parameters) {
        rows.push_back({parameter.name, cellOf(parameter), allowedBy(parameter), parameter.meaning});
    }
    printTable(rows);
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

int showMethods(const Options& options)
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
    const auto options = std::make_shared<Options>();
    command->add_option("name", options->name, "One method, with all its parameters");
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept methods kfmf");
    command->callback(
        [options, &chosen] { chosen = [options](const JobContext&) { return showMethods(*options); }; });
}

} // namespace transept::app
