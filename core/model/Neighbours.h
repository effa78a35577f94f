#pragma once

#include "core/data/SparseRows.h"
#include "core/model/NeighbourOptions.h"

namespace transept {

/// Makes of values what a similarity compares, by what the columns of some rows have. BM25 (Robertson and
/// Zaragoza 2009), rows as documents, columns as words:
///
///   w = v (k1 + 1) / (v + k1 (1 - b + b length / mean length)) * ln(1 + (n - df + 0.5) / (df + 0.5))
class ComparedValues
{
public:
    ComparedValues(const SparseRows& rows, const NeighbourOptions& options);

    /// Of these rows, or of others beside them.
    SparseRows of(SparseRows rows) const;

private:
    void weighByBm25(SparseRows& rows) const;

    NeighbourOptions m_options;
    std::vector<float> m_means;     ///< of columns; for AdjustedCosine
    std::vector<double> m_rarities; ///< of columns: the logarithm; for BM25
    double m_total = 0.0;           ///< of all rows' lengths
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

/// The nearest of the rows of each group to a further row, `row`'s only one, by row; both hold compared
/// values.
SparseRow nearestTo(const SparseRows& rows,
                    const SparseRows& row,
                    std::span<const std::size_t> groups,
                    const NeighbourOptions& options);

} // namespace transept
