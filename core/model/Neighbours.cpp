#include "core/model/Neighbours.h"

#include "core/base/Parallel.h"
#include "core/base/Processors.h"
#include "core/base/TaskGuard.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace transept {
namespace {

constexpr std::size_t rowsPerBlock = 64;

struct Neighbour
{
    std::int32_t row = 0;
    float similarity = 0.0F;
};

/// Sums over the columns that two rows share: of row a (x), of row b (y).
struct SharedSums
{
    double xy = 0.0;
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    int count = 0;

    void add(double ofA, double ofB)
    {
        ++count;
        xy += ofA * ofB;
        x += ofA;
        y += ofB;
        xx += ofA * ofA;
        yy += ofB * ofB;
    }
};

double correlation(const SharedSums& sums)
{
    const auto n = static_cast<double>(sums.count);
    const double spread = (sums.xx - sums.x * sums.x / n) * (sums.yy - sums.y * sums.y / n);
    return spread > 1e-12 ? (sums.xy - sums.x * sums.y / n) / std::sqrt(spread) : 0.0;
}

double normOf(std::span<const float> values)
{
    double sum = 0.0;
    for (const float value : values) {
        sum += static_cast<double>(value) * static_cast<double>(value);
    }
    return std::sqrt(sum);
}

/// `norms`: the product of both rows' norms.
float similarityOf(const NeighbourOptions& options, double norms, const SharedSums& sums)
{
    if (options.similarity == Similarity::Bm25) {
        return static_cast<float>(sums.xy);
    }
    const double plain = options.similarity == Similarity::Pearson ? correlation(sums)
                         : norms > 0.0                             ? sums.xy / norms
                                                                   : 0.0;
    const auto shared = static_cast<double>(sums.count);
    return static_cast<float>(plain * shared / (shared + options.shrinkage));
}

/// Compares rows with all others; what it holds is shared by all tasks and does not change.
class Comparison
{
public:
    Comparison(const SparseRows& rows, const NeighbourOptions& options)
        : m_options(options)
        , m_rows(ComparedValues(rows, options).of(rows))
        , m_columns(m_rows.transposed())
        , m_norms(rows.rowCount())
        , m_factors(rows.rowCount(), 1.0F)
        , m_isUnit(std::ranges::all_of(m_rows.values, [](float value) { return value == 1.0F; }))
    {
        for (std::size_t row = 0; row < m_norms.size(); ++row) {
            m_norms[row] = normOf(m_rows.valuesOf(row));
            if (options.similarity != Similarity::Bm25) {
                m_factors[row] = m_norms[row] > 0.0 ? static_cast<float>(1.0 / m_norms[row]) : 0.0F;
            }
        }
    }

    const NeighbourOptions& options() const { return m_options; }
    const SparseRows& rows() const { return m_rows; }
    const SparseRows& columns() const { return m_columns; }
    std::span<const float> factors() const { return m_factors; }

    /// Whether every value is 1: the sum of products of two rows is the number of columns they share.
    bool isUnit() const { return m_isUnit; }

    /// How many products the comparison of a row with all others takes.
    std::size_t productCount(std::size_t row) const
    {
        std::size_t count = 0;
        for (const std::int32_t column : m_rows.columnsOf(row)) {
            count += m_columns.lengthOf(static_cast<std::size_t>(column));
        }
        return count;
    }

    float similarity(std::size_t a, std::size_t b, const SharedSums& sums) const
    {
        return similarityOf(m_options, m_norms[a] * m_norms[b], sums);
    }

private:
    NeighbourOptions m_options;
    SparseRows m_rows;
    SparseRows m_columns;
    std::vector<double> m_norms;
    std::vector<float> m_factors; ///< 1 / norm, 0 for none; 1 where similarities are not normalised
    bool m_isUnit;
};

bool isNearer(const Neighbour& a, const Neighbour& b)
{
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row;
}

/// Keeps the `most` nearest of what it is given in ascending order of rows.
class Nearest
{
public:
    explicit Nearest(std::size_t most) : m_most(most) {}

    /// What is not larger cannot be among them any more; at least 0.
    float threshold() const { return m_threshold; }

    void add(std::int32_t row, float similarity)
    {
        constexpr std::size_t room = 64;
        if (similarity > m_threshold) {
            m_kept.push_back({row, similarity});
            if (m_kept.size() >= 2 * m_most + room) {
                prune();
            }
        }
    }

    /// Appends them by row, and begins anew.
    void moveTo(std::vector<Neighbour>& neighbours)
    {
        prune();
        std::sort(m_kept.begin(), m_kept.end(), [](const Neighbour& a, const Neighbour& b) {
            return a.row < b.row;
        });
        neighbours.insert(neighbours.end(), m_kept.begin(), m_kept.end());
        m_kept.clear();
        m_threshold = 0.0F;
    }

private:
    void prune()
    {
        if (m_kept.size() > m_most) {
            const auto last = m_kept.begin() + static_cast<std::ptrdiff_t>(m_most) - 1;
            std::nth_element(m_kept.begin(), last, m_kept.end(), isNearer);
            m_threshold = last->similarity;
            m_kept.resize(m_most);
        }
    }

    std::size_t m_most;
    float m_threshold = 0.0F;
    std::vector<Neighbour> m_kept;
};

/// values *= factors, and times counts / (counts + shrinkage) when there is shrinkage
FOR_EVERY_PROCESSOR
void scaleValues(std::span<float> values, const float* factors, const float* counts, float shrinkage)
{
    for (std::size_t at = 0; at < values.size(); ++at) {
        values[at] *= factors[at];
    }
    if (shrinkage > 0.0F) {
        for (std::size_t at = 0; at < values.size(); ++at) {
            values[at] *= counts[at] / (counts[at] + shrinkage);
        }
    }
}

FOR_EVERY_PROCESSOR
std::int32_t countAbove(std::span<const float> values, float limit)
{
    std::int32_t count = 0;
    for (const float value : values) {
        count += value > limit ? 1 : 0;
    }
    return count;
}

/// Writes the places whose value is above the limit, in ascending order; says how many.
FOR_EVERY_PROCESSOR
std::size_t placesAbove(std::span<const float> values, float limit, std::int32_t* places)
{
    constexpr std::size_t lanes = 16;
    std::size_t found = 0;
    for (std::size_t first = 0; first < values.size(); first += lanes) {
        const std::size_t last = std::min(first + lanes, values.size());
        int above = 0;
        for (std::size_t at = first; at < last; ++at) {
            above += values[at] > limit ? 1 : 0;
        }
        for (std::size_t at = first; above > 0 && at < last; ++at) {
            if (values[at] > limit) {
                places[found++] = static_cast<std::int32_t>(at);
            }
        }
    }
    return found;
}

/// A limit that at least `most` of the values are above, and not many more; 0 when no more than that are
/// positive. By halving the bits of positive numbers, which are in the order of the numbers.
float limitFor(std::span<const float> values, std::size_t most)
{
    const auto wanted = static_cast<std::int32_t>(most);
    const std::int32_t enough = wanted + wanted / 2 + 16;
    if (countAbove(values, 0.0F) <= enough) {
        return 0.0F;
    }
    std::uint32_t low = 0; // more than enough are above it
    auto high = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::max());
    while (high - low > 1) {
        const std::uint32_t middle = low + (high - low) / 2;
        const std::int32_t count = countAbove(values, std::bit_cast<float>(middle));
        if (count >= wanted && count <= enough) {
            return std::bit_cast<float>(middle);
        }
        (count > enough ? low : high) = middle;
    }
    return std::bit_cast<float>(low);
}

/// Compares one row after another with all rows; has room of its own, so it belongs to one task.
class RowSearch
{
public:
    RowSearch(const Comparison& comparison, std::span<const std::size_t> groups)
        : m_comparison(comparison)
        , m_groups(groups)
        , m_nearest(static_cast<std::size_t>(comparison.options().neighbours))
    {
    }

    /// Appends the row's neighbours, group by group.
    void find(std::size_t row, std::vector<Neighbour>& neighbours)
    {
        // Where most rows share something anyway, all are looked at, many at a time.
        constexpr std::size_t rowsScannedForAProduct = 8;
        if (m_comparison.options().similarity != Similarity::Pearson &&
            m_comparison.productCount(row) * rowsScannedForAProduct >= rowCount()) {
            scanAll(row, neighbours);
        } else {
            visitTouched(row, neighbours);
        }
    }

private:
    std::size_t rowCount() const { return m_comparison.rows().rowCount(); }

    void addShared(std::size_t row)
    {
        const SparseRows& columns = m_comparison.columns();
        const auto own = m_comparison.rows().columnsOf(row);
        const auto values = m_comparison.rows().valuesOf(row);
        const bool isPearson = m_comparison.options().similarity == Similarity::Pearson;
        for (std::size_t at = 0; at < own.size(); ++at) {
            const auto others = columns.columnsOf(static_cast<std::size_t>(own[at]));
            const auto otherValues = columns.valuesOf(static_cast<std::size_t>(own[at]));
            const auto x = static_cast<double>(values[at]);
            for (std::size_t other = 0; other < others.size(); ++other) {
                SharedSums& sum = m_sums[static_cast<std::size_t>(others[other])];
                const auto y = static_cast<double>(otherValues[other]);
                if (sum.count++ == 0) {
                    m_touched.push_back(others[other]);
                }
                sum.xy += x * y;
                if (isPearson) {
                    sum.x += x;
                    sum.y += y;
                    sum.xx += x * x;
                    sum.yy += y * y;
                }
            }
        }
    }

    void visitTouched(std::size_t row, std::vector<Neighbour>& neighbours)
    {
        m_sums.resize(rowCount());
        addShared(row);
        std::sort(m_touched.begin(), m_touched.end());
        auto next = m_touched.begin();
        for (std::size_t group = 0; group + 1 < m_groups.size(); ++group) {
            for (; next != m_touched.end() && static_cast<std::size_t>(*next) < m_groups[group + 1]; ++next) {
                const auto at = static_cast<std::size_t>(*next);
                const SharedSums sums = std::exchange(m_sums[at], SharedSums{});
                if (at != row) {
                    m_nearest.add(*next, m_comparison.similarity(row, at, sums));
                }
            }
            m_nearest.moveTo(neighbours);
        }
        m_touched.clear();
    }

    /// The sums of products, where they are more than a count, and the columns shared, unless nothing asks.
    void addAll(std::size_t row)
    {
        const SparseRows& columns = m_comparison.columns();
        const auto own = m_comparison.rows().columnsOf(row);
        const auto values = m_comparison.rows().valuesOf(row);
        const bool counts = m_comparison.isUnit() || m_comparison.options().similarity != Similarity::Bm25;
        m_counts.assign(rowCount(), 0.0F);
        if (!m_comparison.isUnit()) {
            m_products.assign(rowCount(), 0.0);
        }
        for (std::size_t at = 0; at < own.size(); ++at) {
            const auto column = static_cast<std::size_t>(own[at]);
            const auto others = columns.columnsOf(column);
            if (counts) {
                for (const std::int32_t other : others) {
                    m_counts[static_cast<std::size_t>(other)] += 1.0F;
                }
            }
            if (!m_comparison.isUnit()) {
                addProducts(values[at], others, columns.valuesOf(column));
            }
        }
    }

    void addProducts(float factor, std::span<const std::int32_t> rows, std::span<const float> values)
    {
        for (std::size_t at = 0; at < rows.size(); ++at) {
            m_products[static_cast<std::size_t>(rows[at])] +=
                static_cast<double>(factor) * static_cast<double>(values[at]);
        }
    }

    /// All similarities in float32 tell which places may be among the nearest; these are then compared
    /// exactly.
    void scanAll(std::size_t row, std::vector<Neighbour>& neighbours)
    {
        addAll(row);
        const NeighbourOptions& options = m_comparison.options();
        const bool isUnit = m_comparison.isUnit();
        if (isUnit) {
            m_values = m_counts;
        } else {
            m_values.assign(m_products.begin(), m_products.end());
        }
        m_values[row] = 0.0F;
        scaleValues(m_values,
                    m_comparison.factors().data(),
                    m_counts.data(),
                    options.similarity == Similarity::Bm25 ? 0.0F : static_cast<float>(options.shrinkage));
        for (std::size_t group = 0; group + 1 < m_groups.size(); ++group) {
            const std::size_t first = m_groups[group];
            const std::span<const float> values =
                std::span<const float>(m_values).subspan(first, m_groups[group + 1] - first);
            constexpr float generosity = 1.0F - 1e-4F;
            m_places.resize(values.size());
            const float limit = generosity * limitFor(values, static_cast<std::size_t>(options.neighbours));
            const std::size_t count = placesAbove(values, limit, m_places.data());
            for (std::size_t found = 0; found < count; ++found) {
                const std::size_t at = first + static_cast<std::size_t>(m_places[found]);
                const auto shared = static_cast<int>(m_counts[at]);
                const SharedSums sums{.xy = isUnit ? static_cast<double>(shared) : m_products[at],
                                      .count = shared};
                m_nearest.add(static_cast<std::int32_t>(at), m_comparison.similarity(row, at, sums));
            }
            m_nearest.moveTo(neighbours);
        }
    }

    const Comparison& m_comparison;
    std::span<const std::size_t> m_groups;
    Nearest m_nearest;
    std::vector<SharedSums> m_sums; ///< a row each, zero between searches; empty until it is needed
    std::vector<std::int32_t> m_touched;
    std::vector<float> m_counts; ///< a row each: columns shared
    std::vector<double> m_products;
    std::vector<float> m_values;        ///< similarities without the own row's norm, 0 for the row itself
    std::vector<std::int32_t> m_places; ///< in a group
};

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
    m_counts.resize(rows.columnCount);
    for (const std::int32_t column : rows.columns) {
        ++m_counts[static_cast<std::size_t>(column)];
    }
    if (options.similarity == Similarity::Bm25) {
        for (std::size_t row = 0; row < rows.rowCount(); ++row) {
            m_total += lengthOf(rows, row);
        }
        return;
    }
    std::vector<double> sums(rows.columnCount);
    for (std::size_t at = 0; at < rows.columns.size(); ++at) {
        sums[static_cast<std::size_t>(rows.columns[at])] += static_cast<double>(rows.values[at]);
    }
    m_means.resize(rows.columnCount);
    for (std::size_t column = 0; column < sums.size(); ++column) {
        m_means[column] = static_cast<float>(sums[column] / std::max(1, m_counts[column]));
    }
}

SparseRows ComparedValues::of(const SparseRows& rows) const
{
    SparseRows result = rows;
    if (m_options.similarity == Similarity::AdjustedCosine) {
        for (std::size_t at = 0; at < result.columns.size(); ++at) {
            result.values[at] -= m_means[static_cast<std::size_t>(result.columns[at])];
        }
    } else if (m_options.similarity == Similarity::Bm25) {
        weighByBm25(result);
    }
    return result;
}

void ComparedValues::weighByBm25(SparseRows& rows) const
{
    const double k1 = m_options.k1;
    const double b = m_options.b;
    const double n = m_rowCount;
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        const double length = m_total > 0.0 ? lengthOf(rows, row) * n / m_total : 1.0;
        for (std::size_t at = rows.starts[row]; at < rows.starts[row + 1]; ++at) {
            const auto value = static_cast<double>(rows.values[at]);
            const double df = m_counts[static_cast<std::size_t>(rows.columns[at])];
            const double rarity = std::log1p((n - df + 0.5) / (df + 0.5));
            rows.values[at] =
                static_cast<float>(value * (k1 + 1.0) / (value + k1 * (1.0 - b + b * length)) * rarity);
        }
    }
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

Result<SparseRows> nearestRows(const SparseRows& rows,
                               std::size_t count,
                               std::span<const std::size_t> groups,
                               const NeighbourOptions& options,
                               const JobContext& job)
{
    const Comparison comparison(rows, options);
    std::vector<std::vector<Neighbour>> nearest(count);
    TaskGuard guard(job);
    forEachBlock(count, rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        RowSearch search(comparison, groups);
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            search.find(row, nearest[row]);
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    SparseRows result{.columnCount = rows.rowCount()};
    for (const std::vector<Neighbour>& row : nearest) {
        for (const Neighbour& neighbour : row) {
            result.add(neighbour.row, neighbour.similarity);
        }
        result.endRow();
    }
    return result;
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
    std::vector<Neighbour> found;
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
            nearest.add(static_cast<std::int32_t>(other), similarityOf(options, norm * normOf(values), sums));
        }
    }
    nearest.moveTo(found);
    SparseRow result;
    for (const Neighbour& each : found) {
        result.columns.push_back(each.row);
        result.values.push_back(each.similarity);
    }
    return result;
}

} // namespace transept
