#include "core/model/Registry.h"

#include "core/base/Words.h"
#include "core/model/Imported.h"
#include "core/model/Methods.h"

namespace transept {
namespace {

/// How deep methods may stand in the tables of others.
constexpr std::ptrdiff_t mostLevels = 3;

Result<const MethodDescription*> methodOf(const Parameter& table, const Json& object, const std::string& path)
{
    if (!object.is_object()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1 must be an object with the method's name and its parameters, as in "
                                 "{\"name\": \"mf\"}."),
                    {path});
    }
    const auto name = object.find("name");
    if (name == object.end() || name->is_null() || *name == Json("")) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1.name is missing. The command \"transept methods\" lists the methods."),
            {path});
    }
    Parameter word{.name = "name", .type = Parameter::Type::Choice, .choices = table.choices};
    if (word.choices.empty()) {
        if (*name == Json(importedMethod)) { // known, but none to choose
            return findMethod(importedMethod);
        }
        for (const MethodDescription& method : methods()) {
            word.choices.push_back(method.name);
        }
    }
    const Result<Parameters> known = checkParameters({word}, {{"name", *name}}, path);
    return known ? findMethod(known->text("name")) : passOn(known);
}

} // namespace

std::span<const MethodDescription> methods()
{
    static const std::vector<MethodDescription> all = [] {
        std::vector<MethodDescription> descriptions;
        for (const auto describeMethod : allMethods) {
            descriptions.push_back(describeMethod());
        }
        return descriptions;
    }();
    return all;
}

Result<const MethodDescription*> findMethod(std::string_view name)
{
    static const MethodDescription imported = describeImported();
    if (name == imported.name) {
        return &imported;
    }
    std::vector<std::string> names;
    for (const MethodDescription& method : methods()) {
        if (method.name == name) {
            return &method;
        }
        names.push_back(method.name);
    }
    if (const auto nearest = nearestWord(name, names)) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no method %1. Did you mean %2? There are: %3."),
                    {std::string(name), *nearest, listed(names)});
    }
    return fail(ErrorCode::NotFound,
                TRANSLATABLE("errors", "There is no method %1. There are: %2."),
                {std::string(name), listed(names)});
}

Result<Json> completeMethod(const Parameter& table, const Json& object, const std::string& path)
{
    if (std::count(path.begin(), path.end(), '[') > mostLevels) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1: methods stand in methods more than %2 levels deep. List the inner ones "
                                 "as members of the outer one."),
                    {path, std::to_string(mostLevels)});
    }
    const Result<const MethodDescription*> method = methodOf(table, object, path);
    if (!method) {
        return passOn(method);
    }
    std::vector<Parameter> parameters = (*method)->parameters;
    parameters.insert(parameters.end(), table.columns.begin(), table.columns.end());
    const Result<Parameters> checked = checkParameters(parameters, object, path, {"name"});
    if (!checked) {
        return passOn(checked);
    }
    Json complete = checked->json();
    complete["name"] = (*method)->name;
    return complete;
}

} // namespace transept
