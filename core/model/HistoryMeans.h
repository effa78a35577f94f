#pragma once

#include "core/base/Job.h"
#include "core/data/TrainingData.h"

namespace transept {

/// For every user the mean over the training history of what is peculiar to its items: their vectors minus
/// the mean vector of all interactions in their domain. The history is that in the source domains, so that
/// users with and without a history in the target are told of alike; without vectors of any source it is that
/// in the target. Items without a vector do not count; a user without any has a row of zeros. InvalidInput
/// when the vectors of two sources differ in length. The target has knowledge.
Result<Matrix> historyMeans(const TrainingData& data, const JobContext& job);

/// The users whose row of historyMeans() is zeros; its error.
Result<std::vector<bool>> usersWithoutHistory(const TrainingData& data);

} // namespace transept
