#pragma once

#include "core/text/Stemming.h"

#include <cstdint>
#include <set>
#include <span>

namespace transept {

/// Which words count, and what they are compared by.
struct WordOptions
{
    std::string language = "english";                 ///< one of stemmerLanguages(), "auto" or "none"
    bool stopWords = true;                            ///< leave the built-in ones out
    std::set<std::string, std::less<>> moreStopWords; ///< as foldedWords() gives them
};

/// The words of a list that people wrote, separated by commas, blanks or line ends, in the form of
/// Word::text.
std::set<std::string, std::less<>> foldedWords(std::string_view list);

/// Turns words into stems, the same way for documents and for single texts: without accents and, in the
/// languages that are stemmed, without endings.
class StemRule
{
public:
    StemRule() : StemRule({}, std::vector<std::string>{"english"}) {}
    StemRule(const WordOptions& options, std::span<const std::string> stemmers);

    /// Empty for a word that does not count: a stop word or a single letter or digit. `language`: its place
    /// among the stemmers.
    std::string stemOf(std::string_view word, std::uint8_t language) const;

    bool isStopped(std::string_view word) const;

private:
    WordOptions m_options;
    std::vector<std::string> m_languages;
    std::vector<Stemmer> m_stemmers;
};

} // namespace transept
