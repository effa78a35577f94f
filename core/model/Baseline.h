#pragma once

#include "core/base/Job.h"
#include "core/data/Interactions.h"

#include <vector>

namespace transept {

/// mean + user[u] + item[i]: what is known of a rating before any taste is (Koren 2009).
struct Baseline
{
    double mean = 0.0;
    std::vector<double> user;
    std::vector<double> item;

    double rating(UserRow u, ItemRow i) const { return mean + user[index(u)] + item[index(i)]; }
};

struct BaselineOptions
{
    double lambdaUser = 3.0;
    double lambdaItem = 2.0;
};

/// The best bias of one user of `ratings` while the mean and the biases of the items stand.
double userBias(const Baseline& baseline, const InteractionMatrix& ratings, UserRow user, double lambdaUser);

/// The best bias of one item with these ratings (their `item` is not read) while the mean and the biases of
/// the users stand.
double itemBias(const Baseline& baseline, std::span<const Event> ratings, double lambdaItem);

/// The minimum of
///
///   sum_(u,i) (r_ui - mean - b_u - b_i)^2 + lambdaUser sum_u b_u^2 + lambdaItem sum_i b_i^2
///
/// with the mean of all values, by exact alternating steps until no bias moves by more than a millionth of a
/// unit. Users and items without ratings get 0. The lambdas count as that many ratings at the mean; both at
/// least 0, infinity holds the biases at 0.
Result<Baseline> fitBaseline(const InteractionMatrix& ratings,
                             const BaselineOptions& options,
                             const JobContext& job);

} // namespace transept
