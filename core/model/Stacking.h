#pragma once

#include "core/model/BlendWeights.h"

namespace transept {

/// Weights of parts that were fitted on what the parts say of validation interactions.
struct Stack
{
    std::vector<double> weights; ///< none below 0
    double intercept = 0.0;
};

/// stackedRankings() draws so many pairs for a relevant item, and no more for further people once it has so
/// many in all.
inline constexpr std::size_t pairsOfRelevant = 100;
inline constexpr std::size_t mostStackedPairs = std::size_t{1} << 20U;

/// The minimum over x >= 0 of x'Ax / 2 - b'x by coordinate steps; A symmetric and positive definite, `start`
/// not below 0.
Eigen::VectorXd nonNegativeMinimum(const Eigen::MatrixXd& a, const Eigen::VectorXd& b, Eigen::VectorXd start);

/// Non-negative least squares (Breiman 1996) over the validation ratings r with the parts' predictions s_m
/// and M parts:
///
///   min over w >= 0, c of  sum (r - c - sum_m w_m s_m)^2 + ridge sum_m (w_m - 1/M)^2
Result<Stack> stackedRatings(const Parts& parts, double ridge, const FitContext& context);

/// For rankings: pairs of a relevant validation item i and one j drawn from those that the user has neither
/// in training nor in validation; z_m the parts' standardised scores of a user:
///
///   min over w >= 0 of  sum ln(1 + exp(-sum_m w_m (z_m(i) - z_m(j)))) + ridge/2 sum_m (w_m - 1/M)^2
///
/// by Newton's steps. The weights add up to 1. `context` says what the validation part is.
Result<Stack> stackedRankings(const Parts& parts,
                              const TrainingData& data,
                              double ridge,
                              const FitContext& context);

} // namespace transept
