#pragma once

#include "core/model/History.h"

namespace transept {

/// An item-item map S of low rank: S = left right' for two different items, 0 from an item to itself.
struct SemanticMap
{
    Matrix left;  ///< items x k
    Matrix right; ///< items x k
};

/// The ridge map between the items' knowledge vectors: the S with zero diagonal that minimises
/// ||F - F S||^2 + ridge ||S||^2, where the columns of F are the vectors (first phase of L3AE: Moon, Park and
/// Lee 2025). With V = F' (a row x_c an item, k numbers each) and M = (V'V + ridge I)^-1 the inverse of the
/// items' system is (F'F + ridge I)^-1 = (I - V M V') / ridge, so that the k x k system alone is solved:
///
///   S_jc = <x_j, w_c> for j != c,    w_c = M x_c / (1 - <x_c, M x_c>)
///
/// Rows and columns of items without a vector are zero.
Result<SemanticMap> semanticMap(Matrix vectors, double ridge, const JobContext& job);

} // namespace transept
