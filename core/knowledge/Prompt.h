#pragma once

#include "core/base/Json.h"
#include "core/store/KnowledgeStore.h"

#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// The prompt that the program proposes; {title}, {fields} and {facets} are filled in for every item.
extern const std::string_view defaultPrompt;

/// InvalidInput when the template names something in braces that cannot be filled in, or has no place for the
/// item.
Status checkPrompt(std::string_view promptTemplate);

/// The template filled in for one item; its text is cut to `textLimit` characters.
std::string renderPrompt(std::string_view promptTemplate,
                         const ItemText& item,
                         const std::vector<std::string>& facets,
                         std::size_t textLimit);

/// The item's text as one passage: title, then "name: value" for each field; cut to `textLimit` characters.
std::string passageOf(const ItemText& item, std::size_t textLimit);

/// "topic, genre, mood" as words; InvalidInput when there is none, more than 16, or one that is no plain
/// word.
Result<std::vector<std::string>> facetNames(std::string_view list);

/// The JSON schema of a reply: an object with a short text for every facet and nothing else.
Json facetSchema(const std::vector<std::string>& facets);

/// The facets that a chat reply (the body of /chat/completions) gives. An empty list: the model knows nothing
/// of this item. Otherwise InvalidInput with what is wrong: cut at the token limit, no JSON object, none of
/// the facets in it.
Result<std::vector<StoredFacet>> facetsIn(const Json& reply, const std::vector<std::string>& facets);

/// About how many tokens a text has: a quarter of its bytes for alphabets, one a character for East Asian
/// text.
std::int64_t estimatedTokens(std::string_view text);

} // namespace transept
