#pragma once

#include "core/model/History.h"
#include "core/model/Place.h"

namespace transept {

/// Item features that stand below the interactions as further rows.
enum class FeatureRows { None, Vectors, Terms };

/// Y: rows of users that have a history, then rows of features.
struct StackedRows
{
    SparseRows rows;        ///< users, then terms
    SparseRows transposed;  ///< of rows
    Matrix dense;           ///< columns x k: `factor` times the items' vectors; their k rows come last
    std::vector<int> rowOf; ///< of a user; -1: no history
    std::size_t userRows = 0;

    std::size_t columnCount() const { return rows.columnCount; }
    std::size_t rowCount() const { return rows.rowCount() + static_cast<std::size_t>(dense.cols()); }
};

/// `factor` is what the features are multiplied by. The target has knowledge when there are features.
StackedRows stackedRows(const TrainingData& data, const History& history, FeatureRows features, float factor);

/// Lower triangle of YY' + lambda I.
Result<Matrix> rowGram(const StackedRows& stacked, float lambda, const JobContext& job);

/// Lower triangle (at least) of Y'Y + lambda I.
Result<Matrix> columnGram(const StackedRows& stacked, float lambda, const JobContext& job);

} // namespace transept
