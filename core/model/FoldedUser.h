#pragma once

#include "core/model/FactorReasons.h"

namespace transept {

/// The vector and the biases of a newcomer in a joint factorisation.
struct FoldedUser
{
    Eigen::VectorXd factors;
    std::vector<double> biases; ///< one that all domains share, or one of each domain; on the target's scale
};

/// What the newcomer's events ask for while the vectors and biases of the items stand: the minimum of
///
///   sum_d w_d (sum_(j of the newcomer in d) l(r_j, b + b_j + <p, q_j>) + sum over sampled items l(0, ...))
///   + L2 of p and b, as training has it
///
/// For squared error that is one ridge solve; for the logistic loss Newton steps until they move nothing. The
/// sampled items enter as so many average items. Without events p and b are 0. Domains that say what
/// knowledge adds for a user are not for this.
FoldedUser foldedUser(std::span<const ReasonDomain> domains,
                      const FactorSettings& settings,
                      UserBias userBias,
                      std::span<const PastEvent> history);

} // namespace transept
