#include "core/model/EaseNeighbourhoods.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/ColumnGroups.h"
#include "core/model/SymmetricInverse.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t itemsPerBlock = 16;
constexpr std::size_t itemsBetweenReports = 512;
constexpr std::size_t sampleSize = 100;

/// Gives the neighbours of one item their weights. False when the system cannot be solved in float32.
bool solveItem(ColumnGroups& groups,
               std::span<const Cooccurrence> neighbours,
               float lambda,
               SparseRow& result,
               TaskGuard& guard)
{
    std::vector<float> gram;
    groups.gramOf(neighbours, gram);
    result.columns.reserve(neighbours.size());
    result.values.reserve(neighbours.size());
    for (std::size_t member = 0; member < neighbours.size(); ++member) {
        gram[member * neighbours.size() + member] += lambda;
        result.columns.push_back(neighbours[member].column);
        result.values.push_back(neighbours[member].gram);
    }
    return solveSymmetric(gram, result.values, guard);
}

/// r without place c, and Y'Y_c without it, of one item.
class Residual
{
public:
    explicit Residual(const StackedRows& stacked)
        : m_stacked(stacked)
        , m_errors(stacked.rows.rowCount())
        , m_explained(stacked.columnCount())
        , m_right(stacked.columnCount())
    {
    }

    /// |r_c| / |Y'Y_c|; nothing when the item shares no user with another one.
    std::optional<double> of(std::size_t item, const SparseRows& weights, double lambda, TaskGuard& guard)
    {
        std::fill(m_errors.begin(), m_errors.end(), 0.0);
        std::fill(m_explained.begin(), m_explained.end(), 0.0);
        std::fill(m_right.begin(), m_right.end(), 0.0);
        addColumn(item, 1.0);
        multiplyInto(m_right, guard);
        const auto columns = weights.columnsOf(item);
        const auto values = weights.valuesOf(item);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            addColumn(static_cast<std::size_t>(columns[at]), -static_cast<double>(values[at]));
        }
        multiplyInto(m_explained, guard);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            m_explained[static_cast<std::size_t>(columns[at])] -= lambda * static_cast<double>(values[at]);
        }
        m_explained[item] = 0.0;
        m_right[item] = 0.0;
        const double norm = lengthOf(m_right);
        return norm > 0.0 ? std::optional(lengthOf(m_explained) / norm) : std::nullopt;
    }

private:
    /// errors += factor Y_column
    void addColumn(std::size_t column, double factor)
    {
        const auto rows = m_stacked.transposed.columnsOf(column);
        const auto values = m_stacked.transposed.valuesOf(column);
        for (std::size_t at = 0; at < rows.size(); ++at) {
            m_errors[static_cast<std::size_t>(rows[at])] += factor * static_cast<double>(values[at]);
        }
    }

    /// sums += Y' errors
    void multiplyInto(std::vector<double>& sums, TaskGuard& guard) const
    {
        constexpr std::size_t rowsBetweenChecks = 1024;
        for (std::size_t row = 0; row < m_errors.size(); ++row) {
            if (row % rowsBetweenChecks == 0 && !guard.mayGoOn()) {
                return;
            }
            if (m_errors[row] != 0.0) {
                const auto columns = m_stacked.rows.columnsOf(row);
                const auto values = m_stacked.rows.valuesOf(row);
                for (std::size_t at = 0; at < columns.size(); ++at) {
                    sums[static_cast<std::size_t>(columns[at])] +=
                        m_errors[row] * static_cast<double>(values[at]);
                }
            }
        }
    }

    static double lengthOf(std::span<const double> numbers)
    {
        double sum = 0.0;
        for (const double number : numbers) {
            sum += number * number;
        }
        return std::sqrt(sum);
    }

    const StackedRows& m_stacked;
    std::vector<double> m_errors;    ///< Y_c - Y B_c, a user each
    std::vector<double> m_explained; ///< r_c, a column each
    std::vector<double> m_right;     ///< Y'Y_c
};

/// Up to `sampleSize` of the target's items with users, evenly spread over them.
std::vector<std::size_t> sampleOf(const StackedRows& stacked, std::size_t targets)
{
    std::vector<std::size_t> items;
    for (std::size_t item = 0; item < targets; ++item) {
        if (stacked.transposed.lengthOf(item) > 0) {
            items.push_back(item);
        }
    }
    const std::size_t count = std::min(sampleSize, items.size());
    std::vector<std::size_t> sample(count);
    for (std::size_t at = 0; at < count; ++at) {
        sample[at] = items[at * items.size() / count];
    }
    return sample;
}

} // namespace

Result<SparseRows> easeNeighbourhoods(
    const StackedRows& stacked, std::size_t targets, int neighbourhood, float lambda, const JobContext& job)
{
    const std::vector<float> squares = squaresOf(stacked.transposed);
    std::atomic<bool> solved = true;
    TaskGuard guard(job);
    SparseRows result{.columnCount = stacked.columnCount()};
    std::vector<SparseRow> found;
    for (std::size_t start = 0; start < targets; start += itemsBetweenReports) {
        const std::size_t count = std::min(itemsBetweenReports, targets - start);
        found.assign(count, {});
        forEachBlock(count, itemsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            ColumnGroups groups(stacked.rows, stacked.transposed, squares);
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                const auto neighbours =
                    groups.strongest(start + at, static_cast<std::size_t>(neighbourhood), lambda);
                if (!solveItem(groups, neighbours, lambda, found[at], guard)) {
                    solved = false;
                }
            }
        });
        if (const Status status = guard.status(); !status) {
            return passOn(status);
        }
        if (!solved) {
            return noUniqueSolution();
        }
        for (const SparseRow& item : found) {
            result.append(item);
        }
        job.progress(
            {.fraction = 0.1 + 0.8 * static_cast<double>(start + count) / static_cast<double>(targets),
             .stage = TRANSLATABLE("stages", "Solving neighbourhoods"),
             .done = static_cast<std::int64_t>(start + count),
             .total = static_cast<std::int64_t>(targets)});
    }
    return result;
}

Result<double> easeResidual(const StackedRows& stacked,
                            const SparseRows& weights,
                            float lambda,
                            const JobContext& job)
{
    const std::vector<std::size_t> sample = sampleOf(stacked, weights.rowCount());
    std::vector<std::optional<double>> residuals(sample.size());
    TaskGuard guard(job);
    forEachBlock(sample.size(), itemsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        Residual residual(stacked);
        for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
            residuals[at] = residual.of(sample[at], weights, static_cast<double>(lambda), guard);
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    double sum = 0.0;
    int count = 0;
    for (const std::optional<double>& each : residuals) {
        sum += each.value_or(0.0);
        count += each ? 1 : 0;
    }
    return count > 0 ? sum / count : 0.0;
}

} // namespace transept
