#pragma once

#include "core/model/History.h"
#include "core/model/Method.h"
#include "core/model/Workload.h"

#include <memory>

namespace transept {

/// Item features that stand below the interactions as further rows.
enum class FeatureRows { None, Vectors, Terms };

struct EaseOptions
{
    double lambda = 200.0;
    EntryValue values = EntryValue::Binary;
    double decay = 1.0; ///< weights of the history that is scored; the weights B are learnt without
    FeatureRows features = FeatureRows::None;
    double alpha = 0.0; ///< weight of the feature rows
};

/// The most rows (or columns) of the system that is inverted: 1.6 GB of float32.
constexpr std::size_t largestSystem = 20'000;

/// Item-item weights B with zero diagonal that minimise ||Y - Y B||^2 + lambda ||B||^2 (Steck 2019), where Y
/// is the history of all users over all domains' items, below it sqrt(alpha) times the features of the items
/// (collective form). With P = (Y'Y + lambda I)^-1:
///
///   B_jc = -P_jc / P_cc   for j != c,       score(u, c) = sum over u's history of w_j B_jc
///
/// When Y has fewer rows than columns the same P comes from the smaller system A = (YY' + lambda I)^-1, as
/// P = (I - Y' A Y) / lambda; no items x items matrix is made then. Refuses when both sides exceed
/// `largestSystem`.
Result<std::shared_ptr<const Model>> fitEase(const TrainingData& data,
                                             const EaseOptions& options,
                                             const JobContext& job);

/// What fitEase() and its model take.
Workload easeWorkload(const DataShape& shape, const EaseOptions& options);

/// The parameters lambda, values and decay.
std::vector<Parameter> easeParameters();
EaseOptions easeOptionsFrom(const Parameters& parameters);

} // namespace transept
