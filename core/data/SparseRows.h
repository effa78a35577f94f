#pragma once

#include "core/base/Job.h"
#include "core/data/TrainingData.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace transept {

/// One row of a sparse float32 matrix.
struct SparseRow
{
    std::vector<std::int32_t> columns;
    std::vector<float> values;
};

/// Compressed rows of a sparse float32 matrix. Columns ascend within a row and occur once.
struct SparseRows
{
    std::size_t columnCount = 0;
    std::vector<std::size_t> starts{0}; ///< rowCount() + 1 places in the two vectors below
    std::vector<std::int32_t> columns;
    std::vector<float> values;

    std::size_t rowCount() const noexcept { return starts.size() - 1; }
    std::size_t lengthOf(std::size_t row) const noexcept { return starts[row + 1] - starts[row]; }
    std::span<const std::int32_t> columnsOf(std::size_t row) const noexcept
    {
        return {columns.data() + starts[row], lengthOf(row)};
    }
    std::span<const float> valuesOf(std::size_t row) const noexcept
    {
        return {values.data() + starts[row], lengthOf(row)};
    }

    /// Appends an entry to the row that endRow() will end.
    void add(std::int32_t column, float value)
    {
        columns.push_back(column);
        values.push_back(value);
    }
    void endRow() { starts.push_back(columns.size()); }

    /// Appends a row, or all of them.
    void append(std::span<const std::int32_t> rowColumns, std::span<const float> rowValues);
    void append(const SparseRow& row) { append(row.columns, row.values); }
    void append(const SparseRows& rows);

    SparseRows transposed() const;
};

/// As SparseRows::transposed(), but as a job. `places`, where it is given, is told of every entry of `rows`
/// its place in its row of the result, counted from the beginning of that row.
Result<SparseRows> transposed(const SparseRows& rows,
                              const JobContext& job,
                              std::vector<std::int32_t>* places = nullptr);

/// The rows whose numbers are given, in that order.
SparseRows selectedRows(const SparseRows& rows, std::span<const std::int32_t> numbers);

/// gram(i, j) += factor * <row i, row j> for j <= i; `transposed` is rows.transposed(). Only the lower
/// triangle of the first rowCount() rows and columns is touched.
Status addGram(
    const SparseRows& rows, const SparseRows& transposed, float factor, Matrix& gram, const JobContext& job);

/// c = a b, a row of c at a time: a.rowCount() x b.cols().
Status multiply(const SparseRows& a, const Matrix& b, Matrix& c, const JobContext& job);

/// Where a row holds a column: its place among the row's entries; nothing when it does not.
std::optional<std::size_t> placeInRow(const SparseRows& rows, std::size_t row, std::size_t column);

} // namespace transept
