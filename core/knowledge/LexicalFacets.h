#pragma once

#include "core/store/KnowledgeStore.h"
#include "core/text/Corpus.h"

namespace transept {

/// A term that only one item has relates it to no other: it is no topic, and no vector is made of it.
inline constexpr std::int64_t sharedByAtLeast = 2; ///< items

/// A facet and the TF-IDF terms of its text (of length 1; empty when none of its words is a term).
struct LexicalFacet
{
    StoredFacet facet;
    SparseVector terms;
};

/// The fields whose values are facets: those whose values are short and repeat.
std::vector<std::string> categoricalFields(std::span<const ItemText> texts);

/// Chooses what to show of an item: the values of its categorical fields (name: the field's), then the key
/// phrases and topics with the greatest TF-IDF weight that say something new. The weight of a facet is the
/// cosine of its terms and the item's.
class LexicalFacets
{
public:
    /// `texts` and the corpus must outlive this.
    static Result<LexicalFacets> over(std::span<const ItemText> texts,
                                      const Corpus& corpus,
                                      std::span<const std::string> categorical,
                                      int topicsPerItem);

    /// Safe from several threads.
    std::vector<LexicalFacet> of(std::size_t item) const;

private:
    LexicalFacets(std::span<const ItemText> texts, const Corpus& corpus, int topicsPerItem)
        : m_texts(texts)
        , m_corpus(&corpus)
        , m_topicsPerItem(topicsPerItem)
    {
    }
    void addTopics(const SparseVector& row,
                   std::span<const std::uint32_t> ranked,
                   bool phrases,
                   int wanted,
                   std::vector<LexicalFacet>& facets) const;

    std::span<const ItemText> m_texts;
    const Corpus* m_corpus;
    int m_topicsPerItem;
    std::map<std::string, std::map<std::string, SparseVector>> m_values; ///< categorical field, value, terms
};

} // namespace transept
