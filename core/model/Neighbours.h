#pragma once

#include "core/base/Parameter.h"
#include "core/model/SparseRows.h"

namespace transept {

enum class Similarity {
    Cosine,         ///< <a, b> / (|a| |b|)
    AdjustedCosine, ///< the same after each column's mean was taken off
    Pearson,        ///< correlation over the columns that both rows have
    Bm25,           ///< <a, b> of BM25 weights, not normalised: popular rows keep part of their weight
};

struct NeighbourOptions
{
    Similarity similarity = Similarity::Cosine;
    double shrinkage = 10.0; ///< a similarity over n shared columns counts n / (n + shrinkage); not for BM25
    double k1 = 1.2;         ///< BM25: how soon a larger value stops counting more
    double b = 0.1;          ///< BM25: how much a row's length is held against it
    int neighbours = 200;    ///< of each group
};

/// Makes of values what a similarity compares, by what the columns of some rows have. BM25 (Robertson and
/// Zaragoza 2009), rows as documents, columns as words:
///
///   w = v (k1 + 1) / (v + k1 (1 - b + b length / mean length)) * ln(1 + (n - df + 0.5) / (df + 0.5))
class ComparedValues
{
public:
    ComparedValues(const SparseRows& rows, const NeighbourOptions& options);

    /// Of these rows, or of others beside them.
    SparseRows of(const SparseRows& rows) const;

private:
    void weighByBm25(SparseRows& rows) const;

    NeighbourOptions m_options;
    std::vector<float> m_means; ///< of columns; for AdjustedCosine
    std::vector<int> m_counts;  ///< of columns: df; for BM25
    double m_total = 0.0;       ///< of all rows' lengths
    double m_rowCount = 0.0;
};

/// Spreads `amount` over the entries of the first row of a pair by their part of <a, b>, the sum over the
/// columns that both rows have; `parts` has a place for each of its entries.
void addSharedParts(const SparseRows& compared,
                    std::pair<std::size_t, std::size_t> pair,
                    float amount,
                    std::span<float> parts);

/// For each of the first `count` rows the most similar other rows of each group (rows groups[g] ... groups[g
/// + 1] - 1), only those with positive similarity, equal ones by row: a sparse matrix count x rowCount().
Result<SparseRows> nearestRows(const SparseRows& rows,
                               std::size_t count,
                               std::span<const std::size_t> groups,
                               const NeighbourOptions& options,
                               const JobContext& job);

/// The nearest of the rows to a further row, `row`'s only one, by row; both hold compared values.
SparseRow nearestTo(const SparseRows& rows, const SparseRows& row, const NeighbourOptions& options);

/// The parameters similarity, neighbours, shrinkage, k1 and b.
std::vector<Parameter> neighbourParameters();
NeighbourOptions neighbourOptionsFrom(const Parameters& parameters);

} // namespace transept
