#pragma once

#include "core/evaluation/RatingMeasures.h"

#include <cstddef>

namespace transept {

// What predicted ratings are worth over their whole range. Scores that are no ratings have no place on the
// scale: no curve is drawn of them.

struct RocPoint
{
    double threshold = 0.0;      ///< pairs predicted at least this are called relevant; infinity at the begin
    double falsePositives = 0.0; ///< their share of the pairs that are not relevant
    double truePositives = 0.0;  ///< their share of those that are
};

/// The ROC curve for pairs with a truth of at least `relevant`: from (0, 0) a point for every different
/// prediction, the highest first, to (1, 1). A prediction that is not a number counts as minus infinity.
/// Empty when all pairs are relevant, or none.
std::vector<RocPoint> rocCurve(const RatedPairs& pairs, double relevant);

/// By trapezoids: rocAuc() of the same pairs. NaN for no curve.
double areaUnder(std::span<const RocPoint> curve);

/// Pairs with like predictions.
struct CalibrationBin
{
    std::size_t pairs = 0;
    double low = 0.0; ///< the smallest prediction
    double high = 0.0;
    double meanPrediction = 0.0;
    double meanTruth = 0.0;     ///< equal to meanPrediction where ratings are predicted honestly
    double standardError = 0.0; ///< of meanTruth: sample deviation / sqrt(pairs); NaN for one pair
};

/// Ascending predictions cut into `bins` of equally many pairs. Pairs with equal predictions are in one bin,
/// that of the first of them, so that there may be fewer. A pair whose prediction is not a number is left
/// out.
std::vector<CalibrationBin> calibrationCurve(const RatedPairs& pairs, std::size_t bins);

} // namespace transept
