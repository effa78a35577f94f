#pragma once

#include "core/model/EaseRows.h"

#include <string_view>

namespace transept {

/// EASE where neither the items' nor the users' system is small enough to invert. Column c of EASE's weights
/// is the ridge regression of Y_c on all other columns; here it is the regression on N(c) alone, the
/// `neighbourhood` columns that explain Y_c best by themselves (ColumnGroups):
///
///   B_Nc = (Y_N' Y_N + lambda I)^-1 Y_N' Y_c,      B_jc = 0 for every other j
///
/// Only columns that share a user with c are taken, unless the neighbourhood holds all columns: then it is
/// EASE itself. The idea to solve small parts of the Gram matrix is Steck's (2019, Markov random fields).
/// Target items x columns; user rows only (no features). Cost: neighbourhood^3 / 3 multiplications an item,
/// and its part of the Gram matrix; nothing of items x items is held.
Result<SparseRows> easeNeighbourhoods(
    const StackedRows& stacked, std::size_t targets, int neighbourhood, float lambda, const JobContext& job);

/// How far such weights are from EASE's: exact ones leave r_c = Y'(Y_c - Y B_c) - lambda B_c zero outside c.
/// The mean of |r_c| / |Y'Y_c| (both without place c), over up to 100 of the target's items that have users,
/// evenly spread over them; 0 is exact, 1 is no better than no weights at all. The weights of an item are
/// then at most |r_c| / lambda away from EASE's, because no eigenvalue of its system is below lambda.
Result<double> easeResidual(const StackedRows& stacked,
                            const SparseRows& weights,
                            float lambda,
                            const JobContext& job);

/// The name of that figure among a run's diagnostics.
inline constexpr std::string_view easeResidualName = "relative residual";

} // namespace transept
