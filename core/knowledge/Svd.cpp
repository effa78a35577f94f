#include "core/knowledge/Svd.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/Random.h"

#include <Eigen/Eigenvalues>

namespace transept {
namespace {

constexpr std::size_t denseBlock = 1024; ///< rows; a few milliseconds

Eigen::Index signedSize(std::size_t size)
{
    return static_cast<Eigen::Index>(size);
}

/// across * (matrix * dense), some columns at a time: the product within has a row for every row of the
/// matrix, and all of its columns would be most of the memory. Unfinished when the job was stopped: the
/// caller asks again and gives up.
Matrix normalProduct(const SparseRows& matrix,
                     const SparseRows& across,
                     const Matrix& dense,
                     const JobContext& context)
{
    constexpr Eigen::Index columnsAtOnce = 48;
    Matrix out = Matrix::Zero(dense.rows(), dense.cols());
    Matrix within;
    Matrix some;
    for (Eigen::Index first = 0; first < dense.cols(); first += columnsAtOnce) {
        const Eigen::Index count = std::min(columnsAtOnce, dense.cols() - first);
        (void)multiply(matrix, dense.middleCols(first, count), within, context).and_then([&] {
            return multiply(across, within, some, context);
        });
        out.middleCols(first, count) = some;
    }
    return out;
}

/// Rows first ... last - 1 of matrix * dense.
Matrix productRows(const SparseRows& matrix, const Matrix& dense, std::size_t first, std::size_t last)
{
    Matrix out = Matrix::Zero(signedSize(last - first), dense.cols());
    for (std::size_t row = first; row < last; ++row) {
        for (std::size_t at = 0; at < matrix.lengthOf(row); ++at) {
            kernels::addScaled(matrix.valuesOf(row)[at],
                               dense.row(matrix.columnsOf(row)[at]).data(),
                               out.row(signedSize(row - first)).data(),
                               static_cast<std::size_t>(dense.cols()));
        }
    }
    return out;
}

/// The sum of block' * block in double over blocks of rows that `rowsOf(first, last)` hands out, added in
/// their order.
template<typename RowsOf>
Eigen::MatrixXd gramOfBlocks(std::size_t rows,
                             Eigen::Index columns,
                             const JobContext& context,
                             const RowsOf& rowsOf)
{
    constexpr std::size_t rowsAtOnce = 64 * denseBlock; // few sums wait in memory
    Eigen::MatrixXd total = Eigen::MatrixXd::Zero(columns, columns);
    for (std::size_t start = 0; start < rows; start += rowsAtOnce) {
        const std::size_t count = std::min(rowsAtOnce, rows - start);
        std::vector<Eigen::MatrixXd> sums((count + denseBlock - 1) / denseBlock,
                                          Eigen::MatrixXd::Zero(columns, columns));
        forEachBlock(count, denseBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
            if (context.checkpoint()) {
                const Eigen::MatrixXd part = rowsOf(start + first, start + last);
                sums[block].selfadjointView<Eigen::Lower>().rankUpdate(part);
            }
        });
        for (const Eigen::MatrixXd& sum : sums) {
            total += sum;
        }
    }
    return total;
}

/// dense * small, by blocks of rows.
Matrix timesSmall(const Matrix& dense, const Matrix& small, const JobContext& context)
{
    Matrix out = Matrix::Zero(dense.rows(), small.cols());
    const auto rows = static_cast<std::size_t>(dense.rows());
    forEachBlock(rows, denseBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        if (context.checkpoint()) {
            const Eigen::Index count = signedSize(last - first);
            out.middleRows(signedSize(first), count).noalias() =
                dense.middleRows(signedSize(first), count) * small;
        }
    });
    return out;
}

/// The same column space with orthonormal columns: dense * E * Lambda^-1/2 with dense'dense = E Lambda E'.
/// Directions that are not there (rank below width) become zero columns.
Matrix orthonormalised(const Matrix& dense, const JobContext& context)
{
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(gramOf(dense, context));
    const double least = 1e-12 * std::max(eigen.eigenvalues().maxCoeff(), 0.0);
    const Eigen::VectorXd scales = eigen.eigenvalues().unaryExpr(
        [&](double value) { return value > least ? 1.0 / std::sqrt(value) : 0.0; });
    const Eigen::MatrixXd small = eigen.eigenvectors() * scales.asDiagonal();
    return timesSmall(dense, small.cast<float>(), context);
}

Matrix gaussian(std::size_t rows, Eigen::Index columns, std::uint64_t seed)
{
    Matrix out(signedSize(rows), columns);
    forEachBlock(rows, denseBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
        Random random(seed, block);
        for (Eigen::Index row = signedSize(first); row < signedSize(last); ++row) {
            for (Eigen::Index column = 0; column < columns; ++column) {
                out(row, column) = static_cast<float>(random.normal());
            }
        }
    });
    return out;
}

void fixSigns(TruncatedSvd& svd)
{
    for (Eigen::Index column = 0; column < svd.right.cols(); ++column) {
        Eigen::Index largest = 0;
        for (Eigen::Index row = 1; row < svd.right.rows(); ++row) {
            if (std::abs(svd.right(row, column)) > std::abs(svd.right(largest, column))) {
                largest = row;
            }
        }
        if (svd.right(largest, column) < 0.0F) {
            svd.right.col(column) *= -1.0F;
            svd.left.col(column) *= -1.0F;
        }
    }
}

/// The best rank-`rank` approximation within the column space of `basis` (orthonormal, columns x width).
TruncatedSvd rayleighRitz(const SparseRows& matrix, const Matrix& basis, int rank, const JobContext& context)
{
    const Eigen::MatrixXd gram =
        gramOfBlocks(matrix.rowCount(), basis.cols(), context, [&](std::size_t first, std::size_t last) {
            return Eigen::MatrixXd(productRows(matrix, basis, first, last).cast<double>().transpose());
        });
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(gram); // eigenvalues ascend
    const Eigen::Index width = basis.cols();
    const double least = 1e-10 * std::max(eigen.eigenvalues()(width - 1), 0.0);

    TruncatedSvd svd;
    Eigen::Index kept = 0;
    while (kept < std::min<Eigen::Index>(rank, width) && eigen.eigenvalues()(width - 1 - kept) > least) {
        svd.singularValues.push_back(std::sqrt(eigen.eigenvalues()(width - 1 - kept)));
        ++kept;
    }
    const Matrix turn = eigen.eigenvectors().rightCols(kept).rowwise().reverse().cast<float>();
    svd.left = Matrix::Zero(signedSize(matrix.rowCount()), kept);
    forEachBlock(matrix.rowCount(), denseBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        if (context.checkpoint()) {
            svd.left.middleRows(signedSize(first), signedSize(last - first)).noalias() =
                productRows(matrix, basis, first, last) * turn;
        }
    });
    svd.right = timesSmall(basis, turn, context);
    fixSigns(svd);
    return svd;
}

} // namespace

Eigen::MatrixXd gramOf(const Matrix& dense, const JobContext& context)
{
    return gramOfBlocks(
        static_cast<std::size_t>(dense.rows()),
        dense.cols(),
        context,
        [&](std::size_t first, std::size_t last) {
            return Eigen::MatrixXd(
                dense.middleRows(signedSize(first), signedSize(last - first)).cast<double>().transpose());
        });
}

Result<TruncatedSvd> truncatedSvd(const SparseRows& matrix,
                                  const SvdOptions& options,
                                  const JobContext& context)
{
    const auto smallerSide = static_cast<int>(std::min(matrix.rowCount(), matrix.columnCount));
    const int rank = std::min(options.rank, smallerSide);
    if (rank == 0) {
        return TruncatedSvd{
            Matrix(signedSize(matrix.rowCount()), 0), Matrix(signedSize(matrix.columnCount), 0), {}};
    }
    const Eigen::Index width = std::min(rank + options.oversampling, smallerSide);
    const Result<SparseRows> across = transposed(matrix, context);
    if (!across) {
        return passOn(across);
    }
    Matrix basis = orthonormalised(gaussian(matrix.columnCount, width, options.seed), context);
    for (int iteration = 0; iteration < options.iterations; ++iteration) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        context.progress({.fraction = static_cast<double>(iteration) / (options.iterations + 1),
                          .stage = TRANSLATABLE("stages", "Finding vectors"),
                          .done = iteration,
                          .total = options.iterations + 1});
        basis = orthonormalised(normalProduct(matrix, *across, basis, context), context);
    }
    // A second time, because the first leaves an error of the order of the squared condition number.
    basis = orthonormalised(basis, context);
    TruncatedSvd svd = rayleighRitz(matrix, basis, rank, context);
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    return svd;
}

} // namespace transept
