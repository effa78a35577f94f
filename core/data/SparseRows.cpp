#include "core/data/SparseRows.h"

#include "core/base/Interruptible.h"
#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <algorithm>
#include <numeric>

namespace transept {
namespace {

/// Where parts of the columns begin that have about as many entries each, and the end; few, because every
/// row is looked into for each.
std::vector<std::size_t> partsOfColumns(std::span<const std::size_t> starts)
{
    constexpr std::size_t most = 8;
    constexpr std::size_t entriesPerPart = std::size_t{1} << 19U;
    const std::size_t count = std::clamp(starts.back() / entriesPerPart, std::size_t{1}, most);
    std::vector<std::size_t> parts{0};
    for (std::size_t part = 1; part < count; ++part) {
        const auto found = std::ranges::lower_bound(starts, starts.back() * part / count);
        parts.push_back(static_cast<std::size_t>(found - starts.begin()));
    }
    parts.push_back(starts.size() - 1);
    return parts;
}

} // namespace

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

Result<SparseRows> transposed(const SparseRows& rows,
                              const JobContext& job,
                              std::vector<std::int32_t>* places)
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
    if (places != nullptr) {
        places->resize(rows.columns.size());
    }
    const std::vector<std::size_t> parts = partsOfColumns(result.starts);
    std::vector<std::size_t> next(result.starts.begin(), result.starts.end() - 1);
    TaskGuard guard(job);
    parallelTasks(parts.size() - 1, [&](std::size_t part) {
        const auto first = static_cast<std::int32_t>(parts[part]);
        const auto end = static_cast<std::int32_t>(parts[part + 1]);
        for (std::size_t row = 0; row < rows.rowCount() && guard.mayGoOn(); ++row) {
            const auto columns = rows.columnsOf(row);
            const auto from = part == 0 ? columns.begin() : std::ranges::lower_bound(columns, first);
            auto at = rows.starts[row] + static_cast<std::size_t>(from - columns.begin());
            for (; at < rows.starts[row + 1] && rows.columns[at] < end; ++at) {
                const auto column = static_cast<std::size_t>(rows.columns[at]);
                const std::size_t place = next[column]++;
                result.columns[place] = static_cast<std::int32_t>(row);
                result.values[place] = rows.values[at];
                if (places != nullptr) {
                    (*places)[at] = static_cast<std::int32_t>(place - result.starts[column]);
                }
            }
        }
    });
    status = guard.status();
    return status ? Result<SparseRows>(std::move(result)) : passOn(status);
}

SparseRows selectedRows(const SparseRows& rows, std::span<const std::int32_t> numbers)
{
    SparseRows result{.columnCount = rows.columnCount};
    result.starts.reserve(numbers.size() + 1);
    for (const std::int32_t number : numbers) {
        result.starts.push_back(result.starts.back() + rows.lengthOf(static_cast<std::size_t>(number)));
    }
    result.columns.resize(result.starts.back());
    result.values.resize(result.starts.back());
    constexpr std::size_t rowsPerBlock = 256;
    forEachBlock(numbers.size(), rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last; ++row) {
            const auto from = static_cast<std::size_t>(numbers[row]);
            std::ranges::copy(rows.columnsOf(from), result.columns.data() + result.starts[row]);
            std::ranges::copy(rows.valuesOf(from), result.values.data() + result.starts[row]);
        }
    });
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
