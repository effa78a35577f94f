#pragma once

#include "core/knowledge/Svd.h"
#include "core/store/KnowledgeStore.h"
#include "core/text/Corpus.h"

namespace transept {

/// The space in which items and facets have their vectors: the truncated SVD of the items' TF-IDF rows.
class LexicalSpace
{
public:
    /// `dimension` is the most; there are fewer when the corpus has a smaller rank.
    static Result<LexicalSpace> over(const Corpus& corpus, int dimension, const JobContext& context);

    int dimension() const { return static_cast<int>(m_svd.right.cols()); }

    /// The vector of document `row` of the corpus, of length 1; empty when it has no term that another
    /// shares.
    std::vector<float> vectorOf(std::size_t row) const;

    /// Where a text with these terms lies among the documents: x V, of length 1; zeros when it has no shared
    /// term.
    std::vector<float> placeOf(const SparseVector& terms) const;

private:
    TruncatedSvd m_svd;
    std::vector<std::int32_t> m_columns; ///< by term; terms that only one item has have none
};

/// Stores the vocabulary of a knowledge base. When an earlier try stored another one, the texts have changed
/// since: its facts are forgotten, so that all starts anew.
Status saveTerms(const KnowledgeStore& store, KnowledgeId id, const Vocabulary& vocabulary);

/// Gives items whose facets are known their vectors, term weights and facet vectors, from the words of the
/// facets, and stores all of it in steps.
Status placeByWords(const KnowledgeStore& store,
                    KnowledgeId id,
                    std::vector<ItemFacts> facts,
                    int dimension,
                    const JobContext& context);

} // namespace transept
