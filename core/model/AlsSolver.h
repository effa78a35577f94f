#pragma once

#include "core/base/Job.h"
#include "core/data/SparseRows.h"
#include "core/model/FactorMatrix.h"

#include <memory>

namespace transept {
namespace als {
class WorkspacePool;
}

enum class AlsMethod {
    Exact,             ///< Cholesky
    Blocks,            ///< one Newton step a block of factors after the other (iALS++)
    ConjugateGradient, ///< a few steps from where the row was
};

struct AlsOptions
{
    AlsMethod method = AlsMethod::Exact;
    std::size_t blockSize = 32; ///< of Blocks; raised to a multiple of 16
    int steps = 3;              ///< of ConjugateGradient
    double unobservedWeight = 0.1;
    double regularisation = 0.02;
    double exponent = 1.0;
};

/// lambda (interactions + alpha0 n)^nu
double ridge(const AlsOptions& options, std::size_t interactions, std::size_t activeColumns);

/// Half of the alternation: given the factors Y of one side ("fixed"), the row x of every subject of the
/// other side that makes
///
///   sum_(j in D_x) w_j (1 - <x, y_j>)^2 + alpha0 sum_j <x, y_j>^2 + ridge ||x||^2
///   ridge = lambda (|D_x| + alpha0 n)^nu
///
/// small, where n counts the rows of Y that have interactions. It solves A x = b or goes towards the
/// solution:
///
///   A = alpha0 Y'Y + sum_j w_j y_j y_j' + ridge I,       b = sum_j w_j y_j
class AlsSolver
{
public:
    /// The rows' values are the weights w.
    AlsSolver(SparseRows rows, std::size_t activeColumns, const AlsOptions& options);
    ~AlsSolver();
    AlsSolver(const AlsSolver&) = delete;
    AlsSolver& operator=(const AlsSolver&) = delete;

    /// Replaces `solved`; rows without interactions become 0. Returns the sum over all rows of
    /// sum_j w_j (1 - <x, y_j>)^2 + alpha0 sum_j <x, y_j>^2, which is not finite when an equation could not
    /// be solved. Fails with Cancelled alone. Same bits for any number of threads.
    Result<double> sweep(const FactorMatrix& fixed, FactorMatrix& solved, const JobContext& job);

    double weightSum() const noexcept { return m_weightSum; } ///< of all w

private:
    class Sweep;

    void schedule(std::size_t width);

    SparseRows m_rows; ///< values: the roots of the weights
    AlsOptions m_options;
    double m_weightSum = 0.0;
    std::vector<double> m_ridges;
    std::vector<std::int32_t> m_order; ///< rows with interactions, the longest first
    std::vector<std::size_t> m_tasks;  ///< where each task's rows start in the order, and the end
    std::size_t m_scheduledWidth = 0;
    std::unique_ptr<als::WorkspacePool> m_workspaces;
};

/// alpha0 Y'Y; the padding of the factors is part of it.
Result<FactorMatrix> weightedGram(const FactorMatrix& factors,
                                  double unobservedWeight,
                                  const JobContext& job);

/// What a row of interactions says to fixed factors Y.
struct FoldInRow
{
    std::span<const std::int32_t> columns; ///< rows of Y
    std::span<const float> weights;        ///< as many
    double ridge = 0.0;
};

/// The exact solution for one row, for a user (or an item) who came after the training: the same bits as an
/// exact sweep would give it. `gram` is weightedGram() of Y; `vector` is as long as a row of Y with its
/// padding. False when there is none.
bool foldIn(const FactorMatrix& fixed,
            const FactorMatrix& gram,
            const FoldInRow& row,
            std::span<float> vector);

} // namespace transept
