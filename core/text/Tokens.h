#pragma once

#include "core/text/Languages.h"
#include "core/text/Segmentation.h"
#include "core/text/StemRule.h"

#include <limits>
#include <unordered_map>

namespace transept {

/// One word of a document, by its number among the distinct words; breakWord where no phrase goes on.
struct Token
{
    std::uint32_t word = 0;
    float weight = 1.0F;
};
inline constexpr std::uint32_t breakWord = std::numeric_limits<std::uint32_t>::max();

/// Stands for a stem where a word has none: a stop word or a single letter or digit.
inline constexpr std::uint32_t noStem = std::numeric_limits<std::uint32_t>::max();

/// Documents as numbers. A stem is what words are compared by (StemRule). A word of two languages that have
/// stems of their own is two words.
struct Tokens
{
    std::vector<std::string> words;
    std::vector<std::uint32_t> stemOf; ///< by word; noStem for words that do not count
    std::vector<std::string> stems;
    std::unordered_map<std::string, std::uint32_t> stemNumbers;
    LanguageRule languages;

    std::vector<Token> tokens; ///< of all documents, one after the other
    std::vector<std::size_t> starts{0};

    std::size_t documentCount() const noexcept { return starts.size() - 1; }
    std::span<const Token> document(std::size_t at) const noexcept
    {
        return {tokens.data() + starts[at], starts[at + 1] - starts[at]};
    }
};

/// Splits all documents; numbers are given in the order of first appearance, so they depend on the documents
/// alone.
Result<Tokens> tokensOf(std::span<const Document> documents,
                        const WordOptions& options,
                        const JobContext& context);

/// Calls onToken(word) for every word of a text, and onBreak() where no phrase goes on. A number counts as a
/// term, but "12 ounces" is no phrase.
template<typename OnWord, typename OnBreak>
void forEachWord(Segmenter& segmenter, std::string_view text, const OnWord& onWord, const OnBreak& onBreak)
{
    for (Word& word : segmenter.words(text)) {
        if (word.afterBreak || word.isNumber) {
            onBreak();
        }
        onWord(std::move(word.text));
        if (word.isNumber) {
            onBreak();
        }
    }
}

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
