#include "core/model/SparseRows.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/model/TaskGuard.h"

namespace transept {

SparseRows SparseRows::transposed() const
{
    SparseRows result{.columnCount = rowCount(),
                      .starts = std::vector<std::size_t>(columnCount + 1),
                      .columns = std::vector<std::int32_t>(columns.size()),
                      .values = std::vector<float>(values.size())};
    for (const std::int32_t column : columns) {
        ++result.starts[static_cast<std::size_t>(column) + 1];
    }
    for (std::size_t column = 0; column < columnCount; ++column) {
        result.starts[column + 1] += result.starts[column];
    }
    std::vector<std::size_t> next(result.starts.begin(), result.starts.end() - 1);
    for (std::size_t row = 0; row < rowCount(); ++row) {
        for (std::size_t entry = starts[row]; entry < starts[row + 1]; ++entry) {
            const std::size_t place = next[static_cast<std::size_t>(columns[entry])]++;
            result.columns[place] = static_cast<std::int32_t>(row);
            result.values[place] = values[entry];
        }
    }
    return result;
}

SparseRows selectedRows(const SparseRows& rows, std::span<const std::int32_t> numbers)
{
    SparseRows result{.columnCount = rows.columnCount};
    for (const std::int32_t number : numbers) {
        const auto columns = rows.columnsOf(static_cast<std::size_t>(number));
        const auto values = rows.valuesOf(static_cast<std::size_t>(number));
        result.columns.insert(result.columns.end(), columns.begin(), columns.end());
        result.values.insert(result.values.end(), values.begin(), values.end());
        result.starts.push_back(result.columns.size());
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

} // namespace transept
