#pragma once

#include "tests/core/model/ModelTesting.h"

#include <Eigen/Dense>

/// What the tests of methods with knowledge share: a small world of two domains, and its figures computed
/// slowly.
namespace transept::test {

inline constexpr int films = 25;
inline constexpr int books = 15;
inline constexpr int users = 40;

/// Films and books with vectors and terms; every event with its own time. Implicit; with ratings 1 ... 5 when
/// asked for.
std::shared_ptr<const TrainingData> filmsAndBooks(FeedbackKind kind = FeedbackKind::Implicit);

/// decay^k of each user's k-th last item over both domains, the latest occurrence of each.
Eigen::MatrixXd denseHistory(const TrainingData& data, double decay);

/// A row for each item of both domains: its vector, or its terms.
Eigen::MatrixXd denseFeatures(const TrainingData& data, bool terms);

/// A row for each user: the scores of all films.
Eigen::MatrixXd scoresOf(const Model& model);

/// Each row minus its mean, divided by its spread.
Eigen::MatrixXd standardised(Eigen::MatrixXd scores);

} // namespace transept::test
