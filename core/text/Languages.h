#pragma once

#include "core/base/Job.h"
#include "core/text/Document.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// The language of a text by its English name in lower case ("english", "chinese"): by the script where that
/// says it (Chinese, Japanese, Korean), else by the Compact Language Detector 2. Empty for texts that are too
/// short to tell (below 20 bytes of letters and blanks) or of no language.
std::string languageOf(std::string_view text);

/// Which stems each document of a collection gets. Titles are short and full of names, so a detection counts
/// only where the collection bears it out: for languages that at least a twentieth of its detected documents
/// are in. All other documents are taken to be in the most frequent one.
class LanguageRule
{
public:
    static constexpr double leastShare = 0.05;

    /// All documents are in this language, or "none".
    explicit LanguageRule(std::string language = "english") : m_stemmers{std::move(language)} {}
    static Result<LanguageRule> detected(std::span<const Document> documents, const JobContext& context);

    /// A rule that was found before, by what stemmers() and places() gave.
    LanguageRule(std::vector<std::string> stemmers, std::map<std::string, std::uint8_t> places)
        : m_stemmers(std::move(stemmers))
        , m_places(std::move(places))
    {
    }

    /// The languages whose stems are made, or "none"; the first is that of documents of unknown language.
    std::span<const std::string> stemmers() const { return m_stemmers; }

    const std::map<std::string, std::uint8_t>& places() const { return m_places; }

    /// The place among stemmers() of a document's language.
    std::uint8_t of(std::span<const TextPart> document) const;

private:
    std::uint8_t stemmerFor(const std::string& language);

    std::vector<std::string> m_stemmers;
    std::map<std::string, std::uint8_t> m_places; ///< by language; empty when nothing is detected
};

} // namespace transept
