#include "core/ingest/Format.h"

#include "core/base/Words.h"

#include <array>

namespace transept {
namespace {

template<typename Value>
using Named = std::pair<std::string_view, Value>;

constexpr std::array<Named<Format::Layout>, 5> layouts{{{"delimited", Format::Layout::Delimited},
                                                        {"events", Format::Layout::Events},
                                                        {"item-list", Format::Layout::ItemList},
                                                        {"json-map", Format::Layout::JsonMap},
                                                        {"negatives", Format::Layout::Negatives}}};
constexpr std::array<Named<Format::Encoding>, 4> encodings{{{"utf-8", Format::Encoding::Utf8},
                                                            {"utf-16le", Format::Encoding::Utf16Le},
                                                            {"utf-16be", Format::Encoding::Utf16Be},
                                                            {"latin-1", Format::Encoding::Latin1}}};
constexpr std::array<Named<std::string_view>, 6> delimiters{{{"comma", ","},
                                                             {"tab", "\t"},
                                                             {"semicolon", ";"},
                                                             {"pipe", "|"},
                                                             {"blank", " "},
                                                             {"double-colon", "::"}}};
constexpr std::array<Named<Role>, 11> roles{{{"ignore", Role::Ignore},
                                             {"user", Role::User},
                                             {"item", Role::Item},
                                             {"value", Role::Value},
                                             {"time", Role::Time},
                                             {"domain", Role::Domain},
                                             {"part", Role::Part},
                                             {"title", Role::Title},
                                             {"field", Role::Field},
                                             {"text", Role::Text},
                                             {"negative", Role::Negative}}};

template<typename Value, std::size_t count>
std::string_view nameIn(const std::array<Named<Value>, count>& names, const Value& value)
{
    for (const auto& [name, each] : names) {
        if (each == value) {
            return name;
        }
    }
    return {};
}

template<typename Value, std::size_t count>
std::optional<Value> valueIn(const std::array<Named<Value>, count>& names, std::string_view word)
{
    for (const auto& [name, each] : names) {
        if (name == word) {
            return each;
        }
    }
    return std::nullopt;
}

template<typename Value, std::size_t count>
std::vector<std::string> namesIn(const std::array<Named<Value>, count>& names)
{
    std::vector<std::string> words;
    for (const auto& [name, each] : names) {
        words.emplace_back(name);
    }
    return words;
}

tl::unexpected<Error> notOneOf(const std::string& path,
                               const Json& value,
                               const std::vector<std::string>& allowed)
{
    const std::string word = value.is_string() ? value.get<std::string>() : value.dump();
    const auto nearest = nearestWord(word, allowed);
    return fail(ErrorCode::InvalidInput,
                nearest ? TRANSLATABLE("errors", "%1 is \"%2\"; it must be one of %3. Did you mean %4?")
                        : TRANSLATABLE("errors", "%1 is \"%2\"; it must be one of %3."),
                {path, word, listed(allowed), nearest.value_or("")});
}

template<typename Value, std::size_t count>
Status takeWord(const Json& json,
                const char* key,
                const std::array<Named<Value>, count>& names,
                const std::string& path,
                Value& into)
{
    const auto found = json.find(key);
    if (found == json.end()) {
        return {};
    }
    const auto value = found->is_string() ? valueIn(names, found->template get<std::string>()) : std::nullopt;
    if (!value) {
        return notOneOf(path + "." + key, *found, namesIn(names));
    }
    into = *value;
    return {};
}

Status takeFlag(const Json& json, const char* key, const std::string& path, bool& into)
{
    const auto found = json.find(key);
    if (found == json.end()) {
        return {};
    }
    if (found->is_boolean()) {
        into = found->get<bool>();
        return {};
    }
    if (*found == "true" || *found == "yes") {
        into = true;
    } else if (*found == "false" || *found == "no") {
        into = false;
    } else {
        return notOneOf(path + "." + key, *found, {"true", "false"});
    }
    return {};
}

Status takeDelimiter(const Json& json, const std::string& path, std::string& into)
{
    const auto found = json.find("delimiter");
    if (found == json.end()) {
        return {};
    }
    const std::string word = found->is_string() ? found->get<std::string>() : std::string();
    if (const auto named = valueIn(delimiters, word)) {
        into = *named;
    } else if (word == "\\t") {
        into = "\t";
    } else if (word == "::" || (word.size() == 1 && word != "\n" && word != "\r" && word != "\"")) {
        into = word;
    } else {
        std::vector<std::string> allowed = namesIn(delimiters);
        allowed.emplace_back("one character");
        return notOneOf(path + ".delimiter", *found, allowed);
    }
    return {};
}

Status takeQuote(const Json& json, const std::string& path, char& into)
{
    const auto found = json.find("quote");
    if (found == json.end()) {
        return {};
    }
    const std::string word = found->is_string() ? found->get<std::string>() : std::string();
    if (word == "none" || (found->is_string() && word.empty())) {
        into = '\0';
    } else if (word.size() == 1 && word != "\n" && word != "\r") {
        into = word.front();
    } else {
        return notOneOf(path + ".quote", *found, {"\"", "'", "none"});
    }
    return {};
}

} // namespace

Json toJson(const Format& format)
{
    const std::string_view delimiter = nameIn(delimiters, std::string_view(format.delimiter));
    return {{"layout", nameIn(layouts, format.layout)},
            {"encoding", nameIn(encodings, format.encoding)},
            {"delimiter", delimiter.empty() ? std::string_view(format.delimiter) : delimiter},
            {"quote", format.quote == '\0' ? std::string("none") : std::string(1, format.quote)},
            {"header", format.header},
            {"compressed", format.compressed},
            {"repair", format.repairEntities}};
}

Result<Format> formatFrom(const Json& json, const Format& base, const std::string& path)
{
    Format format = base;
    const Status taken =
        refuseUnknownKeys(
            json, path, {"layout", "encoding", "delimiter", "quote", "header", "compressed", "repair"})
            .and_then([&] { return takeWord(json, "layout", layouts, path, format.layout); })
            .and_then([&] { return takeWord(json, "encoding", encodings, path, format.encoding); })
            .and_then([&] { return takeDelimiter(json, path, format.delimiter); })
            .and_then([&] { return takeQuote(json, path, format.quote); })
            .and_then([&] { return takeFlag(json, "header", path, format.header); })
            .and_then([&] { return takeFlag(json, "compressed", path, format.compressed); })
            .and_then([&] { return takeFlag(json, "repair", path, format.repairEntities); });
    if (!taken) {
        return passOn(taken);
    }
    return format;
}

std::string_view wordOf(Role role)
{
    return nameIn(roles, role);
}

std::optional<Role> roleFrom(std::string_view word)
{
    return valueIn(roles, word);
}

std::vector<Role> allRoles()
{
    std::vector<Role> all;
    std::ranges::transform(roles, std::back_inserter(all), &Named<Role>::second);
    return all;
}

std::vector<std::string> roleWords()
{
    return namesIn(roles);
}

std::string_view wordOf(ImportTarget target)
{
    switch (target) {
    case ImportTarget::Interactions:
        return "interactions";
    case ImportTarget::Items:
        return "items";
    case ImportTarget::Users:
        return "users";
    case ImportTarget::Links:
        return "links";
    case ImportTarget::Negatives:
        return "negatives";
    }
    return {};
}

std::optional<ImportTarget> importTargetFrom(std::string_view word)
{
    for (const ImportTarget target : {ImportTarget::Interactions,
                                      ImportTarget::Items,
                                      ImportTarget::Users,
                                      ImportTarget::Links,
                                      ImportTarget::Negatives}) {
        if (wordOf(target) == word) {
            return target;
        }
    }
    return std::nullopt;
}

} // namespace transept
