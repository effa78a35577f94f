#include "core/text/StemRule.h"

#include "core/text/Segmentation.h"
#include "core/text/StopWords.h"

#include <algorithm>

namespace transept {
namespace {

/// "l'amour", "dell'arte": the noun without the article that has lost its vowel.
std::string_view withoutElision(std::string_view word)
{
    constexpr std::size_t longestArticle = 5;
    const std::size_t apostrophe = word.find('\'');
    const bool isElided = apostrophe <= longestArticle && apostrophe + 1 < word.size();
    return isElided ? word.substr(apostrophe + 1) : word;
}

bool elides(std::string_view language)
{
    return language == "french" || language == "italian" || language == "catalan";
}

} // namespace

std::set<std::string, std::less<>> foldedWords(std::string_view list)
{
    constexpr std::string_view separators = ", \t\r\n";
    std::set<std::string, std::less<>> words;
    const std::string all = folded(list); // which makes a full-width comma a comma
    std::string_view rest = all;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(separators), rest.size());
        if (end > 0) {
            words.emplace(rest.substr(0, end));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return words;
}

StemRule::StemRule(const WordOptions& options, std::span<const std::string> stemmers)
    : m_options(options)
    , m_languages(stemmers.begin(), stemmers.end())
    , m_stemmers(stemmers.begin(), stemmers.end())
{
}

bool StemRule::isStopped(std::string_view word) const
{
    return (m_options.stopWords && isStopWord(word)) || m_options.moreStopWords.contains(word);
}

std::string StemRule::stemOf(std::string_view word, std::uint8_t language) const
{
    if (word.size() < 2 || isStopped(word)) {
        return {};
    }
    const std::string& name = m_languages[language];
    if (name != "english" && name != "none") { // accents tell endings apart
        return withoutAccents(m_stemmers[language].stem(elides(name) ? withoutElision(word) : word));
    }
    std::string bare = withoutAccents(word);
    if (bare.ends_with("'s")) {
        bare.resize(bare.size() - 2);
    }
    return m_stemmers[language].stem(bare);
}

} // namespace transept
