#include "core/data/SparseRows.h"

#include "core/base/Interruptible.h"
#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <algorithm>
#include <numeric>

namespace transept {

void SparseRows::append(std::span<const std::int32_t> rowColumns, std::span<const float> rowValues)
{
    columns.insert(columns.end(), rowColumns.begin(), rowColumns.end());
    values.insert(values.end(), rowValues.begin(), rowValues.end());
    endRow();
}

void SparseRows::append(const SparseRows& rows)
{
    const std::size_t offset = columns.size();
    columns.insert(columns.end(), rows.columns.begin(), rows.columns.end());
    values.insert(values.end(), rows.values.begin(), rows.values.end());
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        starts.push_back(offset + rows.starts[row + 1]);
    }
}

SparseRows SparseRows::transposed() const
{
    return *transept::transposed(*this, {}); // nobody stops it
}

Result<SparseRows> transposed(const SparseRows& rows, const JobContext& job)
{
    SparseRows result{.columnCount = rows.rowCount(),
                      .starts = std::vector<std::size_t>(rows.columnCount + 1)};
    Status status = interruptible(job, rows.columns.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            ++result.starts[static_cast<std::size_t>(rows.columns[at]) + 1];
        }
    });
    if (!status) {
        return passOn(status);
    }
    std::partial_sum(result.starts.begin(), result.starts.end(), result.starts.begin());
    result.columns.resize(rows.columns.size());
    result.values.resize(rows.columns.size());
    std::vector<std::size_t> next(result.starts.begin(), result.starts.end() - 1);
    std::size_t row = 0;
    status = interruptible(job, rows.columns.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            while (at >= rows.starts[row + 1]) {
                ++row;
            }
            const std::size_t place = next[static_cast<std::size_t>(rows.columns[at])]++;
            result.columns[place] = static_cast<std::int32_t>(row);
            result.values[place] = rows.values[at];
        }
    });
    return status ? Result<SparseRows>(std::move(result)) : passOn(status);
}

SparseRows selectedRows(const SparseRows& rows, std::span<const std::int32_t> numbers)
{
    SparseRows result{.columnCount = rows.columnCount};
    for (const std::int32_t number : numbers) {
        const auto row = static_cast<std::size_t>(number);
        result.append(rows.columnsOf(row), rows.valuesOf(row));
    }
    return result;
}

Status addGram(
    const SparseRows& rows, const SparseRows& transposed, float factor, Matrix& gram, const JobContext& job)
{
    constexpr std::size_t rowsPerBlock = 32;
    TaskGuard guard(job);
    forEachBlock(rows.rowCount(), rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            float* sums = gram.row(static_cast<Eigen::Index>(row)).data();
            const auto shared = rows.columnsOf(row);
            const auto values = rows.valuesOf(row);
            for (std::size_t entry = 0; entry < shared.size(); ++entry) {
                const float value = factor * values[entry];
                const auto others = transposed.columnsOf(static_cast<std::size_t>(shared[entry]));
                const auto otherValues = transposed.valuesOf(static_cast<std::size_t>(shared[entry]));
                for (std::size_t at = 0; at < others.size() && static_cast<std::size_t>(others[at]) <= row;
                     ++at) {
                    sums[others[at]] += value * otherValues[at];
                }
            }
        }
    });
    return guard.status();
}

Status multiply(const SparseRows& a, const Matrix& b, Matrix& c, const JobContext& job)
{
    constexpr std::size_t rowsPerBlock = 32;
    c.setZero(static_cast<Eigen::Index>(a.rowCount()), b.cols());
    TaskGuard guard(job);
    forEachBlock(a.rowCount(), rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            const auto columns = a.columnsOf(row);
            const auto values = a.valuesOf(row);
            for (std::size_t at = 0; at < columns.size(); ++at) {
                kernels::addScaled(values[at],
                                   b.row(columns[at]).data(),
                                   c.row(static_cast<Eigen::Index>(row)).data(),
                                   static_cast<std::size_t>(b.cols()));
            }
        }
    });
    return guard.status();
}

std::optional<std::size_t> placeInRow(const SparseRows& rows, std::size_t row, std::size_t column)
{
    const auto columns = rows.columnsOf(row);
    const auto wanted = static_cast<std::int32_t>(column);
    const auto found = std::lower_bound(columns.begin(), columns.end(), wanted);
    return found != columns.end() && *found == wanted
               ? std::optional(static_cast<std::size_t>(found - columns.begin()))
               : std::nullopt;
}

} // namespace transept
