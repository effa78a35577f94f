#pragma once

#include "core/text/Phrases.h"

#include <optional>
#include <utility>

namespace transept {

/// (term, weight) with ascending terms.
using SparseVector = std::vector<std::pair<std::uint32_t, float>>;

struct TermCandidate;

/// A stem or a phrase that tells items apart.
struct Term
{
    std::string key;   ///< stems joined by blanks; unique, terms ascend by it
    std::string shown; ///< its most frequent form in the texts
    std::int64_t documents = 0;
    float inverseFrequency = 0.0F; ///< for a phrase times phraseWeight
    bool isPhrase = false;
};

enum class Weighting { TfIdf, Bm25 };

struct VocabularyOptions
{
    WordOptions words;
    bool phrases = true;
    int runLength = 1;             ///< every run of up to so many words is a term, when items share it
    std::int64_t minDocuments = 1; ///< a word of one document makes it less like the others
    double maxDocumentShare = 0.5;
    std::size_t maxTerms = 200'000; ///< the most frequent ones are kept
    Weighting weighting = Weighting::TfIdf;
    double k1 = 1.2; ///< of BM25: how far a repeated term counts more
    double b = 0.75; ///< of BM25: how far a longer document's terms count less
};

/// The terms of a collection of documents and their weights, by TF-IDF or BM25; the row is scaled to length
/// 1:
///
///   w(t, d) = (1 + ln c) * (ln((1 + n) / (1 + n_t)) + 1)
///   w(t, d) = c (k1 + 1) / (c + k1 (1 - b + b |d| / mean |d|)) * ln(1 + (n - n_t + 0.5) / (n_t + 0.5))
///
/// c: how often t stands in d, counted with the weights of the parts (in the first: c itself, where c < 1); n
/// documents have a text, t stands in n_t of them; |d|: the words of d that count, with the same weights.
/// Sublinear TF-IDF with smoothed inverse frequency (Manning et al. 2008, section 6.4), and Okapi BM25
/// (Robertson and Zaragoza 2009) with the inverse frequency kept positive.
class Vocabulary
{
public:
    static constexpr double phraseWeight = 0.35;

    static Result<Vocabulary> of(const Tokens& tokens,
                                 const VocabularyOptions& options,
                                 const JobContext& context);

    /// Everything it takes to weigh further documents, and the vocabulary again that does. InvalidInput for
    /// anything else.
    std::string serialised() const;
    static Result<Vocabulary> restore(std::string_view serialised);

    std::span<const Term> terms() const { return m_terms; }
    const LanguageRule& languages() const { return m_languages; }
    const StemRule& rule() const { return m_rule; }

    /// The number of the term with this key.
    std::optional<std::uint32_t> find(std::string_view key) const;

    /// The number of the term that a stem of the documents is; nothing when it is none.
    std::optional<std::uint32_t> termOfStem(std::uint32_t stem) const;

    /// The weighted terms of one of the documents that the vocabulary was made of.
    SparseVector weigh(std::span<const Token> document, std::span<const std::uint32_t> stemOf) const;

    /// A document of any collection, its words by the stems that the vocabulary knows.
    struct Reading
    {
        std::vector<Token> tokens;
        std::vector<std::uint32_t> stemOf; ///< by word; noStem for words that are unknown or do not count
    };
    Reading read(Segmenter& segmenter, const StemRule& rule, std::span<const TextPart> document) const;

    /// The rule once more: one is for one thread at a time.
    StemRule ruleOfThread() const { return {m_options.words, m_languages.stemmers()}; }

    /// The weighted terms of any text; words that are no terms are passed over.
    /// Not from several threads, unless each brings a rule of its own.
    SparseVector weigh(Segmenter& segmenter, std::string_view text) const;
    SparseVector weigh(Segmenter& segmenter, const StemRule& rule, std::string_view text) const;

private:
    static constexpr std::uint32_t noTerm = std::numeric_limits<std::uint32_t>::max();

    struct Counted
    {
        SparseVector terms; ///< with a place for every occurrence
        double length = 0.0;
    };
    Counted counted(std::span<const Token> document, std::span<const std::uint32_t> stemOf) const;
    SparseVector weighed(Counted document) const;
    void addTerms(std::vector<TermCandidate>&& candidates, double documents);
    std::uint32_t numberOfStem(std::string_view stem);
    void indexTerms();

    std::vector<Term> m_terms;
    VocabularyOptions m_options;
    double m_meanLength = 1.0; ///< of documents with text
    LanguageRule m_languages;
    StemRule m_rule;
    std::unordered_map<std::string, std::uint32_t> m_stemNumbers;
    PhraseIndex m_phrases;
    std::vector<std::uint32_t> m_termOfStem; ///< noTerm for stems that are no term
    std::vector<std::uint32_t> m_termOfPhrase;
};

} // namespace transept
