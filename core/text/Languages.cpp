#include "core/text/Languages.h"

#include "core/base/Parallel.h"
#include "core/text/Stemming.h"
#include "core/text/Utf8.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <cstdio> // the next header needs it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace transept {
namespace {

constexpr int leastBytes = 20; ///< of letters and blanks; below, detection is a guess

/// The language of texts that are mostly in a script that one language has to itself.
std::string languageOfScript(std::string_view text)
{
    std::size_t han = 0;
    std::size_t kana = 0;
    std::size_t hangul = 0;
    std::size_t others = 0;
    while (!text.empty()) {
        const CodePoint character = firstCodePoint(text).value_or(CodePoint{0, 1});
        text.remove_prefix(character.bytes);
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(static_cast<UChar32>(character.value), &status);
        han += script == USCRIPT_HAN ? 1 : 0;
        kana += script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ? 1 : 0;
        hangul += script == USCRIPT_HANGUL ? 1 : 0;
        const bool isSign = script == USCRIPT_COMMON || script == USCRIPT_INHERITED;
        others += character.value < 0x3000 && !isSign ? 1 : 0;
    }
    if (han + kana + hangul <= others / 3) { // a character says as much as three letters
        return {};
    }
    return hangul > han + kana ? "korean" : kana > 0 ? "japanese" : "chinese";
}

std::string joined(std::span<const TextPart> document)
{
    std::string text;
    for (const TextPart& part : document) {
        text += part.text + '\n';
    }
    return text;
}

} // namespace

std::string languageOf(std::string_view text)
{
    if (std::string byScript = languageOfScript(text); !byScript.empty()) {
        return byScript;
    }
    CLD2::Language three[3] = {};
    int shares[3] = {};
    int bytes = 0;
    bool isReliable = false;
    const CLD2::Language found = CLD2::DetectLanguageSummary(
        text.data(), static_cast<int>(text.size()), true, three, shares, &bytes, &isReliable);
    if (!isReliable || bytes < leastBytes || found == CLD2::UNKNOWN_LANGUAGE) {
        return {};
    }
    std::string name = CLD2::LanguageName(found); // "ENGLISH", "NORWEGIAN_N", "ChineseT"
    name.resize(std::min(name.find('_'), name.size()));
    std::ranges::transform(
        name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name == "chineset" ? "chinese" : name;
}

Result<LanguageRule> LanguageRule::detected(std::span<const Document> documents, const JobContext& context)
{
    std::vector<std::string> languages(documents.size());
    forEachBlock(documents.size(), 256, [&](std::size_t, std::size_t first, std::size_t last) {
        if (!context.checkpoint()) {
            return;
        }
        for (std::size_t at = first; at < last; ++at) {
            languages[at] = languageOf(joined(documents[at]));
        }
    });
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    std::map<std::string, std::size_t> counts;
    std::size_t detected = 0;
    for (const std::string& language : languages) {
        counts[language] += language.empty() ? 0 : 1;
        detected += language.empty() ? 0 : 1;
    }
    const auto most = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
    if (detected == 0) {
        return LanguageRule();
    }
    LanguageRule rule;
    rule.m_stemmers.clear();
    rule.m_places.emplace(most->first, rule.stemmerFor(most->first));
    for (const auto& [language, count] : counts) {
        if (!language.empty() && static_cast<double>(count) >= leastShare * static_cast<double>(detected)) {
            rule.m_places.emplace(language, rule.stemmerFor(language));
        }
    }
    return rule;
}

std::uint8_t LanguageRule::of(std::span<const TextPart> document) const
{
    if (m_places.size() < 2) {
        return 0;
    }
    const auto place = m_places.find(languageOf(joined(document)));
    return place == m_places.end() ? std::uint8_t{0} : place->second;
}

/// Chinese, Japanese and Korean texts have no endings to drop, but English words among them do.
std::uint8_t LanguageRule::stemmerFor(const std::string& language)
{
    const bool isEastAsian = language == "chinese" || language == "japanese" || language == "korean";
    const std::string wanted = isEastAsian ? "english" : language;
    const std::string stemmer = std::ranges::binary_search(stemmerLanguages(), wanted) ? wanted : "none";
    const auto found = std::ranges::find(m_stemmers, stemmer);
    const auto place = static_cast<std::uint8_t>(found - m_stemmers.begin());
    if (found == m_stemmers.end()) {
        m_stemmers.push_back(stemmer);
    }
    return place;
}

} // namespace transept
