#include "app/commands/FileOptions.h"

#include "core/base/File.h"
#include "core/base/Words.h"
#include "core/experiment/Spec.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace transept::app {
namespace {

Result<std::string> textOf(const std::string& file)
{
    if (file == "-") {
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    }
    const auto unreadable = [&] {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "The spec %1 cannot be read. Check the name; \"-\" reads standard input."),
            {file});
    };
    std::error_code ignored;
    if (isOpenDatabase(file) || std::filesystem::is_directory(file, ignored)) {
        return unreadable();
    }
    std::ifstream input(file, std::ios::binary);
    if (!input) {
        return unreadable();
    }
    return std::string(std::istreambuf_iterator<char>(input), {});
}

Status applySettings(Json& document, const std::vector<std::string>& settings)
{
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "--set %1 has no value. Write PATH=VALUE, as in --set method.factors=32."),
                {setting});
        }
        const std::string_view text = setting;
        if (const Status set = setValue(document, text.substr(0, equals), text.substr(equals + 1)); !set) {
            return set;
        }
    }
    return {};
}

} // namespace

Result<std::vector<std::pair<std::string, std::string>>> pairsOf(const std::string& text, const char* option)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        const std::string_view each = rest.substr(0, end);
        const std::size_t sign = each.find('=');
        if (sign == std::string_view::npos || sign == 0 || sign + 1 == each.size()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1: \"%2\" is not of the form NAME=VALUE."),
                        {option, std::string(each)});
        }
        pairs.emplace_back(trimmed(each.substr(0, sign)), trimmed(each.substr(sign + 1)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return pairs;
}

Result<std::optional<Format>> formatOf(const std::vector<std::string>& options, const Format& base)
{
    if (options.empty()) {
        return std::optional<Format>();
    }
    Json json = Json::object();
    for (const std::string& each : options) {
        const std::size_t sign = each.find('=');
        if (sign == std::string::npos) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1: \"%2\" is not of the form NAME=VALUE."),
                        {"--format", each});
        }
        json[each.substr(0, sign)] = each.substr(sign + 1);
    }
    Result<Format> format = formatFrom(json, base, "format");
    return format ? Result<std::optional<Format>>(std::move(*format)) : passOn(format);
}

tl::unexpected<Error> noRole(const std::string& word, const std::vector<std::string>& roles)
{
    const auto nearest = nearestWord(word, roles);
    return fail(ErrorCode::InvalidInput,
                nearest
                    ? TRANSLATABLE("errors", "--columns: there is no role %1. Did you mean %3? Roles: %2.")
                    : TRANSLATABLE("errors", "--columns: there is no role %1. Roles: %2."),
                {word, listed(roles), nearest.value_or("")});
}

Result<Json> specDocument(const std::string& file, const std::vector<std::string>& settings)
{
    const Result<std::string> text = textOf(file);
    Result<Json> document = text ? parseJson(*text, file == "-" ? "standard input" : file) : passOn(text);
    if (!document) {
        return document;
    }
    const Status applied = applySettings(*document, settings);
    return applied ? std::move(document) : passOn(applied);
}

} // namespace transept::app
