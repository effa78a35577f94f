#pragma once

#include "core/base/TaskGuard.h"
#include "core/model/Draws.h"
#include "core/model/FactorMatrix.h"
#include "core/model/TrainingState.h"

namespace transept {

/// The prior mean of rows as a linear map of what is known of them beside their ratings, in a chain of
/// samples (Macau; Simm et al. 2017). With f_r the features of row r, uncorrelated over the rows of the
/// chain,
///
///   x_r ~ N(m + h_r, P^-1),   h_r = beta' f_r,   beta_j ~ N(0, (lambda P)^-1),   lambda ~ Gamma(1, 1),
///
/// beta_j the row of beta that belongs to feature j: as the features are uncorrelated, these rows are
/// independent given the x_r and are drawn exactly.
class FeatureLink
{
public:
    /// `features`: a row each, as principalComponents() has them; outlives the link. `rows` are those of the
    /// chain, ascending; vectors have `size` numbers. `place` tells the links of a chain apart.
    FeatureLink(const Matrix& features,
                std::vector<std::uint32_t> rows,
                std::size_t size,
                std::uint64_t seed,
                std::uint64_t place);

    /// The vectors of the chain's rows, whose means have `beside` as well (null: nothing).
    struct Rows
    {
        const FactorMatrix& factors;
        const std::vector<float>& biases;
        const GaussianPrior& prior;
        const FactorMatrix* beside;
    };

    /// Draws beta given the rows, then lambda. Without result when the guard sends it home.
    void draw(const Rows& rows, int number, TaskGuard& guard);

    const FactorMatrix& offsets() const noexcept { return m_offsets; } ///< h_r, also of rows not in the chain
    const Eigen::MatrixXd& beta() const noexcept { return m_beta; }    ///< features x size
    double lambda() const noexcept { return m_lambda; }

    /// What the next draw goes on from.
    void exchange(TrainingState& state);

    /// How h scatters over the rows whose features are not zero.
    Eigen::MatrixXd spread() const;

    /// sqrt(lambda) times the rows of beta: what they tell of P.
    Moments moments() const;

private:
    Eigen::MatrixXd pulls(const Rows& rows, TaskGuard& guard) const;
    void drawBeta(const Eigen::MatrixXd& pulls, const Eigen::MatrixXd& precision, Random& random);
    void setOffsets(TaskGuard& guard);

    const Matrix* m_features;
    std::vector<std::uint32_t> m_rows;
    std::uint64_t m_seed;
    std::uint64_t m_place;
    Eigen::VectorXd m_squares; ///< of each feature, sum of f^2 over the rows of the chain
    double m_known = 0.0;      ///< how many rows have features
    Eigen::MatrixXd m_beta;
    FactorMatrix m_offsets;
    double m_lambda = 1.0;
};

} // namespace transept
