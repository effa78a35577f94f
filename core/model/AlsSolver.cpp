#include "core/model/AlsSolver.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/AlsKernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

namespace transept {
namespace {

using Numbers = std::vector<float, CacheAligned<float>>;

constexpr std::size_t panelFloats = 8192; ///< rows that are multiplied together: 32 KB, for the first cache
constexpr std::size_t residentFloats = 1U << 20U; ///< rows that are gathered once: 4 MB
constexpr std::size_t batchFloats = 131072;       ///< matrices that are factorised side by side
constexpr std::size_t largestBatch = 4;
constexpr float solvedNorm = 1e-20F; ///< of a residual: further steps divide by nothing
constexpr std::size_t tasksPerSweep = 128;
constexpr std::size_t gramBlocks = 32;
constexpr std::size_t smallestGramBlock = 2048;

std::size_t padded(std::size_t count)
{
    return (count + FactorMatrix::lanes - 1) / FactorMatrix::lanes * FactorMatrix::lanes;
}

std::size_t panelRows(std::size_t stride)
{
    return std::max(panelFloats / stride / FactorMatrix::lanes, std::size_t{1}) * FactorMatrix::lanes;
}

/// Room for `count` numbers.
float* room(Numbers& numbers, std::size_t count)
{
    if (numbers.size() < count) {
        numbers.resize(count);
    }
    return numbers.data();
}

/// A row of interactions and the rows of Y that it names.
struct Entries
{
    als::Source source;
    std::span<const std::int32_t> columns;
    std::span<const float> roots;
    double ridge = 0.0;

    std::size_t count() const { return columns.size(); }
};

double squaredLength(const float* vector, std::size_t size)
{
    return static_cast<double>(kernels::dot(vector, vector, size));
}

/// What one thread needs to solve a few rows.
struct RowWorkspace
{
    Numbers gathered;
    Numbers roots;
    Numbers matrices;
    Numbers rights;
    Numbers scales;
    Numbers vectors;
    Numbers errors;

    /// The rows of Y times the roots of their weights, and the roots, in panels: work(first, rows, roots).
    template<typename Work>
    void forEachPanel(const Entries& entries, TaskGuard& guard, const Work& work)
    {
        const std::size_t stride = entries.source.stride;
        const std::size_t height = panelRows(stride);
        float* rows = room(gathered, height * stride);
        float* own = room(roots, height);
        for (std::size_t first = 0; first < entries.count() && guard.mayGoOn(); first += height) {
            const std::size_t count = std::min(height, entries.count() - first);
            als::gatherRows(
                entries.source, entries.columns.subspan(first, count), entries.roots.data() + first, rows);
            std::copy_n(entries.roots.data() + first, count, own);
            std::fill(own + count, own + padded(count), 0.0F);
            work(first, als::Rows{.values = rows, .count = count, .stride = stride}, own);
        }
    }

    /// forEachPanel() for what goes over the same rows again and again: short ones stay gathered.
    template<typename Work>
    void revisitPanels(const Entries& entries, TaskGuard& guard, bool& areGathered, const Work& work)
    {
        const std::size_t stride = entries.source.stride;
        if (padded(entries.count()) * stride > residentFloats) {
            forEachPanel(entries, guard, work);
            return;
        }
        float* rows = room(gathered, padded(entries.count()) * stride);
        float* own = room(roots, padded(entries.count()));
        if (!areGathered) {
            als::gatherRows(entries.source, entries.columns, entries.roots.data(), rows);
            std::ranges::copy(entries.roots, own);
            std::fill(own + entries.count(), own + padded(entries.count()), 0.0F);
            areGathered = guard.mayGoOn();
        }
        work(std::size_t{0}, als::Rows{.values = rows, .count = entries.count(), .stride = stride}, own);
    }

    /// A and b.
    void writeSystem(const Entries& entries, const float* gram, const als::System& system, TaskGuard& guard)
    {
        const std::size_t size = entries.source.stride;
        std::fill_n(system.right, size, 0.0F);
        const float* start = gram;
        forEachPanel(entries, guard, [&](std::size_t /*first*/, const als::Rows& rows, const float* own) {
            als::addOuterProducts(rows, size, start, system.matrix);
            als::addRows(rows, size, own, system.right);
            start = system.matrix;
        });
        for (std::size_t at = 0; at < size; ++at) {
            system.matrix[at * size + at] += static_cast<float>(entries.ridge);
        }
    }
};

} // namespace

/// A workspace for each task that is under way; they are kept for the next sweep.
class als::WorkspacePool
{
public:
    std::unique_ptr<RowWorkspace> take()
    {
        const std::lock_guard lock(m_mutex);
        if (m_free.empty()) {
            return std::make_unique<RowWorkspace>();
        }
        std::unique_ptr<RowWorkspace> workspace = std::move(m_free.back());
        m_free.pop_back();
        return workspace;
    }

    void giveBack(std::unique_ptr<RowWorkspace> workspace)
    {
        const std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(workspace));
    }

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<RowWorkspace>> m_free;
};

/// One pass over the rows.
class AlsSolver::Sweep
{
public:
    Sweep(const AlsSolver& solver,
          const FactorMatrix& fixed,
          FactorMatrix& solved,
          const FactorMatrix& gram,
          TaskGuard& guard)
        : m_solver(solver)
        , m_fixed(fixed)
        , m_solved(solved)
        , m_gram(gram)
        , m_guard(guard)
        , m_size(fixed.stride)
    {
        if (solver.m_options.method == AlsMethod::Blocks) {
            cutGram();
        }
    }

    /// Solves the rows at [first, last) of the order and returns their part of the loss; except for Blocks
    /// without sum_j w_j.
    double solve(std::size_t first, std::size_t last, RowWorkspace& workspace)
    {
        double loss = 0.0;
        if (m_solver.m_options.method == AlsMethod::Exact) {
            const std::size_t batch =
                std::clamp<std::size_t>(batchFloats / (m_size * m_size), 1, largestBatch);
            for (; first < last && m_guard.mayGoOn(); first += batch) {
                loss += solveExactly(first, std::min(last, first + batch), workspace);
            }
            return loss;
        }
        for (; first < last && m_guard.mayGoOn(); ++first) {
            const std::size_t row = rowAt(first);
            loss += m_solver.m_options.method == AlsMethod::Blocks ? solveBlocks(row, workspace)
                                                                   : descend(row, workspace);
        }
        return loss;
    }

private:
    struct Block
    {
        std::size_t first = 0;
        std::size_t size = 0;
        Numbers gram;
    };

    als::Rows gramRows() const { return {.values = m_gram.values.data(), .count = m_size, .stride = m_size}; }

    std::size_t rowAt(std::size_t place) const { return static_cast<std::size_t>(m_solver.m_order[place]); }

    Entries entriesOf(std::size_t row) const
    {
        return {.source = {.rows = m_fixed.values.data(), .stride = m_fixed.stride},
                .columns = m_solver.m_rows.columnsOf(row),
                .roots = m_solver.m_rows.valuesOf(row),
                .ridge = m_solver.m_ridges[row]};
    }

    /// The Gram matrix's blocks on the diagonal, each by itself.
    void cutGram()
    {
        const std::size_t wanted = padded(std::max<std::size_t>(m_solver.m_options.blockSize, 1));
        for (std::size_t first = 0; first < m_size; first += wanted) {
            const std::size_t size = std::min(wanted, m_size - first);
            m_blocks.push_back({.first = first, .size = size, .gram = Numbers(size * size)});
            for (std::size_t row = 0; row < size; ++row) {
                std::copy_n(m_gram.at(first + row) + first, size, m_blocks.back().gram.data() + row * size);
            }
        }
    }

    double solveExactly(std::size_t first, std::size_t last, RowWorkspace& workspace);
    double solveBlocks(std::size_t row, RowWorkspace& workspace);
    bool stepBlock(
        const Block& block, const Entries& entries, float* x, RowWorkspace& workspace, bool& areGathered);
    double descend(std::size_t row, RowWorkspace& workspace);

    const AlsSolver& m_solver;
    const FactorMatrix& m_fixed;
    FactorMatrix& m_solved;
    const FactorMatrix& m_gram; ///< alpha0 Y'Y
    TaskGuard& m_guard;
    std::size_t m_size;
    std::vector<Block> m_blocks;
};

/// With A x = b the loss of a row is sum_j w_j - <b, x> - ridge ||x||^2.
double AlsSolver::Sweep::solveExactly(std::size_t first, std::size_t last, RowWorkspace& workspace)
{
    std::array<als::System, largestBatch> systems;
    float* matrices = room(workspace.matrices, (last - first) * m_size * m_size);
    float* scales = room(workspace.scales, (last - first) * m_size);
    float* rights = room(workspace.rights, largestBatch * m_size);
    for (std::size_t place = first; place < last; ++place) {
        const std::size_t row = rowAt(place);
        als::System& system = systems[place - first];
        system = {.matrix = matrices + (place - first) * m_size * m_size,
                  .right = m_solved.at(row),
                  .scales = scales + (place - first) * m_size};
        workspace.writeSystem(entriesOf(row), m_gram.values.data(), system, m_guard);
        std::copy_n(system.right, m_size, rights + (place - first) * m_size);
    }
    if (!m_guard.mayGoOn()) {
        return 0.0;
    }
    if (!als::solveSystems({systems.data(), last - first}, m_size)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    double loss = 0.0;
    for (std::size_t place = first; place < last; ++place) {
        const std::size_t row = rowAt(place);
        const float* x = m_solved.at(row);
        const float* b = rights + (place - first) * m_size;
        loss -= static_cast<double>(kernels::dot(b, x, m_size)) +
                m_solver.m_ridges[row] * squaredLength(x, m_size);
    }
    return loss;
}

/// For one block B of the factors after the other, with e_j = sqrt(w_j) (<x, y_j> - 1) as the blocks before
/// left it:
///
///   x_B -= A_BB^-1 (alpha0 (Y'Y x)_B + sum_j sqrt(w_j) e_j y_jB + ridge x_B)
double AlsSolver::Sweep::solveBlocks(std::size_t row, RowWorkspace& workspace)
{
    const Entries entries = entriesOf(row);
    float* x = m_solved.at(row);
    float* errors = room(workspace.errors, padded(entries.count()));
    std::fill_n(errors, padded(entries.count()), 0.0F);
    bool areGathered = false;
    workspace.revisitPanels(
        entries, m_guard, areGathered, [&](std::size_t first, const als::Rows& rows, const float* roots) {
            als::addDots(rows, m_size, x, 1.0F, errors + first);
            kernels::addScaled(-1.0F, roots, errors + first, rows.count);
        });
    for (const Block& block : m_blocks) {
        if (!stepBlock(block, entries, x, workspace, areGathered)) {
            return std::numeric_limits<double>::quiet_NaN();
        }
    }
    float* image = room(workspace.vectors, m_size);
    std::fill_n(image, m_size, 0.0F);
    als::addRows(gramRows(), m_size, x, image);
    return squaredLength(errors, entries.count()) + static_cast<double>(kernels::dot(image, x, m_size));
}

bool AlsSolver::Sweep::stepBlock(
    const Block& block, const Entries& entries, float* x, RowWorkspace& workspace, bool& areGathered)
{
    const als::System system{.matrix = room(workspace.matrices, block.size * block.size),
                             .right = room(workspace.rights, block.size),
                             .scales = room(workspace.scales, block.size)};
    float* errors = workspace.errors.data();
    const auto inBlock = [&](als::Rows rows) {
        rows.values += block.first;
        return rows;
    };
    const auto ridge = static_cast<float>(entries.ridge);
    for (std::size_t at = 0; at < block.size; ++at) {
        system.right[at] = ridge * x[block.first + at];
    }
    als::addRows(inBlock(gramRows()), block.size, x, system.right);
    const float* start = block.gram.data();
    workspace.revisitPanels(
        entries, m_guard, areGathered, [&](std::size_t first, const als::Rows& rows, const float* /*roots*/) {
            als::addOuterProducts(inBlock(rows), block.size, start, system.matrix);
            als::addRows(inBlock(rows), block.size, errors + first, system.right);
            start = system.matrix;
        });
    if (!m_guard.mayGoOn()) {
        return true;
    }
    for (std::size_t at = 0; at < block.size; ++at) {
        system.matrix[at * block.size + at] += ridge;
    }
    if (!als::solveSystems({&system, 1}, block.size)) {
        return false;
    }
    kernels::addScaled(-1.0F, system.right, x + block.first, block.size);
    workspace.revisitPanels(
        entries, m_guard, areGathered, [&](std::size_t first, const als::Rows& rows, const float* /*roots*/) {
            als::addDots(inBlock(rows), block.size, system.right, -1.0F, errors + first);
        });
    return true;
}

/// Conjugate gradients from where the row was. With the residual r = b - A x the loss is
/// sum_j w_j - <b, x> - <r, x> - ridge ||x||^2.
double AlsSolver::Sweep::descend(std::size_t row, RowWorkspace& workspace)
{
    const Entries entries = entriesOf(row);
    float* x = m_solved.at(row);
    float* right = room(workspace.vectors, 4 * m_size);
    float* residual = right + m_size;
    float* direction = residual + m_size;
    float* image = direction + m_size;
    bool areGathered = false;
    const auto multiply = [&](const float* vector) {
        std::copy_n(vector, m_size, image);
        kernels::scale(static_cast<float>(entries.ridge), image, m_size);
        als::addRows(gramRows(), m_size, vector, image);
        workspace.revisitPanels(
            entries, m_guard, areGathered, [&](std::size_t /*first*/, const als::Rows& rows, const float*) {
                als::addNormalProduct(rows, m_size, vector, image);
            });
    };
    std::fill_n(right, m_size, 0.0F);
    workspace.revisitPanels(
        entries, m_guard, areGathered, [&](std::size_t /*first*/, const als::Rows& rows, const float* roots) {
            als::addRows(rows, m_size, roots, right);
        });
    multiply(x);
    for (std::size_t at = 0; at < m_size; ++at) {
        residual[at] = right[at] - image[at];
        direction[at] = residual[at];
    }
    float norm = kernels::dot(residual, residual, m_size);
    for (int step = 0; step < m_solver.m_options.steps && norm > solvedNorm && m_guard.mayGoOn(); ++step) {
        multiply(direction);
        const float length = norm / kernels::dot(direction, image, m_size);
        kernels::addScaled(length, direction, x, m_size);
        kernels::addScaled(-length, image, residual, m_size);
        const float next = kernels::dot(residual, residual, m_size);
        kernels::scale(next / norm, direction, m_size);
        kernels::addScaled(1.0F, residual, direction, m_size);
        norm = next;
    }
    return -static_cast<double>(kernels::dot(right, x, m_size)) -
           static_cast<double>(kernels::dot(residual, x, m_size)) - entries.ridge * squaredLength(x, m_size);
}

double ridge(const AlsOptions& options, std::size_t interactions, std::size_t activeColumns)
{
    const double all =
        static_cast<double>(interactions) + options.unobservedWeight * static_cast<double>(activeColumns);
    return options.regularisation * std::pow(all, options.exponent);
}

AlsSolver::AlsSolver(SparseRows rows, std::size_t activeColumns, const AlsOptions& options)
    : m_rows(std::move(rows))
    , m_options(options)
    , m_workspaces(std::make_unique<als::WorkspacePool>())
{
    for (float& value : m_rows.values) {
        m_weightSum += static_cast<double>(value);
        value = std::sqrt(value);
    }
    for (std::size_t row = 0; row < m_rows.rowCount(); ++row) {
        m_ridges.push_back(ridge(options, m_rows.lengthOf(row), activeColumns));
        if (m_rows.lengthOf(row) > 0) {
            m_order.push_back(static_cast<std::int32_t>(row));
        }
    }
    std::ranges::stable_sort(m_order, std::greater<>(), [&](std::int32_t row) {
        return m_rows.lengthOf(static_cast<std::size_t>(row));
    });
}

AlsSolver::~AlsSolver() = default;

/// Cuts the order into tasks of about equal work: a row costs its products, and a system whatever it holds.
void AlsSolver::schedule(std::size_t width)
{
    if (m_scheduledWidth == width) {
        return;
    }
    m_scheduledWidth = width;
    const auto workOf = [&](std::int32_t row) {
        return m_rows.lengthOf(static_cast<std::size_t>(row)) + width / 2 + FactorMatrix::lanes;
    };
    std::size_t total = 0;
    for (const std::int32_t row : m_order) {
        total += workOf(row);
    }
    m_tasks = {0};
    std::size_t work = 0;
    for (std::size_t place = 0; place < m_order.size(); ++place) {
        work += workOf(m_order[place]);
        const bool isFull = work >= total / tasksPerSweep && (place + 1 - m_tasks.back()) % largestBatch == 0;
        if (isFull || place + 1 == m_order.size()) {
            m_tasks.push_back(place + 1);
            work = 0;
        }
    }
}

Result<double> AlsSolver::sweep(const FactorMatrix& fixed, FactorMatrix& solved, const JobContext& job)
{
    const Result<FactorMatrix> gram = weightedGram(fixed, m_options.unobservedWeight, job);
    if (!gram) {
        return passOn(gram);
    }
    schedule(fixed.stride);
    for (std::size_t row = 0; row < m_rows.rowCount(); ++row) {
        if (m_rows.lengthOf(row) == 0) {
            std::ranges::fill(solved.row(row), 0.0F);
        }
    }
    TaskGuard guard(job);
    Sweep sweep(*this, fixed, solved, *gram, guard);
    std::vector<double> losses(m_tasks.size() - 1);
    parallelTasks(losses.size(), [&](std::size_t task) {
        std::unique_ptr<RowWorkspace> workspace = m_workspaces->take();
        losses[task] = sweep.solve(m_tasks[task], m_tasks[task + 1], *workspace);
        m_workspaces->giveBack(std::move(workspace));
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    return std::accumulate(
        losses.begin(), losses.end(), m_options.method == AlsMethod::Blocks ? 0.0 : m_weightSum);
}

Result<FactorMatrix> weightedGram(const FactorMatrix& factors, double unobservedWeight, const JobContext& job)
{
    const std::size_t size = factors.stride;
    const std::size_t blockSize = std::max(smallestGramBlock, (factors.rows + gramBlocks - 1) / gramBlocks);
    std::vector<Numbers> parts((factors.rows + blockSize - 1) / blockSize);
    TaskGuard guard(job);
    forEachBlock(factors.rows, blockSize, [&](std::size_t block, std::size_t first, std::size_t last) {
        parts[block].resize(size * size);
        for (const std::size_t height = panelRows(size); first < last && guard.mayGoOn(); first += height) {
            als::addOuterProducts(
                {.values = factors.at(first), .count = std::min(height, last - first), .stride = size},
                size,
                parts[block].data(),
                parts[block].data());
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    FactorMatrix gram(size, size);
    for (std::size_t row = 0; row < size; ++row) {
        for (std::size_t column = row; column < size; ++column) {
            double sum = 0.0;
            for (const Numbers& part : parts) {
                sum += static_cast<double>(part[row * size + column]);
            }
            gram.at(row)[column] = static_cast<float>(unobservedWeight * sum);
            gram.at(column)[row] = gram.at(row)[column];
        }
    }
    return gram;
}

bool foldIn(const FactorMatrix& fixed,
            const FactorMatrix& gram,
            const FoldInRow& row,
            std::span<float> vector)
{
    const std::size_t size = fixed.stride;
    Numbers roots(row.weights.begin(), row.weights.end());
    std::ranges::for_each(roots, [](float& weight) { weight = std::sqrt(weight); });
    Numbers matrix(size * size);
    Numbers scales(size);
    Numbers solution(size);
    const als::System system{.matrix = matrix.data(), .right = solution.data(), .scales = scales.data()};
    const JobContext job;
    TaskGuard guard(job);
    RowWorkspace().writeSystem({.source = {.rows = fixed.values.data(), .stride = size},
                                .columns = row.columns,
                                .roots = roots,
                                .ridge = row.ridge},
                               gram.values.data(),
                               system,
                               guard);
    const bool isSolved = als::solveSystems({&system, 1}, size);
    std::ranges::copy(solution, vector.begin());
    return isSolved;
}

} // namespace transept
