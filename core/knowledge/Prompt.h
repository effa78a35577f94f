#pragma once

#include "core/knowledge/FacetSchema.h"
#include "core/store/KnowledgeStore.h"

#include <string>
#include <string_view>
#include <vector>

namespace transept {

inline constexpr std::size_t longestFacet = 200; ///< bytes of a facet's text

/// The prompt that the program proposes. What stands above a line of three hyphens goes to the model as a
/// message of the system, what stands below as one of the user.
extern const std::string_view defaultPrompt;

/// What takes the places in a prompt: {title}, {fields}, {facets}, {language} and {domain}.
struct PromptFillings
{
    const ItemText& item;
    const FacetQuestions& facets;
    std::string language;
    std::string domain;
};

struct RenderedPrompt
{
    std::string system; ///< may be empty
    std::string user;
};

/// InvalidInput when the template names something in braces that cannot be filled in, or has no place for the
/// item.
Status checkPrompt(std::string_view promptTemplate);

/// The template filled in for one item; each of its texts is cut to `textLimit` bytes, between characters.
RenderedPrompt renderPrompt(std::string_view promptTemplate,
                            const PromptFillings& fillings,
                            std::size_t textLimit);

/// The item's text as one passage: title, then "name: value" for each field; cut to `textLimit` bytes,
/// between characters.
std::string passageOf(const ItemText& item, std::size_t textLimit);

/// The longer of the texts that renderPrompt() and passageOf() cut, in bytes.
std::size_t lengthOf(const ItemText& item);

/// The facets that a chat reply (the body of /chat/completions) gives. An empty list: the model knows nothing
/// of this item. Otherwise InvalidInput with what is wrong: cut at the token limit, no JSON object, a facet
/// missing or no text. What was not asked for is dropped.
Result<std::vector<StoredFacet>> facetsIn(const Json& reply, const FacetQuestions& facets);

/// The text of a chat reply; nothing when it has none.
std::optional<std::string> contentOf(const Json& reply);

/// Whether a chat reply ended at the token limit.
bool isCut(const Json& reply);

/// Not longer than `limit` bytes, cut between characters.
std::string_view cutText(std::string_view text, std::size_t limit);

/// About how many tokens a text has: a quarter of its bytes for alphabets, one a character for East Asian
/// text.
std::int64_t estimatedTokens(std::string_view text);

} // namespace transept
