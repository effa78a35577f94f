#pragma once

#include <span>
#include <vector>

namespace transept {

/// Held-out pairs with what a model said about them. Both are equally long.
struct RatedPairs
{
    std::span<const float> truths;
    std::span<const float> predictions;
};

double meanSquaredError(const RatedPairs& pairs);  ///< NaN without pairs
double meanAbsoluteError(const RatedPairs& pairs); ///< NaN without pairs

/// Prediction interval coverage probability (PICP; Khosravi, Nahavandi, Creighton and Atiya 2011): the share
/// of the truths within 1.96 standard deviations of what was expected, the interval that holds 95 % of a
/// normal distribution. `deviations` are those of single ratings, as many as pairs. NaN without pairs, or
/// when one of them is not a number.
double intervalCoverage(const RatedPairs& pairs, std::span<const float> deviations);

/// How often a prediction falls on the right side of the threshold; a value from the threshold on is
/// relevant.
struct Confusion
{
    double truePositives = 0.0;
    double falsePositives = 0.0;
    double trueNegatives = 0.0;
    double falseNegatives = 0.0;
};

Confusion confusionAt(const RatedPairs& pairs, double threshold);
double accuracy(const Confusion& confusion); ///< NaN without pairs
double precision(
    const Confusion& confusion); ///< 0 when nothing is predicted relevant; NaN when nothing is relevant
double recall(const Confusion& confusion); ///< NaN when nothing is relevant
double f1(const Confusion& confusion);     ///< harmonic mean of both; NaN when nothing is relevant

/// Area under the ROC curve: the share of (relevant, other) pairs in the right order, equal predictions
/// counting half. A prediction that is not a number counts as minus infinity. NaN when one side is empty.
double rocAuc(const RatedPairs& pairs, double threshold);

/// Mean negative log-likelihood (natural logarithm) of relevance, when a prediction's place on the scale is
/// read as its probability: 0 at scaleMin, 1 at scaleMax, kept off both by the precision of float32. NaN
/// without pairs or scale.
double logLoss(const RatedPairs& pairs, double threshold, double scaleMin, double scaleMax);

} // namespace transept
