#include "core/knowledge/FacetKey.h"

#include "core/text/Segmentation.h"
#include "core/text/Utf8.h"

#include <algorithm>

namespace transept {
namespace {

bool isAsciiLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

/// Of folded text: all but ASCII letters and digits, General Punctuation, CJK Symbols, and middle dots.
bool isBetweenWords(char32_t character)
{
    if (character < 0x80) {
        const auto c = static_cast<char>(character);
        return !isAsciiLetter(c) && !(c >= '0' && c <= '9');
    }
    return (character >= 0x2000 && character <= 0x206F) || (character >= 0x3000 && character <= 0x303F) ||
           character == 0xB7 || character == 0x30FB;
}

bool endsWithAny(std::string_view word, std::initializer_list<std::string_view> endings)
{
    return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
}

/// A word without the ending of the plural; "story", "stories", "movie" and "movies" end in "i" then.
void dropPlural(std::string& word)
{
    constexpr std::size_t shortest = 4;
    if (word.size() < shortest || !std::ranges::all_of(word, isAsciiLetter)) {
        return;
    }
    if (endsWithAny(word, {"ies", "xes", "zes", "ches", "shes", "sses"})) {
        word.resize(word.size() - 2);
    } else if (word.ends_with('y') && !endsWithAny(word, {"ay", "ey", "oy", "uy"})) {
        word.back() = 'i';
    } else if (word.ends_with("ie") || (word.ends_with('s') && !endsWithAny(word, {"ss", "us", "is"}))) {
        word.pop_back();
    }
}

} // namespace

std::string facetKey(std::string_view text)
{
    const std::string line = folded(text);
    std::string key;
    std::string word;
    const auto endWord = [&] {
        dropPlural(word);
        key += word;
        word.clear();
    };
    for (std::string_view rest = line; !rest.empty();) {
        const CodePoint next = firstCodePoint(rest).value_or(CodePoint{U' ', 1});
        if (isBetweenWords(next.value)) {
            endWord();
        } else {
            word += rest.substr(0, next.bytes);
        }
        rest.remove_prefix(next.bytes);
    }
    endWord();
    return key;
}

PartOfText::PartOfText(std::string_view part) : m_part(folded(part)) {}

bool PartOfText::isIn(std::string_view text) const
{
    return m_part.empty() || folded(text).find(m_part) != std::string::npos;
}

} // namespace transept
