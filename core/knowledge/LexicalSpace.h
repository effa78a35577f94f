#pragma once

#include "core/knowledge/LexicalTexts.h"
#include "core/knowledge/Svd.h"

namespace transept {

/// The space in which items and facets have their vectors: the truncated SVD of the items' TF-IDF rows.
class LexicalSpace final : public TextSpace
{
public:
    /// `dimension` is the most; there are fewer when the corpus has a smaller rank.
    static Result<LexicalSpace> over(const Corpus& corpus, int dimension, const JobContext& context);

    int dimension() const override { return static_cast<int>(m_svd.right.cols()); }

    /// An item without a term that another shares has no vector.
    std::vector<float> vectorOf(std::size_t item) const override;

    /// x V
    std::vector<float> placeOf(const SparseVector& terms) const override;

private:
    TruncatedSvd m_svd;
    std::vector<std::int32_t> m_columns; ///< by term; terms that only one item has have none
};

/// Gives items whose facets are known their vectors, term weights and facet vectors, from the words of the
/// facets, and stores all of it in steps.
Status placeByWords(const KnowledgeStore& store,
                    KnowledgeId id,
                    std::vector<ItemFacts> facts,
                    int dimension,
                    const JobContext& context);

} // namespace transept
