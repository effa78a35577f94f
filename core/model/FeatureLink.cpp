#include "core/model/FeatureLink.h"

#include "core/base/Parallel.h"
#include "core/model/Place.h"
#include "core/model/RandomStreams.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t rowsPerBlock = 512;

} // namespace

FeatureLink::FeatureLink(const Matrix& features,
                         std::vector<std::uint32_t> rows,
                         std::size_t size,
                         std::uint64_t seed,
                         std::uint64_t placeOfLink)
    : m_features(&features)
    , m_rows(std::move(rows))
    , m_seed(seed)
    , m_place(placeOfLink)
    , m_squares(Eigen::VectorXd::Zero(features.cols()))
    , m_beta(Eigen::MatrixXd::Zero(features.cols(), place(size)))
    , m_offsets(static_cast<std::size_t>(features.rows()), size)
{
    for (const std::uint32_t row : m_rows) {
        m_squares += m_features->row(row).transpose().cast<double>().cwiseAbs2();
        m_known += m_features->row(row).isZero(0.0F) ? 0.0 : 1.0;
    }
}

/// sum f_r (x_r - m - beside_r)', by blocks of rows that are added in their order.
Eigen::MatrixXd FeatureLink::pulls(const Rows& rows, TaskGuard& guard) const
{
    const std::size_t width = rows.factors.width;
    const Eigen::RowVectorXf mean = rows.prior.mean.cast<float>().transpose();
    std::vector<Eigen::MatrixXf> sums((m_rows.size() + rowsPerBlock - 1) / rowsPerBlock);
    forEachBlock(m_rows.size(), rowsPerBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
        if (!guard.mayGoOn()) {
            return;
        }
        Matrix features(place(last - first), m_features->cols());
        Matrix rests(place(last - first), mean.size());
        for (std::size_t at = first; at < last; ++at) {
            const std::uint32_t row = m_rows[at];
            const Eigen::Index line = place(at - first);
            features.row(line) = m_features->row(row);
            rests.row(line) << Eigen::Map<const Eigen::RowVectorXf>(rows.factors.at(row), place(width)),
                rows.biases[row];
            rests.row(line) -= mean;
            if (rows.beside != nullptr) {
                rests.row(line) -= Eigen::Map<const Eigen::RowVectorXf>(rows.beside->at(row), mean.size());
            }
        }
        sums[block].noalias() = features.transpose() * rests;
    });
    Eigen::MatrixXd total = Eigen::MatrixXd::Zero(m_beta.rows(), m_beta.cols());
    for (const Eigen::MatrixXf& sum : sums) {
        if (sum.size() > 0) {
            total += sum.cast<double>();
        }
    }
    return total;
}

void FeatureLink::drawBeta(const Eigen::MatrixXd& pulls, const Eigen::MatrixXd& precision, Random& random)
{
    // beta_j ~ N(pull_j / a, (a P)^-1),   a = sum f_j^2 + lambda
    std::vector<float> normals(static_cast<std::size_t>(m_beta.size()));
    drawNormals(random, normals);
    const Eigen::MatrixXd noise =
        Eigen::Map<const Eigen::MatrixXf>(normals.data(), m_beta.cols(), m_beta.rows()).cast<double>();
    const Eigen::LLT<Eigen::MatrixXd> factor(precision); // P = U'U, so U^-1 e ~ N(0, P^-1)
    const Eigen::MatrixXd scattered = factor.matrixU().solve(noise).transpose();
    const Eigen::ArrayXd weights = m_squares.array() + m_lambda;
    m_beta = (pulls.array().colwise() / weights + scattered.array().colwise() / weights.sqrt()).matrix();
}

void FeatureLink::setOffsets(TaskGuard& guard)
{
    const Eigen::MatrixXf beta = m_beta.cast<float>();
    forEachBlock(m_offsets.rows, rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        if (!guard.mayGoOn()) {
            return;
        }
        const Matrix block = m_features->middleRows(place(first), place(last - first)) * beta;
        for (std::size_t row = first; row < last; ++row) {
            std::copy_n(block.row(place(row - first)).data(), m_offsets.width, m_offsets.at(row));
        }
    });
}

void FeatureLink::draw(const Rows& rows, int number, TaskGuard& guard)
{
    const Eigen::MatrixXd ofRows = pulls(rows, guard);
    if (!guard.mayGoOn()) {
        return;
    }
    Random random = randomFor(m_seed, Purpose::LinkSamples, m_place, static_cast<std::uint64_t>(number));
    drawBeta(ofRows, rows.prior.precision, random);
    // lambda ~ Gamma(1 + size of beta / 2, 1 + sum beta_j' P beta_j / 2)
    const double squares = (m_beta * rows.prior.precision).cwiseProduct(m_beta).sum();
    m_lambda = drawPrecision(random, {}, static_cast<double>(m_beta.size()), squares);
    setOffsets(guard);
}

void FeatureLink::exchange(TrainingState& state)
{
    state.dense(m_beta);
    state.matrix(m_offsets);
    state.value(m_lambda);
}

Eigen::MatrixXd FeatureLink::spread() const
{
    return m_beta.transpose() * (m_squares / std::max(m_known, 1.0)).asDiagonal() * m_beta;
}

Moments FeatureLink::moments() const
{
    return {.count = static_cast<double>(m_beta.rows()),
            .sum = Eigen::VectorXd(),
            .products = m_lambda * m_beta.transpose() * m_beta};
}

} // namespace transept
