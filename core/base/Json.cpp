#include "core/base/Json.h"

#include "core/base/Sha256.h"
#include "core/base/Words.h"

#include <fmt/format.h>

namespace transept {
namespace {

constexpr int deepest = 200;

/// How deep brackets and braces outside of texts are nested.
int depthOf(std::string_view text)
{
    int depth = 0;
    int most = 0;
    bool isQuoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '"') {
            isQuoted = !isQuoted;
        } else if (isQuoted) {
            at += letter == '\\' ? 1 : 0;
        } else if (letter == '[' || letter == '{') {
            most = std::max(most, ++depth);
        } else if (letter == ']' || letter == '}') {
            --depth;
        }
    }
    return most;
}

} // namespace

Result<Json> parseJson(std::string_view text, std::string_view nameForErrors)
{
    if (depthOf(text) > deepest) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is nested deeper than %2 brackets. Write it flatter."),
                    {std::string(nameForErrors), std::to_string(deepest)});
    }
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& error) {
        // `byte` counts from 1 and names the last byte that was read.
        const std::string_view before =
            text.substr(0, std::min(text.size(), std::max<std::size_t>(error.byte, 1) - 1));
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1; // npos + 1 is 0
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1, line %2, column %3: this is not valid JSON. Correct the text there; quotes, "
                         "commas and brackets are the usual causes."),
            {std::string(nameForErrors), std::to_string(line), std::to_string(column)},
            error.what());
    } catch (const Json::exception& error) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1 holds a number that is too large to be read. Write a smaller one."),
            {std::string(nameForErrors)},
            error.what());
    }
}

Status refuseUnknownKeys(const Json& object, const std::string& path, const std::vector<std::string>& known)
{
    if (!object.is_object()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 must be a JSON object with the keys %2."),
                    {path.empty() ? "$" : path, listed(known)});
    }
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) {
            continue;
        }
        const std::string full = path.empty() ? key : fmt::format("{}.{}", path, key);
        if (const auto nearest = nearestWord(key, known)) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1 is not known here. Did you mean %2? Allowed are: %3."),
                        {full, *nearest, listed(known)});
        }
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is not known here. Allowed are: %2."),
                    {full, listed(known)});
    }
    return {};
}

std::string fingerprint(const Json& document)
{
    return fingerprint(std::string_view(document.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

std::string fingerprint(std::string_view text)
{
    return sha256(text).substr(0, 32);
}

} // namespace transept
