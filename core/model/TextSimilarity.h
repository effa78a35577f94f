#pragma once

#include "core/model/History.h"
#include "core/model/Workload.h"

#include <memory>

namespace transept {

enum class TextBasis {
    Terms,   ///< cosine of the TF-IDF weights
    Vectors, ///< cosine of the items' vectors
    Both,    ///< the mean of the two; one alone where the knowledge base has only one
};

/// The three words of TextBasis as a parameter named "text".
Parameter textBasisParameter();
TextBasis textBasisFrom(const Parameters& parameters);

/// How alike the texts of a history's items and of the target's items are: max(0, cosine)^power.
class TextSimilarity
{
public:
    /// InvalidInput when the target's knowledge has nothing of what the basis asks for.
    static Result<TextSimilarity> of(const TrainingData& data,
                                     const History& history,
                                     TextBasis basis,
                                     int power);

    /// Fills one value for each of the target's items; 0 for the item itself.
    void toTargets(std::size_t column, std::span<float> similarities) const;

    float ofPair(std::size_t column, ItemRow item) const;

private:
    float powered(float cosine) const;

    KnowledgeVectors m_vectors; ///< a row a history column; no columns when they are not used
    std::vector<std::vector<TermWeight>> m_terms; ///< of every history column; empty when they are not used
    SparseRows m_postings;                        ///< term x target items
    std::size_t m_targetCount = 0;
    float m_share = 1.0F; ///< of each cosine that is used
    int m_power = 1;
};

/// What toTargets() takes.
Work textSimilarityWork(const DataShape& shape, TextBasis basis, int power);

} // namespace transept
