#pragma once

#include "core/base/Job.h"
#include "core/text/Segmentation.h"
#include "core/text/Stemming.h"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace transept {

/// A piece of an item's text; each of its words counts `weight` times.
struct TextPart
{
    std::string text;
    float weight = 1.0F;
};
using Document = std::vector<TextPart>;

/// One word of a document, by its number among the distinct words; breakWord where no phrase goes on.
struct Token
{
    std::uint32_t word = 0;
    float weight = 1.0F;
};
inline constexpr std::uint32_t breakWord = std::numeric_limits<std::uint32_t>::max();

/// Stands for a stem where a word has none: a stop word or a single letter or digit.
inline constexpr std::uint32_t noStem = std::numeric_limits<std::uint32_t>::max();

/// Documents as numbers. A stem is what words are compared by: without accents and, when wanted, without
/// endings.
struct Tokens
{
    std::vector<std::string> words;
    std::vector<std::uint32_t> stemOf; ///< by word; noStem for words that do not count
    std::vector<std::string> stems;
    std::unordered_map<std::string, std::uint32_t> stemNumbers;
    std::vector<std::vector<Token>> documents;
};

/// Turns words into stems, the same way for documents and for single texts.
class StemRule
{
public:
    explicit StemRule(bool stemEnglish) : m_stemEnglish(stemEnglish) {}

    /// Empty for a word that does not count.
    std::string stemOf(std::string_view word) const;

private:
    bool m_stemEnglish;
    Stemmer m_stemmer;
};

/// Splits all documents; numbers are given in the order of first appearance, so they depend on the documents
/// alone.
Result<Tokens> tokensOf(std::span<const Document> documents, bool stemEnglish, const JobContext& context);

/// Calls onStem(stem, weight), onPair(a, b, first, last) and onTriple(a, b, c, first, last) for every stem of
/// a document and for every two and three stems that follow each other with at most two stop words between
/// neighbours and no break. `first` and `last` are the places of the phrase's outer tokens.
template<typename OnStem, typename OnPair, typename OnTriple>
void forEachTerm(std::span<const Token> tokens,
                 std::span<const std::uint32_t> stemOf,
                 const OnStem& onStem,
                 const OnPair& onPair,
                 const OnTriple& onTriple)
{
    struct Place
    {
        std::uint32_t stem = noStem;
        std::size_t token = 0;
    };
    Place before;
    Place twoBefore;
    int stopWords = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const std::uint32_t stem = tokens[at].word == breakWord ? noStem : stemOf[tokens[at].word];
        if (stem == noStem) {
            if (tokens[at].word == breakWord || ++stopWords > 2) {
                before = {};
                twoBefore = {};
            }
            continue;
        }
        onStem(stem, tokens[at].weight);
        if (before.stem != noStem) {
            onPair(before.stem, stem, before.token, at);
            if (twoBefore.stem != noStem) {
                onTriple(twoBefore.stem, before.stem, stem, twoBefore.token, at);
            }
        }
        twoBefore = before;
        before = {stem, at};
        stopWords = 0;
    }
}

} // namespace transept
