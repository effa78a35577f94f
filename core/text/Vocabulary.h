#pragma once

#include "core/text/Phrases.h"

#include <optional>
#include <utility>

namespace transept {

/// (term, weight) with ascending terms.
using SparseVector = std::vector<std::pair<std::uint32_t, float>>;

/// A stem or a phrase that tells items apart.
struct Term
{
    std::string key;   ///< stems joined by blanks; unique, terms ascend by it
    std::string shown; ///< its most frequent form in the texts
    std::int64_t documents = 0;
    float inverseFrequency = 0.0F; ///< for a phrase times phraseWeight
    bool isPhrase = false;
};

struct VocabularyOptions
{
    bool stem = true;
    bool phrases = true;
    std::int64_t minDocuments = 1; ///< a word of one document makes it less like the others
    double maxDocumentShare = 0.5;
    std::size_t maxTerms = 200'000; ///< the most frequent ones are kept
};

/// The terms of a collection of documents and their weights:
///
///   w(t, d) = (1 + ln c) * (ln((1 + n) / (1 + n_t)) + 1),   then the row is scaled to length 1
///
/// c: how often t stands in d, counted with the weights of the parts (c itself, where c < 1); n documents
/// have a text, t stands in n_t of them. This is sublinear TF-IDF with smoothed inverse frequency (Manning et
/// al. 2008, section 6.4).
class Vocabulary
{
public:
    static constexpr double phraseWeight = 0.35;

    static Result<Vocabulary> of(const Tokens& tokens,
                                 const VocabularyOptions& options,
                                 const JobContext& context);

    std::span<const Term> terms() const { return m_terms; }

    /// The number of the term with this key.
    std::optional<std::uint32_t> find(std::string_view key) const;

    /// The weighted terms of one of the documents that the vocabulary was made of.
    SparseVector weigh(std::span<const Token> document, std::span<const std::uint32_t> stemOf) const;

    /// The weighted terms of any text; words that are no terms are passed over.
    SparseVector weigh(Segmenter& segmenter, std::string_view text) const;

private:
    std::vector<Term> m_terms;
    StemRule m_rule{true};
    std::unordered_map<std::string, std::uint32_t> m_stemNumbers;
    PhraseIndex m_phrases;
    std::vector<std::uint32_t> m_termOfStem; ///< noTerm for stems that are no term
    std::vector<std::uint32_t> m_termOfPhrase;
};

} // namespace transept
