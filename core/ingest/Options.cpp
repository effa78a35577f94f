#include "core/ingest/Import.h"

#include "core/base/Words.h"

#include <array>

namespace transept {
namespace {

constexpr std::array<std::pair<std::string_view, Duplicates>, 6> duplicateRules{
    {{"last", Duplicates::Last},
     {"first", Duplicates::First},
     {"mean", Duplicates::Mean},
     {"sum", Duplicates::Sum},
     {"keep", Duplicates::Keep},
     {"reject", Duplicates::Reject}}};

tl::unexpected<Error> wrong(const char* path, std::string_view wanted)
{
    return fail(
        ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 must be %2."), {path, std::string(wanted)});
}

Status readColumns(const Json& json, ImportOptions& options)
{
    if (!json.is_array()) {
        return wrong("columns", "a list of pairs of a column and its role");
    }
    for (const Json& each : json) {
        const bool isPair = each.is_array() && each.size() == 2 && each[0].is_string() && each[1].is_string();
        const auto role = isPair ? roleFrom(each[1].get<std::string>()) : std::nullopt;
        if (!role) {
            return wrong("columns", "a list of pairs of a column and its role: " + listed(roleWords()));
        }
        options.columns.emplace_back(each[0].get<std::string>(), *role);
    }
    return {};
}

Status readWords(const Json& json, ImportOptions& options)
{
    const auto target = importTargetFrom(json.value("target", "interactions"));
    const auto rule = duplicatesFrom(json.value("duplicates", "last"));
    const std::string kind = json.value("kind", "");
    if (!target || !rule || (!kind.empty() && kind != "explicit" && kind != "implicit")) {
        return !target ? wrong("target", "interactions, items, users, links or negatives")
               : !rule ? wrong("duplicates", "last, first, mean, sum, keep or reject")
                       : wrong("kind", "explicit or implicit");
    }
    options.target = *target;
    options.duplicates = *rule;
    if (!kind.empty()) {
        options.kind = kind == "explicit" ? FeedbackKind::Explicit : FeedbackKind::Implicit;
    }
    options.domain = json.value("domain", "");
    options.platform = json.value("platform", "");
    options.preset = json.value("preset", "");
    options.part = json.value("part", "");
    options.userPrefix = json.value("user_prefix", "");
    options.domainFromItems = json.value("domain_from_items", false);
    options.stopAtFirstReject = json.value("on_error", "reject") == "stop";
    options.domainNames = json.value("domain_names", std::map<std::string, std::string>{});
    if (json.contains("implicit_value")) {
        options.implicitValue = json.at("implicit_value").get<double>();
    }
    if (json.contains("part_of_last_only")) {
        options.partOfLastOnly = json.at("part_of_last_only").get<bool>();
    }
    return {};
}

} // namespace

std::string_view wordOf(Duplicates rule)
{
    for (const auto& [word, each] : duplicateRules) {
        if (each == rule) {
            return word;
        }
    }
    return {};
}

std::optional<Duplicates> duplicatesFrom(std::string_view word)
{
    for (const auto& [each, rule] : duplicateRules) {
        if (each == word) {
            return rule;
        }
    }
    return std::nullopt;
}

Json toJson(const ImportOptions& options)
{
    Json columns = Json::array();
    for (const auto& [column, role] : options.columns) {
        columns.push_back({column, wordOf(role)});
    }
    Json json{{"target", wordOf(options.target)},
              {"domain", options.domain},
              {"platform", options.platform},
              {"preset", options.preset},
              {"columns", std::move(columns)},
              {"domain_names", options.domainNames},
              {"domain_from_items", options.domainFromItems},
              {"part", options.part},
              {"user_prefix", options.userPrefix},
              {"duplicates", wordOf(options.duplicates)},
              {"on_error", options.stopAtFirstReject ? "stop" : "reject"}};
    if (options.kind) {
        json["kind"] = wordOf(*options.kind);
    }
    if (options.format) {
        json["format"] = toJson(*options.format);
    }
    if (options.implicitValue) {
        json["implicit_value"] = *options.implicitValue;
    }
    if (options.partOfLastOnly) {
        json["part_of_last_only"] = *options.partOfLastOnly;
    }
    return json;
}

Result<ImportOptions> importOptionsFrom(const Json& json)
{
    ImportOptions options;
    const Status known = refuseUnknownKeys(json,
                                           "",
                                           {"target",
                                            "domain",
                                            "platform",
                                            "preset",
                                            "columns",
                                            "domain_names",
                                            "domain_from_items",
                                            "part",
                                            "user_prefix",
                                            "duplicates",
                                            "on_error",
                                            "kind",
                                            "format",
                                            "implicit_value",
                                            "part_of_last_only"});
    if (!known) {
        return passOn(known);
    }
    try {
        const Status words = readWords(json, options);
        const Status columns = json.contains("columns") ? readColumns(json.at("columns"), options) : Status();
        if (!words || !columns) {
            return words ? passOn(columns) : passOn(words);
        }
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The options of the import have a value of the wrong type."),
                    {},
                    error.what());
    }
    if (json.contains("format")) {
        const Result<Format> format = formatFrom(json.at("format"), Format{}, "format");
        if (!format) {
            return passOn(format);
        }
        options.format = *format;
    }
    return options;
}

} // namespace transept
