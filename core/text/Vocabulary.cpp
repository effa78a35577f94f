#include "core/text/Vocabulary.h"

#include "core/base/Interruptible.h"

#include <algorithm>
#include <cmath>

namespace transept {

/// A term before it has a number; `origin` is a stem or a phrase.
struct TermCandidate
{
    Term term;
    std::uint32_t origin = 0;
};

namespace {

struct StemCounts
{
    std::vector<std::int64_t> documents; ///< by stem
    std::vector<std::uint32_t> mostFrequentWord;
    std::int64_t withText = 0; ///< documents
    double length = 0.0;       ///< of all documents: their words that count, with their weights
};

Result<StemCounts> countStems(const Tokens& tokens, const JobContext& context)
{
    StemCounts counts{std::vector<std::int64_t>(tokens.stems.size()), {}};
    std::vector<std::size_t> lastDocument(tokens.stems.size(), 0); // counted from 1
    std::vector<std::int64_t> wordCounts(tokens.words.size());
    for (std::size_t document = 0; document < tokens.documentCount(); ++document) {
        if (const Status goOn = everyFewThousand(document, context); !goOn) {
            return passOn(goOn);
        }
        for (const Token& token : tokens.document(document)) {
            const std::uint32_t stem = token.word == breakWord ? noStem : tokens.stemOf[token.word];
            if (stem == noStem) {
                continue;
            }
            ++wordCounts[token.word];
            counts.length += static_cast<double>(token.weight);
            if (lastDocument[stem] != document + 1) {
                lastDocument[stem] = document + 1;
                ++counts.documents[stem];
            }
        }
        counts.withText += tokens.document(document).empty() ? 0 : 1;
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

std::vector<TermCandidate> candidates(const Tokens& tokens,
                                      const StemCounts& counts,
                                      std::span<const Phrase> phrases,
                                      const VocabularyOptions& options)
{
    std::vector<TermCandidate> found;
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

void keepMostFrequent(std::vector<TermCandidate>& found, std::size_t maxTerms)
{
    if (found.size() > maxTerms) {
        std::ranges::nth_element(found,
                                 found.begin() + static_cast<std::ptrdiff_t>(maxTerms),
                                 [](const TermCandidate& a, const TermCandidate& b) {
                                     return std::tie(b.term.documents, a.term.key) <
                                            std::tie(a.term.documents, b.term.key);
                                 });
        found.resize(maxTerms);
    }
    std::ranges::sort(
        found, {}, [](const TermCandidate& each) -> const std::string& { return each.term.key; });
}

/// Adds up the counts of equal terms.
SparseVector summed(SparseVector&& counts)
{
    std::ranges::sort(counts, {}, &SparseVector::value_type::first);
    SparseVector row;
    row.reserve(counts.size());
    for (const auto& [term, count] : counts) {
        if (!row.empty() && row.back().first == term) {
            row.back().second += count;
        } else {
            row.emplace_back(term, count);
        }
    }
    return row;
}

} // namespace

Result<Vocabulary> Vocabulary::of(const Tokens& tokens,
                                  const VocabularyOptions& options,
                                  const JobContext& context)
{
    const Result<StemCounts> counts = countStems(tokens, context);
    if (!counts) {
        return passOn(counts);
    }
    std::vector<Phrase> phrases;
    if (options.phrases || options.runLength > 1) {
        const PhraseOptions phraseOptions{.associated = options.phrases,
                                          .minDocuments = std::max<std::int64_t>(3, options.minDocuments),
                                          .runLength = options.runLength,
                                          .runDocuments = std::max<std::int64_t>(2, options.minDocuments)};
        Result<std::vector<Phrase>> found = findPhrases(tokens, counts->documents, phraseOptions, context);
        if (!found) {
            return passOn(found);
        }
        phrases = std::move(*found);
    }
    std::vector<TermCandidate> found = candidates(tokens, *counts, phrases, options);
    keepMostFrequent(found, options.maxTerms);

    Vocabulary vocabulary;
    vocabulary.m_options = options;
    vocabulary.m_languages = tokens.languages;
    vocabulary.m_rule = StemRule(options.words, tokens.languages.stemmers());
    vocabulary.m_stemNumbers = tokens.stemNumbers;
    vocabulary.m_phrases = PhraseIndex(phrases);
    vocabulary.m_termOfStem.assign(tokens.stems.size(), noTerm);
    vocabulary.m_termOfPhrase.assign(phrases.size(), noTerm);
    const auto withText = static_cast<double>(counts->withText);
    vocabulary.m_meanLength = counts->length > 0.0 ? counts->length / withText : 1.0;
    vocabulary.addTerms(std::move(found), withText);
    return vocabulary;
}

void Vocabulary::addTerms(std::vector<TermCandidate>&& candidates, double documents)
{
    m_terms.reserve(candidates.size());
    for (TermCandidate& each : candidates) {
        auto& termOf = each.term.isPhrase ? m_termOfPhrase : m_termOfStem;
        termOf[each.origin] = static_cast<std::uint32_t>(m_terms.size());
        const auto holding = static_cast<double>(each.term.documents);
        const double inverse = m_options.weighting == Weighting::Bm25
                                   ? std::log(1.0 + (documents - holding + 0.5) / (holding + 0.5))
                                   : std::log((1.0 + documents) / (1.0 + holding)) + 1.0;
        each.term.inverseFrequency = static_cast<float>(inverse * (each.term.isPhrase ? phraseWeight : 1.0));
        m_terms.push_back(std::move(each.term));
    }
}

std::optional<std::uint32_t> Vocabulary::find(std::string_view key) const
{
    const auto found = std::ranges::lower_bound(m_terms, key, {}, &Term::key);
    if (found == m_terms.end() || found->key != key) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(found - m_terms.begin());
}

std::optional<std::uint32_t> Vocabulary::termOfStem(std::uint32_t stem) const
{
    const std::uint32_t term = stem == noStem ? noTerm : m_termOfStem[stem];
    return term == noTerm ? std::nullopt : std::optional(term);
}

SparseVector Vocabulary::weighed(Counted document) const
{
    const auto k1 = static_cast<float>(m_options.k1);
    const auto perCount =
        static_cast<float>(m_options.k1 * (1.0 - m_options.b + m_options.b * document.length / m_meanLength));
    SparseVector row = summed(std::move(document.terms));
    double squares = 0.0;
    for (auto& [term, value] : row) {
        if (m_options.weighting == Weighting::Bm25) {
            value = value * (k1 + 1.0F) / (value + perCount);
        } else if (value >= 1.0F) {
            value = 1.0F + std::log(value);
        }
        value *= m_terms[term].inverseFrequency;
        squares += static_cast<double>(value) * static_cast<double>(value);
    }
    const auto scale = squares > 0.0 ? static_cast<float>(1.0 / std::sqrt(squares)) : 0.0F;
    for (auto& [term, value] : row) {
        value *= scale;
    }
    return row;
}

Vocabulary::Counted Vocabulary::counted(std::span<const Token> document,
                                        std::span<const std::uint32_t> stemOf) const
{
    Counted counts;
    const auto add = [&](std::uint32_t term, float weight) {
        if (term != noTerm) {
            counts.terms.emplace_back(term, weight);
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
        [&](std::uint32_t stem, float weight) {
            counts.length += static_cast<double>(weight);
            add(m_termOfStem[stem], weight);
        },
        [&](std::uint32_t a, std::uint32_t b, std::size_t, std::size_t last) {
            addPhrase(m_phrases.find(a, b), last);
        },
        [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::size_t, std::size_t last) {
            addPhrase(m_phrases.find(a, b, c), last);
        });
    return counts;
}

SparseVector Vocabulary::weigh(std::span<const Token> document, std::span<const std::uint32_t> stemOf) const
{
    return weighed(counted(document, stemOf));
}

Vocabulary::Reading Vocabulary::read(Segmenter& segmenter,
                                     const StemRule& rule,
                                     std::span<const TextPart> document) const
{
    const std::uint8_t language = m_languages.of(document);
    Reading reading;
    for (const TextPart& part : document) {
        forEachWord(
            segmenter,
            part.text,
            [&](const std::string& word) {
                const std::string stem = rule.stemOf(word, language);
                const auto number = m_stemNumbers.find(stem);
                reading.tokens.push_back({static_cast<std::uint32_t>(reading.stemOf.size()), part.weight});
                reading.stemOf.push_back(stem.empty() || number == m_stemNumbers.end() ? noStem
                                                                                       : number->second);
            },
            [&] {
                reading.tokens.push_back({breakWord, 0.0F});
            });
    }
    return reading;
}

SparseVector Vocabulary::weigh(Segmenter& segmenter, std::string_view text) const
{
    return weigh(segmenter, m_rule, text);
}

SparseVector Vocabulary::weigh(Segmenter& segmenter, const StemRule& rule, std::string_view text) const
{
    const TextPart part{std::string(text), 1.0F};
    const Reading reading = read(segmenter, rule, std::span(&part, 1));
    return weigh(reading.tokens, reading.stemOf);
}

} // namespace transept
