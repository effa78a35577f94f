#pragma once

#include "core/base/Job.h"

#include <span>
#include <utility>
#include <vector>

namespace transept {

/// A figure that users add up to: sum of weight x value over sum of weights, under a root when `root`.
struct UserSeries
{
    std::vector<float> weighted; ///< weight x value of every user; 0 for users without one
    std::vector<float> weights;  ///< 0 for users without a value; empty: 1 for everybody
    bool root = false;
};

/// 95 % percentile intervals (Efron and Tibshirani 1993) from 1,000 resamples of the users, the same
/// resamples for all series and every call; series are equally long. NaN where a series has no value at all.
/// Same bits for any number of threads.
Result<std::vector<std::pair<double, double>>> bootstrapIntervals(std::span<const UserSeries> series,
                                                                  const JobContext& context);

/// The figure itself.
double figureOf(const UserSeries& series);

} // namespace transept
