#include "core/model/Neighbours.h"

#include "core/base/Parallel.h"
#include "core/model/NeighbourLists.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

double lengthOf(const SparseRows& rows, std::size_t row)
{
    double length = 0.0;
    for (const float value : rows.valuesOf(row)) {
        length += static_cast<double>(value);
    }
    return length;
}

} // namespace

ComparedValues::ComparedValues(const SparseRows& rows, const NeighbourOptions& options)
    : m_options(options)
    , m_rowCount(static_cast<double>(rows.rowCount()))
{
    if (options.similarity != Similarity::AdjustedCosine && options.similarity != Similarity::Bm25) {
        return;
    }
    std::vector<int> counts(rows.columnCount);
    for (const std::int32_t column : rows.columns) {
        ++counts[static_cast<std::size_t>(column)];
    }
    if (options.similarity == Similarity::Bm25) {
        for (std::size_t row = 0; row < rows.rowCount(); ++row) {
            m_total += lengthOf(rows, row);
        }
        for (const int df : counts) {
            m_rarities.push_back(std::log1p((m_rowCount - df + 0.5) / (df + 0.5)));
        }
        return;
    }
    std::vector<double> sums(rows.columnCount);
    for (std::size_t at = 0; at < rows.columns.size(); ++at) {
        sums[static_cast<std::size_t>(rows.columns[at])] += static_cast<double>(rows.values[at]);
    }
    m_means.resize(rows.columnCount);
    for (std::size_t column = 0; column < sums.size(); ++column) {
        m_means[column] = static_cast<float>(sums[column] / std::max(1, counts[column]));
    }
}

SparseRows ComparedValues::of(SparseRows rows) const
{
    if (m_options.similarity == Similarity::AdjustedCosine) {
        for (std::size_t at = 0; at < rows.columns.size(); ++at) {
            rows.values[at] -= m_means[static_cast<std::size_t>(rows.columns[at])];
        }
    } else if (m_options.similarity == Similarity::Bm25) {
        weighByBm25(rows);
    }
    return rows;
}

void ComparedValues::weighByBm25(SparseRows& rows) const
{
    const double k1 = m_options.k1;
    const double b = m_options.b;
    const double n = m_rowCount;
    constexpr std::size_t rowsPerBlock = 64;
    forEachBlock(rows.rowCount(), rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last; ++row) {
            const double length = m_total > 0.0 ? lengthOf(rows, row) * n / m_total : 1.0;
            for (std::size_t at = rows.starts[row]; at < rows.starts[row + 1]; ++at) {
                const auto value = static_cast<double>(rows.values[at]);
                const double rarity = m_rarities[static_cast<std::size_t>(rows.columns[at])];
                rows.values[at] =
                    static_cast<float>(value * (k1 + 1.0) / (value + k1 * (1.0 - b + b * length)) * rarity);
            }
        }
    });
}

void addSharedParts(const SparseRows& compared,
                    std::pair<std::size_t, std::size_t> pair,
                    float amount,
                    std::span<float> parts)
{
    const auto own = compared.columnsOf(pair.first);
    const auto ownValues = compared.valuesOf(pair.first);
    const auto others = compared.columnsOf(pair.second);
    const auto otherValues = compared.valuesOf(pair.second);
    std::vector<std::pair<std::size_t, float>> products;
    float sum = 0.0F;
    std::size_t other = 0;
    for (std::size_t at = 0; at < own.size(); ++at) {
        while (other < others.size() && others[other] < own[at]) {
            ++other;
        }
        if (other < others.size() && others[other] == own[at]) {
            products.emplace_back(at, ownValues[at] * otherValues[other]);
            sum += products.back().second;
        }
    }
    for (const auto& [at, product] : products) {
        parts[at] += amount * product / sum;
    }
}

SparseRow nearestTo(const SparseRows& rows,
                    const SparseRows& row,
                    std::span<const std::size_t> groups,
                    const NeighbourOptions& options)
{
    std::vector<std::optional<double>> own(rows.columnCount);
    for (std::size_t at = 0; at < row.columns.size(); ++at) {
        own[static_cast<std::size_t>(row.columns[at])] = static_cast<double>(row.values[at]);
    }
    const double norm = normOf(row.values);
    Nearest nearest(static_cast<std::size_t>(options.neighbours));
    std::vector<PackedNeighbour> found;
    for (std::size_t other = 0, group = 1; other < rows.rowCount(); ++other) {
        for (; other == groups[group]; ++group) {
            nearest.moveTo(found);
        }
        SharedSums sums;
        const auto columns = rows.columnsOf(other);
        const auto values = rows.valuesOf(other);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            if (const std::optional<double>& value = own[static_cast<std::size_t>(columns[at])]) {
                sums.add(*value, static_cast<double>(values[at]));
            }
        }
        if (sums.count > 0) {
            nearest.add({.row = static_cast<std::int32_t>(other),
                         .similarity = similarityOf(options, norm * normOf(values), sums)});
        }
    }
    nearest.moveTo(found);
    SparseRow result;
    for (const PackedNeighbour each : found) {
        result.columns.push_back(unpacked(each).row);
        result.values.push_back(unpacked(each).similarity);
    }
    return result;
}

} // namespace transept
