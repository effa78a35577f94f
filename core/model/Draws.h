#pragma once

#include "core/base/Random.h"
#include "core/base/Result.h"

#include <Eigen/Core>

#include <span>

namespace transept {

/// Numbers of mean 0 and variance 1 by rejection from 256 layers (Marsaglia and Tsang 2000, with the bits of
/// layer and number kept apart as Doornik 2005 asks): a few nanoseconds each.
void drawNormals(Random& random, std::span<float> values);

/// A number of the gamma distribution of that shape (above 0) and scale 1 (Marsaglia and Tsang 2000).
double drawGamma(Random& random, double shape);

/// What is thought of a precision before anything is known: Gamma(shape, rate), of mean shape / rate.
struct GammaPrior
{
    double shape = 1.0;
    double rate = 1.0;
};

/// How precise the ratings of a user are beside the others': it counts as 8 ratings of average precision.
inline constexpr GammaPrior userWeightPrior{.shape = 4.0, .rate = 4.0};

/// Draws a precision given `count` numbers whose squares around their means add up to `squares`:
/// Gamma(shape + count / 2, rate + squares / 2).
double drawPrecision(Random& random, const GammaPrior& prior, double count, double squares);

/// A matrix of the Wishart distribution whose scale matrix is root * root', by Bartlett's decomposition. Its
/// mean is freedom * root * root'; `freedom` is at least the number of rows.
Eigen::MatrixXd drawWishart(Random& random, const Eigen::MatrixXd& root, double freedom);

/// What rows that share a Gaussian prior tell of it.
struct Moments
{
    double count = 0.0;
    Eigen::VectorXd sum;      ///< sum of x
    Eigen::MatrixXd products; ///< sum of x x'
};

/// The prior of rows: x ~ N(mean, precision^-1).
struct GaussianPrior
{
    Eigen::VectorXd mean;
    Eigen::MatrixXd precision;
};

/// Draws the prior given the rows (Salakhutdinov and Mnih 2008, equation 14). Before any row is known
///
///   precision ~ Wishart(I / scatter, D degrees of freedom),   mean ~ N(0, (weight * precision)^-1).
///
/// `aroundZero` are further rows of that precision, whose mean is known to be 0; its sum is not read.
GaussianPrior drawPrior(
    Random& random, const Moments& rows, double scatter, double weight, const Moments& aroundZero = {});

/// The error of a chain whose numbers ran away in a sweep (from 1).
tl::unexpected<Error> samplesRanAway(int sweep);

} // namespace transept
