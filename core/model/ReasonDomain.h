#pragma once

#include "core/model/FactorState.h"

namespace transept {

/// What knowledge adds to an item for one user: to its vector, and to what is predicted without any taste.
struct KnowledgePart
{
    Eigen::VectorXd vector;
    double level = 0.0;
};

/// One domain of a factorisation whose users' vectors are to be explained. What it points to outlives it.
struct ReasonDomain
{
    int domain = -1; ///< as Contribution has it
    FactorDomain data;
    const FactorParameters* factors = nullptr;                     ///< the users' vectors are not needed
    std::function<KnowledgePart(UserRow, ItemRow)> knowledge = {}; ///< null: none that depends on the user
    std::size_t habits = 0; ///< so many last numbers of the items' vectors are no taste

    std::size_t tasteWidth() const { return factors->items.width - habits; }
    Eigen::VectorXd tasteOf(ItemRow item) const; ///< the item's vector without them
};

} // namespace transept
