#include "core/model/Neighbours.h"

#include "core/base/Parallel.h"
#include "core/model/TaskGuard.h"

#include <algorithm>
#include <cmath>

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
};

double correlation(const SharedSums& sums)
{
    const auto n = static_cast<double>(sums.count);
    const double spread = (sums.xx - sums.x * sums.x / n) * (sums.yy - sums.y * sums.y / n);
    return spread > 1e-12 ? (sums.xy - sums.x * sums.y / n) / std::sqrt(spread) : 0.0;
}

/// Compares rows with all others; what it holds is shared by all tasks and does not change.
class Comparison
{
public:
    Comparison(const SparseRows& rows, const NeighbourOptions& options)
        : m_options(options)
        , m_rows(comparedValues(rows, options))
        , m_columns(m_rows.transposed())
        , m_norms(rows.rowCount())
    {
        for (std::size_t row = 0; row < m_norms.size(); ++row) {
            double sum = 0.0;
            for (const float value : m_rows.valuesOf(row)) {
                sum += static_cast<double>(value) * static_cast<double>(value);
            }
            m_norms[row] = std::sqrt(sum);
        }
    }

    /// Fills `sums` (all zero before, one for each row) and `touched` (empty before) for one row.
    void addShared(std::size_t row, std::vector<SharedSums>& sums, std::vector<std::int32_t>& touched) const
    {
        const auto columns = m_rows.columnsOf(row);
        const auto values = m_rows.valuesOf(row);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto others = m_columns.columnsOf(static_cast<std::size_t>(columns[at]));
            const auto otherValues = m_columns.valuesOf(static_cast<std::size_t>(columns[at]));
            const auto x = static_cast<double>(values[at]);
            for (std::size_t other = 0; other < others.size(); ++other) {
                SharedSums& sum = sums[static_cast<std::size_t>(others[other])];
                const auto y = static_cast<double>(otherValues[other]);
                if (sum.count++ == 0) {
                    touched.push_back(others[other]);
                }
                sum.xy += x * y;
                if (m_options.similarity == Similarity::Pearson) {
                    sum.x += x;
                    sum.y += y;
                    sum.xx += x * x;
                    sum.yy += y * y;
                }
            }
        }
    }

    float similarity(std::size_t a, std::size_t b, const SharedSums& sums) const
    {
        if (m_options.similarity == Similarity::Bm25) {
            return static_cast<float>(sums.xy);
        }
        const double norms = m_norms[a] * m_norms[b];
        const double plain = m_options.similarity == Similarity::Pearson ? correlation(sums)
                             : norms > 0.0                               ? sums.xy / norms
                                                                         : 0.0;
        const auto shared = static_cast<double>(sums.count);
        return static_cast<float>(plain * shared / (shared + m_options.shrinkage));
    }

private:
    NeighbourOptions m_options;
    SparseRows m_rows;
    SparseRows m_columns;
    std::vector<double> m_norms;
};

bool isNearer(const Neighbour& a, const Neighbour& b)
{
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row;
}

/// The `most` nearest, by row.
void keepNearest(std::vector<Neighbour>& neighbours, std::size_t most)
{
    if (neighbours.size() > most) {
        std::nth_element(neighbours.begin(),
                         neighbours.begin() + static_cast<std::ptrdiff_t>(most),
                         neighbours.end(),
                         isNearer);
        neighbours.resize(most);
    }
    std::sort(neighbours.begin(), neighbours.end(), [](const Neighbour& a, const Neighbour& b) {
        return a.row < b.row;
    });
}

/// Takes the column means off.
void centreColumns(SparseRows& rows)
{
    std::vector<double> sums(rows.columnCount);
    std::vector<int> counts(rows.columnCount);
    for (std::size_t at = 0; at < rows.columns.size(); ++at) {
        sums[static_cast<std::size_t>(rows.columns[at])] += static_cast<double>(rows.values[at]);
        ++counts[static_cast<std::size_t>(rows.columns[at])];
    }
    for (std::size_t at = 0; at < rows.columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(rows.columns[at]);
        rows.values[at] -= static_cast<float>(sums[column] / counts[column]);
    }
}

void weighByBm25(SparseRows& rows, double k1, double b)
{
    std::vector<int> counts(rows.columnCount);
    std::vector<double> lengths(rows.rowCount());
    double total = 0.0;
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        for (const float value : rows.valuesOf(row)) {
            lengths[row] += static_cast<double>(value);
        }
        total += lengths[row];
    }
    for (const std::int32_t column : rows.columns) {
        ++counts[static_cast<std::size_t>(column)];
    }
    const auto n = static_cast<double>(rows.rowCount());
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        const double length = total > 0.0 ? lengths[row] * n / total : 1.0;
        for (std::size_t at = rows.starts[row]; at < rows.starts[row + 1]; ++at) {
            const auto value = static_cast<double>(rows.values[at]);
            const double df = counts[static_cast<std::size_t>(rows.columns[at])];
            const double rarity = std::log1p((n - df + 0.5) / (df + 0.5));
            rows.values[at] =
                static_cast<float>(value * (k1 + 1.0) / (value + k1 * (1.0 - b + b * length)) * rarity);
        }
    }
}

} // namespace

SparseRows comparedValues(const SparseRows& rows, const NeighbourOptions& options)
{
    SparseRows result = rows;
    if (options.similarity == Similarity::AdjustedCosine) {
        centreColumns(result);
    } else if (options.similarity == Similarity::Bm25) {
        weighByBm25(result, options.k1, options.b);
    }
    return result;
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
        std::vector<SharedSums> sums(rows.rowCount());
        std::vector<std::int32_t> touched;
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            comparison.addShared(row, sums, touched);
            std::vector<std::vector<Neighbour>> found(groups.size() - 1);
            for (const std::int32_t other : touched) {
                const auto at = static_cast<std::size_t>(other);
                const float similarity = comparison.similarity(row, at, sums[at]);
                sums[at] = SharedSums{};
                if (at != row && similarity > 0.0F) {
                    const auto after = std::upper_bound(groups.begin(), groups.end(), at);
                    found[static_cast<std::size_t>(after - groups.begin()) - 1].push_back(
                        {other, similarity});
                }
            }
            touched.clear();
            for (std::vector<Neighbour>& group : found) {
                keepNearest(group, static_cast<std::size_t>(options.neighbours));
                nearest[row].insert(nearest[row].end(), group.begin(), group.end());
            }
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    SparseRows result{.columnCount = rows.rowCount()};
    for (const std::vector<Neighbour>& row : nearest) {
        for (const Neighbour& neighbour : row) {
            result.columns.push_back(neighbour.row);
            result.values.push_back(neighbour.similarity);
        }
        result.starts.push_back(result.columns.size());
    }
    return result;
}

std::vector<Parameter> neighbourParameters()
{
    return {{.name = "similarity",
             .type = Parameter::Type::Choice,
             .preset = "cosine",
             .choices = {"cosine", "adjusted-cosine", "pearson", "bm25"},
             .label = TRANSLATABLE("methods", "Similarity"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "cosine: the share of what two have in common. adjusted-cosine and pearson: agreement "
                 "of ratings above or below the mean. bm25: weighs rare evidence more and keeps part of "
                 "the popularity; often best on sparse data.")},
            {.name = "neighbours",
             .type = Parameter::Type::Integer,
             .preset = 200,
             .low = 1,
             .high = 5000,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Neighbours"),
             .meaning = TRANSLATABLE("methods", "How many of the most similar are asked, in each domain.")},
            {.name = "shrinkage",
             .type = Parameter::Type::Real,
             .preset = 10.0,
             .low = 0.0,
             .high = 500.0,
             .label = TRANSLATABLE("methods", "Shrinkage"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "A similarity that rests on this many common interactions counts half; 0: all count in "
                 "full."),
             .unit = TRANSLATABLE("methods", "interactions"),
             .onlyWhen = "similarity=cosine,adjusted-cosine,pearson"},
            {.name = "k1",
             .type = Parameter::Type::Real,
             .preset = 1.2,
             .low = 0.1,
             .high = 100.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "BM25 saturation (k1)"),
             .meaning = TRANSLATABLE("methods", "How soon a larger value stops counting more."),
             .onlyWhen = "similarity=bm25"},
            {.name = "b",
             .type = Parameter::Type::Real,
             .preset = 0.1,
             .low = 0.0,
             .high = 1.0,
             .label = TRANSLATABLE("methods", "BM25 length (b)"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "How much having many interactions is held against a neighbour: near 0 popular ones "
                 "stay strong, 1 takes their popularity away."),
             .onlyWhen = "similarity=bm25"}};
}

NeighbourOptions neighbourOptionsFrom(const Parameters& parameters)
{
    const std::string similarity = parameters.text("similarity");
    return {.similarity = similarity == "bm25"              ? Similarity::Bm25
                          : similarity == "pearson"         ? Similarity::Pearson
                          : similarity == "adjusted-cosine" ? Similarity::AdjustedCosine
                                                            : Similarity::Cosine,
            .shrinkage = parameters.real("shrinkage"),
            .k1 = parameters.real("k1"),
            .b = parameters.real("b"),
            .neighbours = parameters.integer("neighbours")};
}

} // namespace transept
