#pragma once

#include "core/knowledge/FacetSchema.h"
#include "core/store/KnowledgeStore.h"
#include "core/store/PromptTemplates.h"

#include <string>
#include <string_view>
#include <vector>

namespace transept {

inline constexpr std::size_t longestFacet = 200; ///< bytes of a facet's text

/// The prompt that the program proposes (resources/prompts). What stands above a line of three hyphens goes
/// to the model as a message of the system, what stands below as one of the user.
extern const std::string_view defaultPrompt;

/// The same about a person: the fields are what the person took, each with its rating.
extern const std::string_view defaultUserPrompt;

/// The same about a pair of domains: the title names them, the fields are items that the same people took.
extern const std::string_view defaultPairPrompt;

/// A place in a prompt, and what takes it.
struct PromptPlace
{
    std::string_view word;    ///< {title}
    std::string_view meaning; ///< TRANSLATABLE("methods", ...)
    bool isSubject = false;   ///< one of these a prompt must have: without it nothing is said of the matter
};
std::span<const PromptPlace> promptPlaces(PromptSubject about);

/// What takes the places: the title, the fields (of a person the history), and so on.
struct PromptFillings
{
    const ItemText& item;
    const FacetQuestions& facets;
    std::string language;
    std::string domain;
    std::string carryOver = {}; ///< how tastes come into the domain from others
};

struct RenderedPrompt
{
    std::string system; ///< may be empty
    std::string user;
};

/// InvalidInput when the template names something in braces that cannot be filled in, or has no place for
/// what it is about.
Status checkPrompt(PromptSubject about, std::string_view promptTemplate);

/// The template filled in for one item; each of its texts is cut to `textLimit` bytes, between characters.
RenderedPrompt renderPrompt(std::string_view promptTemplate,
                            const PromptFillings& fillings,
                            std::size_t textLimit);

/// The messages of a request to a chat model; without a role for the system its message begins the user's.
Json messagesOf(const RenderedPrompt& prompt, bool systemRole);

/// The item's text as one passage: title, then "name: value" for each field; cut to `textLimit` bytes,
/// between characters.
std::string passageOf(const ItemText& item, std::size_t textLimit);

/// The longer of the texts that renderPrompt() and passageOf() cut, in bytes.
std::size_t lengthOf(const ItemText& item);

/// Where an item's texts are cut when the text was halved so often: at the limit, or at that part of the
/// longest.
std::size_t cutLength(const ItemText& item, std::size_t limit, int halvings);

/// The facets that a chat reply (the body of /chat/completions) gives. An empty list: the model knows nothing
/// of this item. Otherwise InvalidInput with what is wrong: cut at the token limit, no JSON object, a facet
/// missing or no text. What was not asked for is dropped.
Result<std::vector<StoredFacet>> facetsIn(const Json& reply, const FacetQuestions& facets);

/// The text of a chat reply; nothing when it has none.
std::optional<std::string> contentOf(const Json& reply);

/// Whether a chat reply ended at the token limit.
bool isCut(const Json& reply);

/// A text of a model as one paragraph of plain text: no control characters, none that turn the direction of
/// writing; cut to `limit` bytes.
std::string plainParagraph(std::string text, std::size_t limit);

/// Not longer than `limit` bytes, cut between characters.
std::string_view cutText(std::string_view text, std::size_t limit);

/// About how many tokens a text has: a quarter of its bytes for alphabets, one a character for East Asian
/// text.
std::int64_t estimatedTokens(std::string_view text);

} // namespace transept
