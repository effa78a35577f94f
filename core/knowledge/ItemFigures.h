#pragma once

#include "core/knowledge/Extractor.h"

#include <span>

namespace transept {

/// How many interactions each item of a map has.
Result<std::vector<double>> popularityOf(const Workspace& workspace,
                                         std::span<const MapPoint> points,
                                         const JobContext& context);

/// How far a finished run is off for each item of a map, by what it kept of its test: of a run that predicts
/// ratings
///
///   1/n sum |truth - prediction|   over the n test pairs of the item;
///
/// of one that recommends lists the share of the n people with the item in their test part whose first ten do
/// not hold it (miss rate at 10). NaN: the item is in no test. InvalidInput for a run that kept neither.
struct RunErrors
{
    bool areMisses = false; ///< of lists; else of ratings
    std::vector<double> values;
};
Result<RunErrors> errorsOf(const Workspace& workspace,
                           RunId run,
                           std::span<const MapPoint> points,
                           const JobContext& context);

/// Figures on a scale of so many steps: 0 at the lowest, steps - 1 at the highest, evenly between or,
/// logarithmic, evenly in log(1 + value) of values that are not negative; `steps` itself where there is none.
struct FigureSteps
{
    double low = 0.0; ///< of all values
    double high = 0.0;
    std::vector<int> places;
};
FigureSteps stepsOf(std::span<const double> values, int steps, bool isLogarithmic);

} // namespace transept
