#include "core/base/Kernels.h"
#include "core/model/KfmfTraining.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {
namespace {

/// q_i and k_i become one vector: what is left of the fusion when no attention depends on the user. `scale`
/// is what the gate was trained with.
void foldItem(const FusionRules<float>& rules,
              std::span<const float> gate,
              float scale,
              std::span<float> q,
              std::span<const float> k)
{
    float ofItem = 1.0F;
    float ofKnowledge = rules.sign() * rules.alpha;
    if (rules.fusion == Fusion::Weighted) {
        ofItem = rules.itemWeight;
        ofKnowledge = rules.knowledgeWeight();
    } else if (rules.fusion == Fusion::Gated && !k.empty()) {
        const float score = kernels::dot(gate.data(), q.data(), q.size()) +
                            kernels::dot(gate.data() + gate.size() / 2, k.data(), k.size());
        ofItem = 1.0F / (1.0F + std::exp(-scale * score));
        ofKnowledge = 1.0F - ofItem;
    }
    for (std::size_t at = 0; at < q.size(); ++at) {
        q[at] = ofItem * q[at] + (k.empty() ? 0.0F : ofKnowledge * k[at]);
    }
}

/// [left | right], row by row.
FactorMatrix beside(const FactorMatrix& left, const FactorMatrix& right)
{
    FactorMatrix both(left.rows, left.width + right.width);
    for (std::size_t row = 0; row < both.rows; ++row) {
        std::ranges::copy(left.row(row), both.row(row).begin());
        std::ranges::copy(right.row(row), both.row(row).begin() + static_cast<std::ptrdiff_t>(left.width));
    }
    return both;
}

} // namespace

KfmfTraining::DomainFacets KfmfTraining::facetsOf(std::size_t domain) const
{
    constexpr std::uint32_t unused = std::numeric_limits<std::uint32_t>::max();
    DomainFacets facets;
    std::vector<std::uint32_t> numbers(m_facets.vectors.size(), unused);
    for (std::size_t item = 0; item < m_state.domains[domain].data->interactions.itemCount(); ++item) {
        const std::size_t place = m_state.strata.placeOf(domain, static_cast<ItemRow>(item));
        facets.starts.push_back(facets.vectorOf.size());
        for (std::size_t facet = m_facets.starts[place]; facet < m_facets.starts[place + 1]; ++facet) {
            const std::uint32_t vector = m_facets.vectorOf[facet];
            if (numbers[vector] == unused) {
                numbers[vector] = static_cast<std::uint32_t>(facets.vectors.size());
                facets.vectors.push_back(m_facets.vectors[vector]);
            }
            facets.vectorOf.push_back(numbers[vector]);
        }
    }
    facets.starts.push_back(facets.vectorOf.size());
    return facets;
}

/// Adds what is known of every item to its vector; `scale` is what the domain was trained with.
void KfmfTraining::fold(FactorMatrix& items,
                        const FactorMatrix& ofItems,
                        const DomainFacets& facets,
                        float scale) const
{
    for (std::size_t item = 0; item < items.rows; ++item) {
        const bool known = facets.starts[item + 1] > facets.starts[item];
        foldItem(m_settings.rules,
                 m_gate,
                 scale,
                 {items.at(item), items.stride},
                 {ofItems.at(item), known ? items.stride : std::size_t{0}});
    }
}

/// t_u by UserRow.
FactorMatrix KfmfTraining::tastes() const
{
    FactorMatrix tastes(m_tastes.rows, m_tastes.width);
    for (std::size_t user = 0; user < tastes.rows; ++user) {
        std::ranges::copy(m_tastes.row(m_state.strata.placeOf(static_cast<UserRow>(user))),
                          tastes.row(user).begin());
    }
    return tastes;
}

FusedDomain KfmfTraining::fused(std::size_t domain) const
{
    const FusionRules<float>& rules = m_settings.rules;
    const auto scale = static_cast<float>(m_state.domains[domain].scale);
    FusedDomain result{.factors = m_state.parameters(domain)};
    FactorParameters& factors = result.factors;
    DomainFacets facets = facetsOf(domain);
    FactorMatrix ofVectors = projected(facets.vectors, m_facets.dimension, m_projection);
    kernels::scale(1.0F / scale, ofVectors.values.data(), ofVectors.values.size());
    if (rules.usesFacets() && (attends() || rules.scalar)) {
        FactorMatrix attended = attends() ? projected(facets.vectors, m_facets.dimension, m_attention)
                                          : FactorMatrix(0, ofVectors.width);
        result.facets = FacetFactors{.starts = std::move(facets.starts),
                                     .vectorOf = std::move(facets.vectorOf),
                                     .projected = std::move(ofVectors),
                                     .attended = std::move(attended),
                                     .rules = rules};
        return result;
    }
    FactorMatrix ofItems(factors.items.rows, ofVectors.width); // k_i; zeros for items without knowledge
    for (std::size_t item = 0; item < factors.items.rows; ++item) {
        if (facets.starts[item + 1] > facets.starts[item]) {
            std::ranges::copy(ofVectors.row(facets.vectorOf[facets.starts[item]]), ofItems.row(item).begin());
        }
    }
    if (rules.fusion == Fusion::Concat) {
        factors.users = beside(factors.users, tastes());
        factors.items = beside(factors.items, ofItems);
    } else {
        result.own = factors.items;
        fold(factors.items, ofItems, facets, scale);
    }
    if (rules.fusion == Fusion::Weighted) {
        kernels::scale(rules.userWeight, factors.userBiases.data(), factors.userBiases.size());
        kernels::scale(rules.itemWeight, factors.itemBiases.data(), factors.itemBiases.size());
    }
    return result;
}

KfmfParameters KfmfTraining::parameters() const
{
    KfmfParameters result{.target = fused(0),
                          .sources = {},
                          .projection = m_projection,
                          .attention = m_attention,
                          .gate = gateRows()};
    for (std::size_t domain = 1; domain < m_state.domains.size(); ++domain) {
        result.sources.push_back(fused(domain));
        result.sources.back().factors.users = {};
    }
    return result;
}

} // namespace transept
