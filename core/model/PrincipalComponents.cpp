#include "core/model/PrincipalComponents.h"

#include "core/base/Random.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr Eigen::Index rowsAtOnce = 256;
constexpr Eigen::Index mostExact = 256;   ///< numbers of a vector: a few hundredths of a second
constexpr Eigen::Index oversampling = 16; ///< directions beyond the wanted
constexpr int iterations = 8;
constexpr double smallestShare = 1e-8; ///< of the largest variance; below it a direction is rounding

/// The rows among `of` that are not zero.
std::vector<Eigen::Index> knownRows(const KnowledgeVectors& features, std::span<const std::uint32_t> of)
{
    std::vector<Eigen::Index> known;
    for (const std::uint32_t row : of) {
        if (!features.isZero(row)) {
            known.push_back(row);
        }
    }
    return known;
}

struct Spread
{
    Eigen::RowVectorXd mean;
    Eigen::MatrixXd covariance;
};

Result<Spread> spreadOf(const KnowledgeVectors& features,
                        const std::vector<Eigen::Index>& rows,
                        const JobContext& job)
{
    const auto count = static_cast<double>(rows.size());
    Spread spread{.mean = Eigen::RowVectorXd::Zero(features.cols()),
                  .covariance = Eigen::MatrixXd::Zero(features.cols(), features.cols())};
    VectorReader reader(features);
    for (const Eigen::Index row : rows) {
        spread.mean += reader.row(row).cast<double>() / count;
    }
    for (std::size_t first = 0; first < rows.size(); first += rowsAtOnce) {
        if (const Status goOn = job.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        const std::size_t last = std::min(rows.size(), first + rowsAtOnce);
        Eigen::MatrixXd block(static_cast<Eigen::Index>(last - first), features.cols());
        for (std::size_t at = first; at < last; ++at) {
            block.row(static_cast<Eigen::Index>(at - first)) =
                reader.row(rows[at]).cast<double>() - spread.mean;
        }
        spread.covariance.selfadjointView<Eigen::Lower>().rankUpdate(block.transpose(), 1.0 / count);
    }
    spread.covariance = Eigen::MatrixXd(spread.covariance.selfadjointView<Eigen::Lower>());
    return spread;
}

/// left * right, with a checkpoint between blocks of rows.
Result<Eigen::MatrixXd> product(const Eigen::MatrixXd& left,
                                const Eigen::MatrixXd& right,
                                const JobContext& job)
{
    Eigen::MatrixXd all(left.rows(), right.cols());
    for (Eigen::Index first = 0; first < left.rows(); first += rowsAtOnce) {
        if (const Status goOn = job.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        const Eigen::Index count = std::min(rowsAtOnce, left.rows() - first);
        all.middleRows(first, count).noalias() = left.middleRows(first, count) * right;
    }
    return all;
}

/// An orthonormal basis of the columns' space, from their Gram matrix's eigenvectors; directions that are
/// not there are left out.
Eigen::MatrixXd orthonormal(const Eigen::MatrixXd& columns)
{
    const Eigen::MatrixXd gram = columns.transpose() * columns;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(gram);
    const Eigen::VectorXd& values = eigen.eigenvalues(); // ascending
    const double least = 1e-12 * values[values.size() - 1];
    const Eigen::Index kept = (values.array() > least).count();
    const Eigen::VectorXd scales = values.tail(kept).cwiseSqrt().cwiseInverse();
    return columns * (eigen.eigenvectors().rightCols(kept) * scales.asDiagonal());
}

struct Directions
{
    Eigen::MatrixXd vectors; ///< a column each
    Eigen::VectorXd variances;
};

/// Those of the largest variances, the largest first.
Directions largest(const Eigen::MatrixXd& basis, const Eigen::MatrixXd& covariance, Eigen::Index count)
{
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(covariance);
    const Eigen::VectorXd values = eigen.eigenvalues().reverse();
    const double least = smallestShare * values[0];
    const Eigen::Index kept =
        std::min<Eigen::Index>(count, values[0] > 0.0 ? (values.array() > least).count() : 0);
    return {.vectors = basis * eigen.eigenvectors().rightCols(kept).rowwise().reverse(),
            .variances = values.head(kept)};
}

Result<Directions> leadingDirections(const Eigen::MatrixXd& covariance,
                                     Eigen::Index count,
                                     const JobContext& job)
{
    const Eigen::Index size = covariance.rows();
    if (size <= mostExact) {
        return largest(Eigen::MatrixXd::Identity(size, size), covariance, count);
    }
    Random random(1);
    Eigen::MatrixXd basis = Eigen::MatrixXd::NullaryExpr(
        size, std::min(size, count + oversampling), [&] { return random.normal(); });
    for (int iteration = 0; iteration < iterations; ++iteration) {
        const Result<Eigen::MatrixXd> image = product(covariance, basis, job);
        if (!image) {
            return passOn(image);
        }
        if (image->isZero(0.0)) {
            return Directions{.vectors = Eigen::MatrixXd(size, 0), .variances = Eigen::VectorXd(0)};
        }
        basis = orthonormal(orthonormal(*image)); // the second takes what rounding left of the first
    }
    const Result<Eigen::MatrixXd> image = product(covariance, basis, job);
    return image ? Result<Directions>(largest(basis, basis.transpose() * *image, count)) : passOn(image);
}

} // namespace

Result<Matrix> principalComponents(const KnowledgeVectors& features,
                                   std::span<const std::uint32_t> of,
                                   std::size_t count,
                                   const JobContext& job)
{
    const std::vector<Eigen::Index> known = knownRows(features, of);
    if (known.empty()) {
        return Matrix(features.rows(), 0);
    }
    const Result<Spread> spread = spreadOf(features, known, job);
    const Result<Directions> directions =
        spread ? leadingDirections(spread->covariance, static_cast<Eigen::Index>(count), job)
               : passOn(spread);
    if (!directions) {
        return passOn(directions);
    }
    const double norm = std::sqrt(directions->variances.sum());
    VectorReader reader(features);
    Matrix components = Matrix::Zero(features.rows(), directions->variances.size());
    for (Eigen::Index first = 0; first < features.rows() && components.cols() > 0; first += rowsAtOnce) {
        if (const Status goOn = job.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        const Eigen::Index last = std::min(features.rows(), first + rowsAtOnce);
        for (Eigen::Index row = first; row < last; ++row) {
            if (!features.isZero(row)) {
                const Eigen::RowVectorXd centred = reader.row(row).cast<double>() - spread->mean;
                components.row(row) = (centred * directions->vectors / norm).cast<float>();
            }
        }
    }
    return components;
}

} // namespace transept
