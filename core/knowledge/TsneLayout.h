#pragma once

#include "core/data/SparseRows.h"

namespace transept {

/// How t-SNE is done; the defaults are those of the literature.
struct TsneOptions
{
    double perplexity = 30.0;  ///< lowered to a third of the other points where there are fewer
    int iterations = 750;      ///< in all
    int earlyIterations = 250; ///< with exaggerated attraction and little momentum
    double exaggeration = 12.0;
    double theta = 0.5; ///< a cell of width w at distance d counts as one point when w < theta d; 0: exact
    std::function<void(const Matrix&)> onPositions = {}; ///< those so far, about once a second; may be null
};

/// Positions in the plane, a row a point.
struct TsneLayout
{
    Matrix positions;        ///< points x 2
    double divergence = 0.0; ///< Kullback-Leibler divergence of the affinities from those of the positions
};

/// Barnes-Hut t-SNE (van der Maaten 2014) of points, which are a row each: near ones shall lie near each
/// other. It starts at `start` (points x 2, the first two principal components), scaled so that the first
/// column has a standard deviation of 0.0001 (Kobak and Berens 2019), with a learning rate of n / 12 and at
/// least 200 (Belkina et al. 2019). Nothing is drawn at random. The same bits for any number of threads.
/// InvalidInput for points that are not finite.
Result<TsneLayout> tsneLayout(const Matrix& points,
                              const Matrix& start,
                              const TsneOptions& options,
                              const JobContext& job);

/// Whose neighbour a point is: with the 3 `perplexity` nearest points j of i,
///
///   p(j|i) ~ exp(-beta_i |x_i - x_j|^2),  beta_i such that 2^H(p(.|i)) = perplexity
///   P_ij = (p(j|i) + p(i|j)) / 2n
///
/// Symmetric, the sum over all pairs is 1; columns ascend.
Result<SparseRows> tsneAffinities(const Matrix& points, double perplexity, const JobContext& job);

/// The gradient of KL(P|Q), with q_ij ~ 1 / (1 + |y_i - y_j|^2) and the attraction exaggerated:
///
///   dC/dy_i = 4 sum_j (exaggeration p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2)
struct TsneGradient
{
    Matrix gradient;         ///< points x 2
    double divergence = 0.0; ///< without exaggeration
};
Result<TsneGradient> tsneGradient(const SparseRows& affinities,
                                  const Matrix& positions,
                                  double exaggeration,
                                  double theta,
                                  const JobContext& job);

} // namespace transept
