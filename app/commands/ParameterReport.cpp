#include "app/commands/ParameterReport.h"

#include "app/commands/Console.h"
#include "core/base/Words.h"
#include "core/model/Registry.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

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
    case Parameter::Type::File:
        return "file";
    case Parameter::Type::Table:
        return "table";
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
    if (parameter.type == Parameter::Type::Table) {
        json["rows"] = {parameter.low, parameter.high};
        json["columns"] = describeParameters(parameter.columns);
        json["methods"] = methodsOf(parameter);
    }
    return json;
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

} // namespace

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

Json describeParameters(const std::vector<Parameter>& parameters)
{
    Json all = Json::array();
    for (const Parameter& parameter : parameters) {
        all.push_back(describeParameter(parameter));
    }
    return all;
}

void printParameters(const std::vector<Parameter>& parameters, std::string_view heading)
{
    std::vector<std::vector<std::string>> rows{{std::string(heading), "default", "allowed", "meaning"}};
    for (const Parameter& parameter : parameters) {
        rows.push_back({parameter.name, cellOf(parameter), allowedBy(parameter), parameter.meaning});
    }
    printTable(rows);
}

} // namespace transept::app
