#include "core/knowledge/Prompt.h"

#include "core/base/Words.h"
#include "core/knowledge/ReplyJson.h"

#include <algorithm>
#include <array>

namespace transept {

std::string_view cutText(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit) {
        return text;
    }
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) {
        --limit;
    }
    return text.substr(0, limit);
}

namespace {

constexpr std::array<std::string_view, 7> places = {
    "{title}", "{fields}", "{facets}", "{language}", "{domain}", "{history}", "{carry-over}"};
constexpr std::string_view languageMeaning = TRANSLATABLE("methods", "the language of the answer");
constexpr std::string_view facetsMeaning =
    TRANSLATABLE("methods", "the names of the facets, each with its meaning");
constexpr std::string_view domainMeaning = TRANSLATABLE("methods", "the name of the domain");
constexpr std::array<PromptPlace, 5> itemPlaces = {
    {{"{title}", TRANSLATABLE("methods", "the item's title"), true},
     {"{fields}", TRANSLATABLE("methods", "the item's other fields, one a line"), true},
     {"{facets}", facetsMeaning},
     {"{language}", languageMeaning},
     {"{domain}", domainMeaning}}};
constexpr std::array<PromptPlace, 5> personPlaces = {
    {{"{history}",
      TRANSLATABLE("methods", "what the person took, the latest last, and how it was rated"),
      true},
     {"{carry-over}", TRANSLATABLE("methods", "how tastes come into the domain from others")},
     {"{facets}", facetsMeaning},
     {"{language}", languageMeaning},
     {"{domain}", domainMeaning}}};
constexpr std::array<PromptPlace, 3> pairPlaces = {
    {{"{title}", TRANSLATABLE("methods", "the names of the two domains")},
     {"{fields}", TRANSLATABLE("methods", "items that the same people took, one pair a line"), true},
     {"{language}", languageMeaning}}};
constexpr std::string_view separator = "\n---\n"; // of system and user
constexpr JsonLimits contentLimits;

std::vector<std::string> wordsOf(std::span<const PromptPlace> known, bool onlySubjects)
{
    std::vector<std::string> words;
    for (const PromptPlace& place : known) {
        if (place.isSubject || !onlySubjects) {
            words.emplace_back(place.word);
        }
    }
    return words;
}

std::string fieldLines(const ItemText& item)
{
    std::string lines;
    for (const auto& [name, value] : item.fields) {
        lines += fmt::format("{}{}: {}", lines.empty() ? "" : "\n", name, value);
    }
    return lines;
}

/// The first choice of a chat reply; null when there is none.
const Json* choiceIn(const Json& reply)
{
    const auto choices = reply.find("choices");
    const bool isThere =
        choices != reply.end() && choices->is_array() && !choices->empty() && (*choices)[0].is_object();
    return isThere ? &(*choices)[0] : nullptr;
}

/// The JSON object in a text that may say more around it.
Result<Json> objectIn(std::string_view text)
{
    const std::size_t first = text.find('{');
    const std::size_t last = text.rfind('}');
    if (first == std::string_view::npos || last == std::string_view::npos || last < first) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The reply is not the JSON object that was asked for."));
    }
    return parseReply(text.substr(first, last - first + 1), contentLimits);
}

/// Without the characters that turn the direction of writing (U+202A ... U+202E, U+2066 ... U+2069) or take
/// no room (U+200B): they make a text look like another.
std::string withoutDirections(std::string text)
{
    for (const std::string_view mark : {"\u202A",
                                        "\u202B",
                                        "\u202C",
                                        "\u202D",
                                        "\u202E",
                                        "\u2066",
                                        "\u2067",
                                        "\u2068",
                                        "\u2069",
                                        "\u200B"}) {
        for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
            text.erase(at, mark.size());
        }
    }
    return text;
}

/// A text, a number, nothing, or a list of such.
bool isText(const Json& value)
{
    const auto isPlain = [](const Json& each) {
        return each.is_string() || each.is_number() || each.is_null();
    };
    return value.is_array() ? std::ranges::all_of(value, isPlain) : isPlain(value);
}

/// A value of the reply as one line of plain text; lists are joined.
std::string plainText(const Json& value)
{
    std::string text;
    for (const Json& part : value.is_array() ? value : Json::array({value})) {
        const std::string word = part.is_string()   ? part.get<std::string>()
                                 : part.is_number() ? part.dump()
                                                    : "";
        text += (text.empty() || word.empty() ? "" : ", ") + word;
    }
    return plainParagraph(std::move(text), longestFacet);
}

bool saysNothing(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text.empty() || text == "unknown" || text == "n/a" || text == "none" || text == "null" ||
           text == "未知";
}

} // namespace

std::span<const PromptPlace> promptPlaces(PromptSubject about)
{
    switch (about) {
    case PromptSubject::Items:
        return itemPlaces;
    case PromptSubject::People:
        return personPlaces;
    case PromptSubject::Pairs:
        break;
    }
    return pairPlaces;
}

Status checkPrompt(PromptSubject about, std::string_view promptTemplate)
{
    const std::span<const PromptPlace> known = promptPlaces(about);
    bool namesSubject = false;
    for (std::size_t open = promptTemplate.find('{'); open != std::string_view::npos;
         open = promptTemplate.find('{', open + 1)) {
        const std::size_t close = promptTemplate.find('}', open);
        const std::string_view word =
            promptTemplate.substr(open, close == std::string_view::npos ? close : close - open + 1);
        const auto place = std::ranges::find(known, word, &PromptPlace::word);
        if (place == known.end()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The prompt names %1; only %2 can be filled in."),
                        {std::string(cutText(word, 40)), listed(wordsOf(known, false))});
        }
        namesSubject = namesSubject || place->isSubject;
    }
    if (!namesSubject) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "The prompt does not say what it is about. Put one of these into it: %1."),
            {listed(wordsOf(known, true))});
    }
    return {};
}

namespace {

/// "topic, audience (who would like it)".
std::string facetList(const FacetQuestions& facets)
{
    std::vector<std::string> parts;
    for (const FacetQuestion& facet : facets) {
        parts.push_back(facet.meaning.empty() ? facet.name
                                              : fmt::format("{} ({})", facet.name, facet.meaning));
    }
    return listed(parts);
}

/// In one pass, so that braces in an item's own text are never taken for places.
std::string fillIn(std::string_view text, std::span<const std::string> fillings)
{
    std::string filled;
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        filled += text.substr(0, open);
        text.remove_prefix(open);
        const auto place =
            std::ranges::find_if(places, [&](std::string_view each) { return text.starts_with(each); });
        if (place != places.end()) {
            filled += fillings[static_cast<std::size_t>(place - places.begin())];
            text.remove_prefix(place->size());
        } else if (!text.empty()) {
            filled += text.front();
            text.remove_prefix(1);
        }
    }
    return filled;
}

} // namespace

RenderedPrompt renderPrompt(std::string_view promptTemplate,
                            const PromptFillings& fillings,
                            std::size_t textLimit)
{
    const std::array<std::string, places.size()> texts = {
        std::string(cutText(fillings.item.title, textLimit)),
        std::string(cutText(fieldLines(fillings.item), textLimit)),
        facetList(fillings.facets),
        fillings.language,
        fillings.domain,
        std::string(cutText(fieldLines(fillings.item), textLimit)),
        fillings.carryOver};
    const std::size_t end = promptTemplate.find(separator);
    if (end == std::string_view::npos) {
        return {.system = {}, .user = fillIn(promptTemplate, texts)};
    }
    return {.system = fillIn(promptTemplate.substr(0, end), texts),
            .user = fillIn(promptTemplate.substr(end + separator.size()), texts)};
}

Json messagesOf(const RenderedPrompt& prompt, bool systemRole)
{
    Json messages = Json::array();
    if (!prompt.system.empty() && systemRole) {
        messages.push_back({{"role", "system"}, {"content", prompt.system}});
    }
    const std::string before = prompt.system.empty() || systemRole ? "" : prompt.system + "\n\n";
    messages.push_back({{"role", "user"}, {"content", before + prompt.user}});
    return messages;
}

std::string plainParagraph(std::string text, std::size_t limit)
{
    std::ranges::replace_if(
        text, [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }, ' ');
    return std::string(cutText(trimmed(withoutDirections(std::move(text))), limit));
}

std::string passageOf(const ItemText& item, std::size_t textLimit)
{
    std::string passage = item.title;
    const std::string lines = fieldLines(item);
    passage += (passage.empty() || lines.empty() ? "" : "\n") + lines;
    return std::string(cutText(passage, textLimit));
}

std::size_t lengthOf(const ItemText& item)
{
    return std::max(item.title.size(), fieldLines(item).size());
}

std::size_t cutLength(const ItemText& item, std::size_t limit, int halvings)
{
    return halvings == 0 ? limit : std::min(limit, lengthOf(item)) >> halvings;
}

std::optional<std::string> contentOf(const Json& reply)
{
    const Json* choice = choiceIn(reply);
    const Json message = choice == nullptr ? Json() : choice->value("message", Json());
    const Json content = message.is_object() ? message.value("content", Json()) : Json();
    return content.is_string() ? std::optional(content.get<std::string>()) : std::nullopt;
}

bool isCut(const Json& reply)
{
    const Json* choice = choiceIn(reply);
    return choice != nullptr && choice->value("finish_reason", Json()) == "length";
}

Result<std::vector<StoredFacet>> facetsIn(const Json& reply, const FacetQuestions& facets)
{
    const std::optional<std::string> content = contentOf(reply);
    if (!content) {
        return fail(ErrorCode::InvalidInput, TRANSLATABLE("errors", "The reply holds no message."));
    }
    if (isCut(reply)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The reply was cut at the token limit. Raise max_tokens or ask for fewer facets."));
    }
    const Result<Json> object = objectIn(*content);
    if (!object) {
        return passOn(object);
    }
    std::vector<StoredFacet> found;
    for (const FacetQuestion& facet : facets) {
        const auto value = object->find(facet.name);
        if (value == object->end() || !isText(*value)) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The reply says nothing of %1, or not as a text."),
                        {facet.name});
        }
        const std::string text = plainText(*value);
        if (!saysNothing(text)) {
            found.push_back({.name = facet.name, .text = text});
        }
    }
    return found;
}

std::int64_t estimatedTokens(std::string_view text)
{
    std::int64_t eastAsian = 0;
    std::int64_t other = 0;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte >= 0xE3 && byte < 0xF0) {
            ++eastAsian;
        } else if ((byte & 0xC0U) != 0x80U) {
            ++other;
        }
    }
    return eastAsian + (other + 3) / 4;
}

} // namespace transept
