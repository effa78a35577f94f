#pragma once

#include "tests/core/model/ModelTesting.h"

namespace transept::test {

/// 40 films and 30 books with vectors of 5 numbers and terms, implicit, had by the same people; some have
/// neither.
std::shared_ptr<const TrainingData> twoKnownDomains(std::size_t users);

/// Users x all items, 1 where there is an event; the target's items first.
Eigen::MatrixXd denseHistory(const TrainingData& data);

/// The same with decay^k of each user's k-th last item over both domains, the latest occurrence of each.
Eigen::MatrixXd recentHistory(const TrainingData& data, double decay);

/// Between the model's scores of the first users and the expected ones, a row a user.
double largestDifference(const Model& model, const Eigen::MatrixXd& expected);

/// The scores of one user as bits go.
std::vector<float> scoresOf(const Model& model, UserRow user);

} // namespace transept::test
