#pragma once

#include "core/base/Job.h"
#include "core/model/ReasonDomain.h"

#include <Eigen/Core>

#include <array>
#include <cmath>

namespace transept {

/// How a user rates whatever an item is like: the bias b_u, and the scale c_u, by how much more than the
/// others the user follows the biases of the items (Koren 2009, "Collaborative filtering with temporal
/// dynamics": mean + b_u + c_u b_i; here 1 is taken off c_u).
struct RatingHabits
{
    double bias = 0.0; ///< on the target's scale
    double scale = 0.0;
};

/// The habits of users in source domains whose items' biases are known, by the ratings alone. With e_uj what
/// mean and b_j leave of a rating, m the mean of b_j^2 over all ratings, and all on the target's scale,
///
///   b_u = sum_j e_uj / (n_u + lambda)
///   c_u = sum_j (e_uj - b_u) b_j / (sum_j b_j^2 + lambda m)
///
/// so that lambda counts as so many ratings of average items. What the domains point to outlives this.
class SourceHabits
{
public:
    SourceHabits(std::vector<ReasonDomain> sources, double lambda, double meanSquare);

    RatingHabits of(UserRow user) const;
    RatingHabits of(std::span<const PastEvent> history) const; ///< of somebody who did this

    double lambda() const noexcept { return m_lambda; }

private:
    /// Of what `visit` calls its function with: source, item, rating.
    template<typename Visit>
    RatingHabits habitsOf(const Visit& visit) const;

    std::vector<ReasonDomain> m_sources;
    double m_lambda;
    double m_meanSquare; ///< m
};

/// m of the sources that habits are learnt from.
double meanSquareOfBiases(std::span<const ReasonDomain> sources);

/// What habits in the sources say of the ratings of a user who is new in the target: a linear map of them,
/// and what the biases of items are worth for users by whose ratings they were not learned,
///
///   r_ui = mean + b_i + <w, x_ui>     x_ui = (b_u, c_u, b_i, b_u b_i, c_u b_i, b_i |b_i|)
///
/// beside whatever taste is known of the user, which these weights leave out of account: to take what is
/// mapped off the ratings first made no difference on Douban's validation interactions (below .0001 RMSE).
struct CarriedHabits
{
    static constexpr std::size_t width = 2; ///< numbers of userNumbers() and itemNumbers()
    using Terms = Eigen::Vector<double, 6>;

    std::array<float, 6> weights{}; ///< w
    float meanSquare = 0.0F;        ///< m of SourceHabits

    static Terms terms(const RatingHabits& habits, double itemBias);

    /// <w, x> is this bias and the product of userNumbers() with itemNumbers().
    double userBias(const RatingHabits& habits) const;
    std::array<double, width> userNumbers(const RatingHabits& habits) const;
    static std::array<float, width> itemNumbers(float bias) { return {bias, bias * std::abs(bias)}; }
};

/// Learns these weights from the ratings that the teachers gave in the target, each as if its user had not
/// given it: the minimum of
///
///   sum_(u, i) (r_ui - mean - b_i' - <w, x_ui>)^2 + lambda sum_k m_k w_k^2
///   b_i' = b_i - e_ui / (n_i - 1 + lambdaItem)     in x_ui as well
///
/// with m_k the mean of x_k^2, so that the lambda of the habits counts as so many average ratings, and e_ui
/// what mean, biases and factors of the target leave of the rating: b_i' is the bias of the item when that
/// rating is taken away from its n_i. Without teachers all are 0.
Result<CarriedHabits> learnCarriedHabits(const SourceHabits& habits,
                                         const InteractionMatrix& ratings,
                                         const FactorParameters& target,
                                         std::span<const std::size_t> teachers,
                                         double lambdaItem,
                                         const JobContext& job);

} // namespace transept
