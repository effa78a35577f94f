#pragma once

#include "core/model/FactorMatrix.h"
#include "core/model/FusionKernel.h"

namespace transept {

/// How the items of a domain are scored with attention over their facets.
struct FacetFactors
{
    std::vector<std::size_t> starts;     ///< by ItemRow
    std::vector<std::uint32_t> vectorOf; ///< by facet: its row in the matrices
    FactorMatrix projected;
    FactorMatrix attended; ///< no rows without attention
    FusionRules<float> rules;
};

/// Pools the facets of items for one user, as FusionKernel.h defines it; both outlive the pool.
class FacetPool
{
public:
    FacetPool(const FacetFactors& facets, const float* user) : m_facets(facets), m_user(user) {}

    /// To be called before all items are pooled: goes through the vectors, which are far fewer than the
    /// facets that have them. What is pooled stays the same to the bit.
    void prepareAll();

    /// K_ui.
    float of(ItemRow item);

    /// a_f of the item's facets, which add up to 1.
    std::vector<float> attention(ItemRow item);

    /// sum_f a_f y_f: its product with the user's vector is K_ui, unless pooling is scalar.
    std::vector<float> vector(ItemRow item);

private:
    void gather(std::size_t first, std::size_t count);

    const FacetFactors& m_facets;
    const float* m_user;
    bool m_isPrepared = false;
    bool m_isTame = false;
    // By vector, once all are prepared:
    std::vector<float> m_allScores;
    std::vector<float> m_allProducts;
    std::vector<std::pair<float, float>> m_allParts; ///< exp(z), exp(z) <p_u, y>; only when all z are tame
    // Of one item, by facet:
    std::vector<float> m_weights;
    std::vector<float> m_products;
};

} // namespace transept
