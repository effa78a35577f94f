#pragma once

#include "core/model/FactorMatrix.h"
#include "core/model/Positives.h"

namespace transept {

/// Vectors of users and of items (by column of the positives), or a gradient by them.
struct NodeVectors
{
    FactorMatrix users;
    FactorMatrix items;

    bool operator==(const NodeVectors&) const = default;
};

/// The graph of users and the items they have. One step gives every node the weighted sum of its neighbours,
///
///   e_u <- sum_(i of u) e_i / sqrt(n_u n_i)     e_i <- sum_(u of i) e_u / sqrt(n_u n_i)
///
/// with n the number of a node's neighbours. The matrix of a step is symmetric.
class Propagation
{
public:
    Propagation() = default;
    explicit Propagation(const Positives& positives);

    /// What mean() works in: kept from call to call, so that the memory is.
    struct Workspace
    {
        NodeVectors now;
        NodeVectors next;
    };

    /// sum = (x + A x + ... + A^layers x) / (layers + 1) with A the matrix of a step: what LightGCN calls an
    /// embedding. As A is symmetric, that is also how a gradient by it becomes one by x. Cancelled alone.
    Status mean(
        const NodeVectors& x, int layers, NodeVectors& sum, Workspace& work, const JobContext& job) const;

private:
    struct Side
    {
        std::vector<std::size_t> starts;
        std::vector<std::uint32_t> neighbours; ///< ascending
        std::vector<float> weights;            ///< by node: 1 / sqrt(number of neighbours)
    };

    /// next = A x and sum = before + next for the nodes of one side.
    static void step(const Side& to,
                     const Side& from,
                     const FactorMatrix& x,
                     FactorMatrix& next,
                     const FactorMatrix& before,
                     FactorMatrix& sum);

    Side m_users;
    Side m_items;
};

} // namespace transept
