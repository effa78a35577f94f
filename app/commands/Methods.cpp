#include "app/commands/Command.h"
#include "app/commands/Console.h"
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
    }
    return "";
}

bool isNumber(const Parameter& parameter)
{
    return parameter.type == Parameter::Type::Integer || parameter.type == Parameter::Type::Real;
}

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
    return json;
}

Json describeMethod(const MethodDescription& method)
{
    Json parameters = Json::array();
    for (const Parameter& parameter : method.parameters) {
        parameters.push_back(describeParameter(parameter));
    }
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
              {"explicit", method.needs.explicitFeedback}}},
            {"uses_sources", method.usesSources},
            {"uses_knowledge", method.usesKnowledge},
            {"iterative", method.iterative},
            {"parameters", std::move(parameters)}};
}

void printMethod(const MethodDescription& method)
{
    fmt::print("{}: {} ({})\n{}\n\n", method.name, method.title, method.source, method.meaning);
    std::vector<std::vector<std::string>> rows{{"parameter", "default", "allowed", "meaning"}};
    for (const Parameter& parameter : method.parameters) {
        std::string allowed(wordOf(parameter.type));
        if (isNumber(parameter)) {
            allowed = fmt::format("{:g} to {:g}", parameter.low, parameter.high);
        } else if (parameter.type == Parameter::Type::Choice) {
            allowed = fmt::format("{}", fmt::join(parameter.choices, ", "));
        }
        rows.push_back(
            {parameter.name,
             parameter.preset.is_string() ? parameter.preset.get<std::string>() : parameter.preset.dump(),
             allowed,
             parameter.meaning});
    }
    printTable(rows);
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
