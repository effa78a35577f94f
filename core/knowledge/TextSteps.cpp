#include "core/knowledge/TextSteps.h"

#include "core/knowledge/ItemTexts.h"
#include "core/knowledge/LexicalTexts.h"

#include <fmt/format.h>

namespace transept {
namespace {

/// A word of the item, and what becomes of it.
struct Fate
{
    std::string word;
    std::string stem; ///< empty when it does not count
};

/// The chosen texts as they stand in the workspace, a line each.
Result<std::vector<std::string>> storedLines(const Workspace& workspace,
                                             const Extraction& extraction,
                                             ItemId item)
{
    const std::vector<std::string>& fields = extraction.request.fields;
    const auto isChosen = [&](std::string_view field) {
        return std::ranges::find(fields, field) != fields.end();
    };
    Result<Statement> rows =
        workspace.database().prepare("SELECT ?2, coalesce(title, '') FROM item WHERE id = ?1"
                                     " UNION ALL SELECT * FROM (SELECT name, value FROM item_field"
                                     " WHERE item = ?1 ORDER BY name)");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, number(item)).bind(2, titleField);
    std::vector<std::string> lines;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        if (isChosen(rows->text(0)) && !rows->text(1).empty()) {
            lines.push_back(fmt::format("{}: {}", rows->text(0), rows->text(1)));
        }
    }
    return row ? Result<std::vector<std::string>>(std::move(lines)) : passOn(row);
}

std::vector<std::string> cleanedLines(const ItemText& text)
{
    std::vector<std::string> lines;
    if (!text.title.empty()) {
        lines.push_back(fmt::format("{}: {}", titleField, text.title));
    }
    for (const auto& [name, value] : text.fields) {
        lines.push_back(fmt::format("{}: {}", name, value));
    }
    return lines;
}

/// The words in their order; "/" stands where no phrase goes on.
Result<std::vector<std::string>> wordsOf(const Document& document)
{
    Result<Segmenter> segmenter = Segmenter::create();
    if (!segmenter) {
        return passOn(segmenter);
    }
    std::vector<std::string> words;
    for (const TextPart& part : document) {
        forEachWord(
            *segmenter,
            part.text,
            [&](std::string&& word) { words.push_back(std::move(word)); },
            [&] {
                if (!words.empty() && words.back() != "/") {
                    words.emplace_back("/");
                }
            });
    }
    return words;
}

std::vector<Fate> fatesOf(std::span<const std::string> words,
                          const Document& document,
                          const Vocabulary& vocabulary)
{
    const std::uint8_t language = vocabulary.languages().of(document);
    std::vector<Fate> fates;
    for (const std::string& word : words) {
        const auto isSame = [&](const Fate& fate) { return fate.word == word; };
        if (word != "/" && std::ranges::none_of(fates, isSame)) {
            fates.push_back({word, vocabulary.rule().stemOf(word, language)});
        }
    }
    return fates;
}

/// The texts that `shown` makes of the fates that it wants; it returns an empty one for others.
template<typename Shown>
std::vector<std::string> partsOf(std::span<const Fate> fates, const Shown& shown)
{
    std::vector<std::string> parts;
    for (const Fate& fate : fates) {
        if (std::string part = shown(fate); !part.empty()) {
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

/// Terms of the row that `isWanted`, the heaviest first, with weight and number of items.
template<typename IsWanted>
std::vector<std::string> termsOf(SparseVector row, const Vocabulary& vocabulary, const IsWanted& isWanted)
{
    std::ranges::stable_sort(row, std::greater(), &SparseVector::value_type::second);
    std::vector<std::string> parts;
    for (const auto& [number, weight] : row) {
        const Term& term = vocabulary.terms()[number];
        if (isWanted(term)) {
            parts.push_back(fmt::format("{} {:.3f} ({})", term.shown, weight, term.documents));
        }
    }
    return parts;
}

std::string languageStep(const Document& document, const LanguageRule& rule)
{
    std::string text;
    for (const TextPart& part : document) {
        text += part.text + "\n";
    }
    const std::string told = languageOf(text);
    return fmt::format("{} → {}", told.empty() ? "?" : told, rule.stemmers()[rule.of(document)]);
}

} // namespace

Result<std::vector<TextStep>> textSteps(const Workspace& workspace,
                                        const Extraction& extraction,
                                        const WeighedTexts& weighed,
                                        std::size_t item)
{
    const ItemText& text = weighed.texts[item];
    const Document document = documentOf(text, extraction.settings.single("title-weight"));
    Result<std::vector<std::string>> stored = storedLines(workspace, extraction, text.item);
    Result<std::vector<std::string>> words = wordsOf(document);
    if (!stored || !words) {
        return stored ? passOn(words) : passOn(stored);
    }
    const Vocabulary& vocabulary = weighed.corpus.vocabulary;
    const std::vector<Fate> fates = fatesOf(*words, document, vocabulary);
    const SparseVector& row = weighed.corpus.rows[item];
    const auto isLeftOut = [](const Fate& fate) { return fate.stem.empty() ? fate.word : std::string(); };
    const auto stem = [](const Fate& fate) {
        return fate.stem.empty() ? std::string() : fmt::format("{} → {}", fate.word, fate.stem);
    };
    const auto noTerm = [&](const Fate& fate) {
        return fate.stem.empty() || vocabulary.find(fate.stem) ? std::string() : fate.word;
    };
    return std::vector<TextStep>{
        {TRANSLATABLE("methods", "As it is stored"), std::move(*stored), true},
        {TRANSLATABLE("methods", "Cleaned"), cleanedLines(text), true},
        {TRANSLATABLE("methods", "Language, and whose stems"),
         {languageStep(document, vocabulary.languages())}},
        {TRANSLATABLE("methods", "Words"), std::move(*words)},
        {TRANSLATABLE("methods", "Stop words and single characters"), partsOf(fates, isLeftOut)},
        {TRANSLATABLE("methods", "Stems"), partsOf(fates, stem)},
        {TRANSLATABLE("methods", "Too common or too rare"), partsOf(fates, noTerm)},
        {TRANSLATABLE("methods", "Phrases: weight (items)"),
         termsOf(row, vocabulary, [](const Term& term) { return term.isPhrase; })},
        {TRANSLATABLE("methods", "Terms: weight (items)"),
         termsOf(row, vocabulary, [](const Term& term) { return !term.isPhrase; })}};
}

} // namespace transept
