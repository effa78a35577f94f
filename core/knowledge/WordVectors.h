#pragma once

#include "core/knowledge/LexicalTexts.h"
#include "core/knowledge/Svd.h"

namespace transept {

struct WordVectorOptions
{
    int dimension = 128;
    int window = 5;          ///< how many terms before and after a word are its contexts
    double smoothing = 0.75; ///< the power of context counts that makes rare contexts less surprising
    double shift = 1.0;      ///< k: ln k is taken off, as k negative samples do
    double sif = 1e-3;       ///< a: words that are more frequent than this count less
};

/// Shifted positive pointwise mutual information of words and contexts (Levy and Goldberg 2014), with
/// smoothed contexts (Levy, Goldberg and Dagan 2015):
///
///   max(0, ln( n(w, c) * sum_c' n(c')^smoothing / (n(w) n(c)^smoothing) ) - ln k)
///
/// n(w, c): how often c stands within the window of w, in all documents; n(w) and n(c) are its sums. Square,
/// a row and a column a term; terms without contexts have empty ones.
Result<SparseRows> positiveInformation(const TermSequences& sequences,
                                       std::size_t terms,
                                       const WordVectorOptions& options,
                                       const JobContext& context);

/// The space of word vectors: U sqrt(Sigma) of the truncated SVD of the matrix above. An item is the mean of
/// its words by smooth inverse frequency, without the first principal direction of all items (Arora, Liang
/// and Ma 2017):
///
///   x = sum_w c_w a / (a + p(w)) v_w / sum_w c_w,   then x - u u'x
///
/// c_w: how often w stands in the item's text, counted with the weights of its parts; p(w): the share of w in
/// all texts; u: the first right singular vector of the items' x.
class WordSpace final : public TextSpace
{
public:
    /// `corpus` must have sequences.
    static Result<WordSpace> over(const Corpus& corpus,
                                  const WordVectorOptions& options,
                                  const JobContext& context);

    /// InvalidInput when the stored one does not fit the vocabulary. It has no items yet.
    static Result<WordSpace> restore(const StoredTextSpace& stored, const Vocabulary& vocabulary);

    int dimension() const override { return static_cast<int>(m_words.cols()); }

    /// An item none of whose words stands beside others has no vector.
    std::vector<float> vectorOf(std::size_t item) const override;

    /// The mean of the words among the terms, likewise.
    std::vector<float> placeOf(const SparseVector& terms) const override;

    StoredTextSpace stored() const override;
    /// The corpus must have sequences.
    Status takeItems(const Corpus& corpus, const JobContext& context) override;

    /// v_w in the order of the terms; zeros for phrases and words without contexts.
    const Matrix& words() const { return m_words; }

private:
    std::vector<float> withoutFirst(const Eigen::RowVectorXf& vector) const;
    Status findFirst(const JobContext& context);

    Matrix m_words;
    std::vector<float> m_weights; ///< a / (a + p(w)) by term
    Matrix m_items;               ///< before the first direction is taken off
    Eigen::RowVectorXf m_first;
};

} // namespace transept
