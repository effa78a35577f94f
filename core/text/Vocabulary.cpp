#include "core/text/Vocabulary.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::uint32_t noTerm = std::numeric_limits<std::uint32_t>::max();

struct StemCounts
{
    std::vector<std::int64_t> documents; ///< by stem
    std::vector<std::uint32_t> mostFrequentWord;
    std::int64_t withText = 0; ///< documents
};

StemCounts countStems(const Tokens& tokens)
{
    StemCounts counts{std::vector<std::int64_t>(tokens.stems.size()), {}, 0};
    std::vector<std::size_t> lastDocument(tokens.stems.size(), 0); // counted from 1
    std::vector<std::int64_t> wordCounts(tokens.words.size());
    for (std::size_t document = 0; document < tokens.documents.size(); ++document) {
        for (const Token& token : tokens.documents[document]) {
            const std::uint32_t stem = token.word == breakWord ? noStem : tokens.stemOf[token.word];
            if (stem == noStem) {
                continue;
            }
            ++wordCounts[token.word];
            if (lastDocument[stem] != document + 1) {
                lastDocument[stem] = document + 1;
                ++counts.documents[stem];
            }
        }
        counts.withText += tokens.documents[document].empty() ? 0 : 1;
    }
    counts.mostFrequentWord.assign(tokens.stems.size(), noStem);
    for (std::uint32_t word = 0; word < tokens.words.size(); ++word) {
        if (tokens.stemOf[word] == noStem) {
            continue;
        }
        std::uint32_t& best = counts.mostFrequentWord[tokens.stemOf[word]];
        if (best == noStem || wordCounts[word] > wordCounts[best]) {
            best = word;
        }
    }
    return counts;
}

/// A term before it has a number; `origin` is a stem or a phrase.
struct Candidate
{
    Term term;
    std::uint32_t origin = 0;
};

std::string keyOf(const Tokens& tokens, const Phrase& phrase)
{
    std::string key;
    for (const std::uint32_t stem : phrase.stems) {
        if (stem != noStem) {
            key += (key.empty() ? "" : " ") + tokens.stems[stem];
        }
    }
    return key;
}

std::vector<Candidate> candidates(const Tokens& tokens,
                                  const StemCounts& counts,
                                  std::span<const Phrase> phrases,
                                  const VocabularyOptions& options)
{
    std::vector<Candidate> found;
    const double most = options.maxDocumentShare * static_cast<double>(counts.withText);
    const auto fits = [&](std::int64_t documents) {
        return documents >= options.minDocuments && static_cast<double>(documents) <= std::max(most, 1.0);
    };
    for (std::uint32_t stem = 0; stem < tokens.stems.size(); ++stem) {
        if (fits(counts.documents[stem])) {
            const std::string& shown = tokens.words[counts.mostFrequentWord[stem]];
            found.push_back(
                {{.key = tokens.stems[stem], .shown = shown, .documents = counts.documents[stem]}, stem});
        }
    }
    for (std::uint32_t number = 0; number < phrases.size(); ++number) {
        const Phrase& phrase = phrases[number];
        if (fits(phrase.documents)) {
            found.push_back({{.key = keyOf(tokens, phrase),
                              .shown = phrase.shown,
                              .documents = phrase.documents,
                              .isPhrase = true},
                             number});
        }
    }
    return found;
}

void keepMostFrequent(std::vector<Candidate>& found, std::size_t maxTerms)
{
    if (found.size() > maxTerms) {
        std::ranges::nth_element(found,
                                 found.begin() + static_cast<std::ptrdiff_t>(maxTerms),
                                 [](const Candidate& a, const Candidate& b) {
                                     return std::tie(b.term.documents, a.term.key) <
                                            std::tie(a.term.documents, b.term.key);
                                 });
        found.resize(maxTerms);
    }
    std::ranges::sort(found, {}, [](const Candidate& each) -> const std::string& { return each.term.key; });
}

/// Adds up the counts of equal terms, weighs them and scales the row to length 1.
SparseVector weighed(SparseVector counts, std::span<const Term> terms)
{
    std::ranges::sort(counts, {}, &SparseVector::value_type::first);
    SparseVector row;
    for (const auto& [term, count] : counts) {
        if (!row.empty() && row.back().first == term) {
            row.back().second += count;
        } else {
            row.emplace_back(term, count);
        }
    }
    double squares = 0.0;
    for (auto& [term, value] : row) {
        value = (value >= 1.0F ? 1.0F + std::log(value) : value) * terms[term].inverseFrequency;
        squares += static_cast<double>(value) * static_cast<double>(value);
    }
    const auto scale = squares > 0.0 ? static_cast<float>(1.0 / std::sqrt(squares)) : 0.0F;
    for (auto& [term, value] : row) {
        value *= scale;
    }
    return row;
}

} // namespace

Result<Vocabulary> Vocabulary::of(const Tokens& tokens,
                                  const VocabularyOptions& options,
                                  const JobContext& context)
{
    const StemCounts counts = countStems(tokens);
    std::vector<Phrase> phrases;
    if (options.phrases) {
        const PhraseOptions phraseOptions{.minDocuments = std::max<std::int64_t>(3, options.minDocuments)};
        Result<std::vector<Phrase>> found = findPhrases(tokens, counts.documents, phraseOptions, context);
        if (!found) {
            return passOn(found);
        }
        phrases = std::move(*found);
    }
    std::vector<Candidate> found = candidates(tokens, counts, phrases, options);
    keepMostFrequent(found, options.maxTerms);

    Vocabulary vocabulary;
    vocabulary.m_rule = StemRule(options.stem);
    vocabulary.m_stemNumbers = tokens.stemNumbers;
    vocabulary.m_phrases = PhraseIndex(phrases);
    vocabulary.m_termOfStem.assign(tokens.stems.size(), noTerm);
    vocabulary.m_termOfPhrase.assign(phrases.size(), noTerm);
    for (Candidate& each : found) {
        auto& termOf = each.term.isPhrase ? vocabulary.m_termOfPhrase : vocabulary.m_termOfStem;
        termOf[each.origin] = static_cast<std::uint32_t>(vocabulary.m_terms.size());
        const double ratio =
            (1.0 + static_cast<double>(counts.withText)) / (1.0 + static_cast<double>(each.term.documents));
        each.term.inverseFrequency =
            static_cast<float>((std::log(ratio) + 1.0) * (each.term.isPhrase ? phraseWeight : 1.0));
        vocabulary.m_terms.push_back(std::move(each.term));
    }
    return vocabulary;
}

std::optional<std::uint32_t> Vocabulary::find(std::string_view key) const
{
    const auto found = std::ranges::lower_bound(m_terms, key, {}, &Term::key);
    if (found == m_terms.end() || found->key != key) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(found - m_terms.begin());
}

SparseVector Vocabulary::weigh(std::span<const Token> document, std::span<const std::uint32_t> stemOf) const
{
    SparseVector counts;
    const auto add = [&](std::uint32_t term, float weight) {
        if (term != noTerm) {
            counts.emplace_back(term, weight);
        }
    };
    const auto addPhrase = [&](std::uint32_t phrase, std::size_t last) {
        if (phrase != PhraseIndex::none) {
            add(m_termOfPhrase[phrase], document[last].weight);
        }
    };
    forEachTerm(
        document,
        stemOf,
        [&](std::uint32_t stem, float weight) { add(m_termOfStem[stem], weight); },
        [&](std::uint32_t a, std::uint32_t b, std::size_t, std::size_t last) {
            addPhrase(m_phrases.find(a, b), last);
        },
        [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::size_t, std::size_t last) {
            addPhrase(m_phrases.find(a, b, c), last);
        });
    return weighed(std::move(counts), m_terms);
}

SparseVector Vocabulary::weigh(Segmenter& segmenter, std::string_view text) const
{
    std::vector<Token> tokens;
    std::vector<std::uint32_t> stemOf;
    for (const Word& word : segmenter.words(text)) {
        if (word.afterBreak || word.isNumber) {
            tokens.push_back({breakWord, 0.0F});
        }
        const auto stem = m_stemNumbers.find(m_rule.stemOf(word.text));
        tokens.push_back({static_cast<std::uint32_t>(stemOf.size()), 1.0F});
        stemOf.push_back(stem == m_stemNumbers.end() ? noStem : stem->second);
        if (word.isNumber) {
            tokens.push_back({breakWord, 0.0F});
        }
    }
    return weigh(tokens, stemOf);
}

} // namespace transept
