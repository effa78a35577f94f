#pragma once

#include "core/model/BayesianModel.h"

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

namespace transept::test {

/// A method with these values, the rest by default.
std::unique_ptr<Method> methodOf(std::string_view name, const Json& values);

/// One row of all items a user.
std::vector<float> allScores(const Model& model, std::size_t users);

/// The share of ratings within so many deviations of what is expected: 90 % within 1.645 when these are
/// right.
double coveredRatings(const BayesianModel& model, std::span<const Event> events, double deviations = 1.645);

double rmseOf(const Model& model, std::span<const Event> events);

/// Whether fits with 1, 2, 4 and 8 threads score alike.
bool hasTheSameBitsForAnyThreads(const Method& method, const std::shared_ptr<const TrainingData>& data);

/// Whether a fitted model that is restored from its bytes scores the same, and is as unsure of these events.
bool restoresTheSame(const Method& method,
                     const std::shared_ptr<const TrainingData>& data,
                     std::span<const Event> events);

/// A start on as many users and items that are those of the model in reverse order, but for one of each,
/// which are new.
StartingPoint turnedStart(const Model& model, std::size_t newUser, std::size_t newItem);

/// b_u + b_i + <p_u, q_i> of known rows, as the start has them.
double lastSampleOf(const StartingPoint& start, std::size_t user, std::size_t item);

/// How long a fit that is asked to stop in its third sweep goes on; for ever when it does not end as
/// Cancelled.
std::chrono::nanoseconds cancelledAfter(const Method& method,
                                        const std::shared_ptr<const TrainingData>& data);

/// The error of a fit with an infinite rating; nothing when it has none.
std::optional<Error> errorWithInfiniteRating(const Method& method, const TrainingData& data);

/// The error of a fit without a rating.
std::optional<Error> errorWithoutRatings(const Method& method);

/// Of 100 samples on a fold of the small MovieLens ratings; myFM reaches .8595 as the mean of the five folds
/// of this numbering.
double rmseOnMovieLens(std::string_view method, const std::filesystem::path& sharedData);

} // namespace transept::test
