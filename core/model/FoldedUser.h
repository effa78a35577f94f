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

/// The vector and the bias of an item that is new to the target of a factorisation.
struct FoldedItem
{
    Eigen::VectorXd factors;
    double bias = 0.0;

    double scoreFor(const FactorParameters& target, UserRow user) const; ///< as FactorModel has it
};

/// The same for an item while the vectors and biases of the target's users stand: the minimum of
///
///   sum_(u of the interactions) l(r_u, b_u + b + <p_u, q>) + sum over sampled users l(0, ...)
///   + L2 of q and b, as training has it
///
/// where users are sampled as often as training may expect it for one of its items: n_u negatives / |I| times
/// with n_u the training interactions of the user. Without ratings q and b are 0; where nothing implicit was
/// done, they are what the samples alone make of them. `target` has its users.
FoldedItem foldedItem(const ReasonDomain& target,
                      const FactorSettings& settings,
                      std::span<const Event> interactions);

} // namespace transept
