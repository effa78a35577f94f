#include "core/base/Parameter.h"

#include "core/base/Words.h"

#include <fmt/format.h>

#include <cmath>

namespace transept {
namespace {

tl::unexpected<Error> wrongType(const Parameter& parameter, const std::string& path)
{
    switch (parameter.type) {
    case Parameter::Type::Integer:
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 must be a whole number."), {path});
    case Parameter::Type::Real:
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 must be a number."), {path});
    case Parameter::Type::Choice:
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 must be a text, one of %2."),
                    {path, listed(parameter.choices)});
    case Parameter::Type::Flag:
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 must be true or false."), {path});
    case Parameter::Type::Table:
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 must be a list of rows, each a JSON object."),
                    {path});
    case Parameter::Type::Text:
    case Parameter::Type::Domain:
    case Parameter::Type::File:
        break;
    }
    return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 must be a text."), {path});
}

Status checkRange(const Parameter& parameter, double value, const std::string& path)
{
    if (value >= parameter.low && value <= parameter.high) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "%1 is %2; it must lie between %3 and %4 (the default is %5)."),
                {path,
                 fmt::format("{:g}", value),
                 fmt::format("{:g}", parameter.low),
                 fmt::format("{:g}", parameter.high),
                 parameter.preset.dump()});
}

Status checkChoice(const Parameter& parameter, const std::string& value, const std::string& path)
{
    if (std::find(parameter.choices.begin(), parameter.choices.end(), value) != parameter.choices.end()) {
        return {};
    }
    const auto nearest = nearestWord(value, parameter.choices);
    return fail(ErrorCode::InvalidInput,
                nearest ? TRANSLATABLE("errors", "%1 is \"%2\"; it must be one of %3. Did you mean %4?")
                        : TRANSLATABLE("errors", "%1 is \"%2\"; it must be one of %3."),
                {path, value, listed(parameter.choices), nearest.value_or("")});
}

Result<Json> checkedTable(const Parameter& table, const Json& rows, const std::string& path)
{
    if (!rows.is_array()) {
        return wrongType(table, path);
    }
    if (static_cast<double>(rows.size()) < table.low || static_cast<double>(rows.size()) > table.high) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 has %2 rows; it must have between %3 and %4."),
                    {path,
                     std::to_string(rows.size()),
                     fmt::format("{:g}", table.low),
                     fmt::format("{:g}", table.high)});
    }
    Json complete = Json::array();
    for (const Json& row : rows) {
        const std::string place = fmt::format("{}[{}]", path, complete.size());
        Result<Json> checkedRow =
            table.completeRow != nullptr
                ? table.completeRow(table, row, place)
                : checkParameters(table.columns, row, place).map([](const Parameters& values) {
                      return values.json();
                  });
        if (!checkedRow) {
            return checkedRow;
        }
        complete.push_back(std::move(*checkedRow));
    }
    return complete;
}

Result<Json> checked(const Parameter& parameter, const Json& value, const std::string& path)
{
    switch (parameter.type) {
    case Parameter::Type::Integer: {
        if (!value.is_number() || value.get<double>() != std::floor(value.get<double>())) {
            return wrongType(parameter, path);
        }
        const Status inRange = checkRange(parameter, value.get<double>(), path);
        return inRange ? Result<Json>(static_cast<std::int64_t>(value.get<double>())) : passOn(inRange);
    }
    case Parameter::Type::Real: {
        if (!value.is_number()) {
            return wrongType(parameter, path);
        }
        const Status inRange = checkRange(parameter, value.get<double>(), path);
        return inRange ? Result<Json>(value.get<double>()) : passOn(inRange);
    }
    case Parameter::Type::Choice: {
        if (!value.is_string()) {
            return wrongType(parameter, path);
        }
        const Status known = checkChoice(parameter, value.get<std::string>(), path);
        return known ? Result<Json>(value) : passOn(known);
    }
    case Parameter::Type::Flag:
        return value.is_boolean() ? Result<Json>(value) : wrongType(parameter, path);
    case Parameter::Type::Text:
    case Parameter::Type::Domain:
    case Parameter::Type::File: {
        if (!value.is_string()) {
            return wrongType(parameter, path);
        }
        const Status fits =
            parameter.check == nullptr ? Status() : parameter.check(value.get_ref<const std::string&>());
        return fits ? Result<Json>(value) : passOn(fits);
    }
    case Parameter::Type::Table:
        return checkedTable(parameter, value, path);
    }
    return wrongType(parameter, path);
}

} // namespace

Result<Parameters> checkParameters(const std::vector<Parameter>& parameters,
                                   const Json& values,
                                   const std::string& path,
                                   std::vector<std::string> others)
{
    std::vector<std::string>& known = others;
    for (const Parameter& parameter : parameters) {
        known.push_back(parameter.name);
    }
    if (const Status allKnown = refuseUnknownKeys(values, path, known); !allKnown) {
        return passOn(allKnown);
    }
    Json complete = Json::object();
    for (const Parameter& parameter : parameters) {
        const auto given = values.find(parameter.name);
        if (given == values.end() && parameter.type != Parameter::Type::Table) {
            // 1 and 1.0 are one value, whether it was written out or left out.
            const bool isReal = parameter.type == Parameter::Type::Real && parameter.preset.is_number();
            complete[parameter.name] = isReal ? Json(parameter.preset.get<double>()) : parameter.preset;
            continue;
        }
        // The rows of a default are completed like others.
        Result<Json> value = checked(parameter,
                                     given == values.end() ? parameter.preset : *given,
                                     path.empty() ? parameter.name : path + "." + parameter.name);
        if (!value) {
            return passOn(value);
        }
        complete[parameter.name] = std::move(*value);
    }
    return Parameters(std::move(complete));
}

} // namespace transept
