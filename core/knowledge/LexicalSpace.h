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

    /// InvalidInput when the stored one does not fit the vocabulary. It has no items yet.
    static Result<LexicalSpace> restore(const StoredTextSpace& stored, const Vocabulary& vocabulary);

    int dimension() const override { return static_cast<int>(m_svd.right.cols()); }

    /// An item without a term that another shares has no vector.
    std::vector<float> vectorOf(std::size_t item) const override;

    /// x V
    std::vector<float> placeOf(const SparseVector& terms) const override;

    StoredTextSpace stored() const override;
    Status takeItems(const Corpus& corpus, const JobContext& context) override;

private:
    Eigen::RowVectorXf sumOf(const SparseVector& terms) const;

    TruncatedSvd m_svd;
    std::vector<std::int32_t> m_columns; ///< by term; terms that only one item has have none
};

/// The facets of items as the documents that their vectors are made of.
std::vector<Document> facetDocuments(std::span<const ItemFacts> facts);

/// Gives items whose facets are known their vectors, term weights and facet vectors, from the words of the
/// facets, and stores all of it in steps, with what it takes to place further ones.
Status placeByWords(const KnowledgeStore& store,
                    KnowledgeId id,
                    std::vector<ItemFacts> facts,
                    int dimension,
                    const JobContext& context);

/// The same of items that came later, in the space that the knowledge base has: those before keep theirs.
Status placeAmong(const KnowledgeStore& store,
                  const StoredTextSpace& stored,
                  KnowledgeId id,
                  std::vector<ItemFacts> facts,
                  const JobContext& context);

} // namespace transept
