#pragma once

#include "core/base/TaskGuard.h"
#include "core/data/Interactions.h"
#include "core/model/Draws.h"
#include "core/model/FactorMatrix.h"
#include "core/model/TrainingState.h"

namespace transept {

/// The implicit feedback of SVD++ (Koren 2008) in a chain of samples: that a user rated an item says
/// something of the user, whatever the rating. With x_u a user's factors and bias,
///
///   x_u ~ N(m + h_u, P^-1),   h_u = |D_u|^-1/2 sum_(j of u) y_j,   y_j ~ N(0, I / lambda)
///
/// and lambda ~ Gamma(1, 1): x_u is the sum of the user's own vector and what the items lend it.
class ImplicitInfluence
{
public:
    /// `ratings` outlives it; vectors have `size` numbers.
    ImplicitInfluence(const InteractionMatrix& ratings, std::size_t size, std::uint64_t seed);

    /// h_u
    const float* offset(std::size_t user) const noexcept { return m_offsets.at(user); }
    const FactorMatrix& offsets() const noexcept { return m_offsets; }

    std::span<const float> influence(ItemRow item) const noexcept
    {
        return m_influences.row(index(item));
    } ///< y_j
    double lambda() const noexcept { return m_lambda; }

    /// The users' vectors as sum().
    struct Users
    {
        const FactorMatrix& factors;
        const std::vector<float>& biases;
        const std::vector<std::uint32_t>& rows; ///< that have ratings
        const GaussianPrior& prior;
        const FactorMatrix* beside = nullptr; ///< what else their means have, a row each; null: nothing
    };

    /// Draws all y_j one after the other, given the users, then lambda. Without result when the guard sends
    /// it home.
    void draw(const Users& users, int number, TaskGuard& guard);

    /// What the next draw goes on from.
    void exchange(TrainingState& state)
    {
        state.matrix(m_offsets);
        state.matrix(m_influences);
        state.value(m_lambda);
    }

private:
    void swapOffsetsAndRests(const Users& users);
    void drawItem(ItemRow item, const Eigen::VectorXd& precisions, Random& random);

    const InteractionMatrix& m_ratings;
    std::uint64_t m_seed;
    FactorMatrix m_offsets;          ///< h_u; while items are drawn the rests x_u - m - h_u
    FactorMatrix m_influences;       ///< y_j
    std::vector<float> m_weights;    ///< |D_u|^-1/2
    std::vector<double> m_strengths; ///< of an item: sum of the squared weights of its users
    std::vector<ItemRow> m_items;    ///< that have ratings
    double m_lambda = 30.0;
};

} // namespace transept
