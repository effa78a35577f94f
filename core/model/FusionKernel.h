#pragma once

#include "core/model/FactorKernel.h"

#include <algorithm>
#include <vector>

/// One event of matrix factorisation with knowledge. Item i has facets f with vectors x_if; W and W_a project
/// them to y_f = W x_if and c_f = W_a x_if, both rows of the factors' length. With z_f = <p_u, c_f> /
/// sqrt(k):
///
///   a_f  = softmax_f(z_f)                        attention of user u over the item's facets
///   K_ui = sum_f a_f <p_u, y_f>                  or, pooling `scalar`, K_ui = max_f a_f
///
///   seed      b_u + b_i + <p_u, q_i> - alpha K_ui       so that L = 1/2 sum (r - rhat + alpha K)^2
///   additive  b_u + b_i + <p_u, q_i> + alpha K_ui
///   concat    b_u + b_i + <p_u, q_i> + <t_u, k_i>       the product of [p_u; t_u] and [q_i; k_i]
///   gated     b_u + b_i + <p_u, g q_i + (1 - g) k_i>    g = sigma(<v, q_i> + <w, k_i>)
///   weighted  w1 b_u + w2 (b_i + <p_u, q_i>) + (1 - w1 - w2) <p_u, k_i>
///
/// with k_i = W x_i of the item's own vector. An item without knowledge has no facet: then K_ui = 0, k_i = 0,
/// g = 1. All rows are padded with zeros to a multiple of 16. Templates, so that tests check the code that
/// trains in double.
namespace transept {

enum class Fusion { Seed, Additive, Concat, Gated, Weighted };

template<typename Real>
struct FusionRules
{
    Fusion fusion = Fusion::Seed;
    bool scalar = false;
    Real alpha{};
    Real userWeight{};  ///< w1
    Real itemWeight{};  ///< w2
    Real inverseRoot{}; ///< 1 / sqrt(k), k the true number of factors

    bool usesFacets() const noexcept { return fusion == Fusion::Seed || fusion == Fusion::Additive; }
    Real knowledgeWeight() const noexcept { return Real{1} - userWeight - itemWeight; }
    Real sign() const noexcept { return fusion == Fusion::Seed ? Real{-1} : Real{1}; }
};

/// Where the numbers of one event, or the gradient by them, lie. Pointers that the fusion does not use may be
/// null.
template<typename Real>
struct FusionPlaces
{
    Real* p = nullptr;
    Real* taste = nullptr; ///< t_u (concat)
    Real* q = nullptr;
    Real* userBias = nullptr;
    Real* itemBias = nullptr;
    Real* projected = nullptr;     ///< y_f: facets x stride; k_i the only row unless the fusion uses facets
    Real* attended = nullptr;      ///< c_f; null: a single facet with weight 1
    Real* gateItem = nullptr;      ///< v (gated)
    Real* gateKnowledge = nullptr; ///< w
    const std::uint32_t* rowOf = nullptr; ///< by facet: its row in these two; null: the facets are the rows
    std::size_t facets = 0;
    std::size_t stride = 0;

    Real* projectedRow(std::size_t facet) const noexcept { return projected + row(facet) * stride; }
    Real* attendedRow(std::size_t facet) const noexcept { return attended + row(facet) * stride; }

private:
    std::size_t row(std::size_t facet) const noexcept { return rowOf == nullptr ? facet : rowOf[facet]; }
};

/// What the prediction found on its way and the gradient needs again.
template<typename Real>
struct FusionScratch
{
    std::vector<Real> weights;  ///< a_f
    std::vector<Real> products; ///< <p_u, y_f>
    std::size_t strongest = 0;
    Real pooled{};
    Real gate{1};
    Real itemProduct{};
    Real knowledgeProduct{};

    void reserve(std::size_t facets)
    {
        weights.resize(std::max(weights.size(), facets));
        products.resize(std::max(products.size(), facets));
    }
};

/// a_f, <p_u, y_f> and K_ui.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline Real poolFacets(const FusionRules<Real>& rules,
                                              const FusionPlaces<Real>& at,
                                              FusionScratch<Real>& scratch) noexcept
{
    Real largest{};
    scratch.strongest = 0;
    for (std::size_t f = 0; f < at.facets; ++f) {
        scratch.products[f] = paddedDot<Bytes, Real>(at.p, at.projectedRow(f), at.stride);
        scratch.weights[f] =
            at.attended == nullptr
                ? Real{}
                : rules.inverseRoot * paddedDot<Bytes, Real>(at.p, at.attendedRow(f), at.stride);
        if (f == 0 || scratch.weights[f] > largest) {
            largest = scratch.weights[f];
            scratch.strongest = f;
        }
    }
    Real sum{};
    for (std::size_t f = 0; f < at.facets; ++f) {
        scratch.weights[f] = std::exp(scratch.weights[f] - largest);
        sum += scratch.weights[f];
    }
    scratch.pooled = Real{};
    for (std::size_t f = 0; f < at.facets; ++f) {
        scratch.weights[f] /= sum;
        scratch.pooled += scratch.weights[f] * scratch.products[f];
    }
    if (rules.scalar && at.facets > 0) {
        scratch.pooled = scratch.weights[scratch.strongest];
    }
    return scratch.pooled;
}

/// The prediction less the domain's mean.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline Real fusionPrediction(const FusionRules<Real>& rules,
                                                    const FusionPlaces<Real>& at,
                                                    FusionScratch<Real>& scratch) noexcept
{
    scratch.itemProduct = paddedDot<Bytes, Real>(at.p, at.q, at.stride);
    if (rules.usesFacets()) {
        const Real pooled = poolFacets<Bytes>(rules, at, scratch);
        return *at.userBias + *at.itemBias + scratch.itemProduct + rules.sign() * rules.alpha * pooled;
    }
    if (rules.fusion == Fusion::Concat) {
        const Real product =
            at.facets > 0 ? paddedDot<Bytes, Real>(at.taste, at.projectedRow(0), at.stride) : Real{};
        return *at.userBias + *at.itemBias + scratch.itemProduct + product;
    }
    scratch.knowledgeProduct =
        at.facets > 0 ? paddedDot<Bytes, Real>(at.p, at.projectedRow(0), at.stride) : Real{};
    if (rules.fusion == Fusion::Weighted) {
        return rules.userWeight * *at.userBias + rules.itemWeight * (*at.itemBias + scratch.itemProduct) +
               rules.knowledgeWeight() * scratch.knowledgeProduct;
    }
    scratch.gate = Real{1};
    if (at.facets > 0) {
        const Real score = paddedDot<Bytes, Real>(at.gateItem, at.q, at.stride) +
                           paddedDot<Bytes, Real>(at.gateKnowledge, at.projectedRow(0), at.stride);
        scratch.gate = Real{1} / (Real{1} + std::exp(-score));
    }
    return *at.userBias + *at.itemBias + scratch.gate * scratch.itemProduct +
           (Real{1} - scratch.gate) * scratch.knowledgeProduct;
}

template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline void addRow(Real factor,
                                          const Real* __restrict from,
                                          Real* __restrict to,
                                          std::size_t stride) noexcept
{
    LaneParts<Real, Bytes> more;
    LaneParts<Real, Bytes> sum;
    for (std::size_t at = 0; at < stride; at += laneCount) {
        more.load(from + at);
        sum.load(to + at);
        sum.addScaled(factor, more);
        sum.store(to + at);
    }
}

/// Adds by * dK_ui to the gradients by p, y_f and c_f.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline void addPoolGradient(const FusionRules<Real>& rules,
                                                   const FusionPlaces<Real>& at,
                                                   const FusionScratch<Real>& scratch,
                                                   Real by,
                                                   const FusionPlaces<Real>& gradient) noexcept
{
    for (std::size_t f = 0; f < at.facets; ++f) {
        const Real weight = scratch.weights[f];
        Real byScore = weight * (scratch.products[f] - scratch.pooled);
        if (rules.scalar) {
            byScore = scratch.pooled * ((f == scratch.strongest ? Real{1} : Real{}) - weight);
        } else {
            addRow<Bytes, Real>(by * weight, at.projectedRow(f), gradient.p, at.stride);
            addRow<Bytes, Real>(by * weight, at.p, gradient.projected + f * at.stride, at.stride);
        }
        if (at.attended != nullptr) {
            const Real factor = by * byScore * rules.inverseRoot;
            addRow<Bytes, Real>(factor, at.attendedRow(f), gradient.p, at.stride);
            addRow<Bytes, Real>(factor, at.p, gradient.attended + f * at.stride, at.stride);
        }
    }
}

/// Adds by * (the derivative of the prediction) to every gradient; `scratch` is as fusionPrediction() left
/// it.
template<std::size_t Bytes, typename Real>
[[gnu::always_inline]] inline void addFusionGradient(const FusionRules<Real>& rules,
                                                     const FusionPlaces<Real>& at,
                                                     const FusionScratch<Real>& scratch,
                                                     Real by,
                                                     const FusionPlaces<Real>& gradient) noexcept
{
    const bool weighted = rules.fusion == Fusion::Weighted;
    const Real byProduct = by * (weighted ? rules.itemWeight : scratch.gate);
    *gradient.userBias += weighted ? by * rules.userWeight : by;
    *gradient.itemBias += weighted ? by * rules.itemWeight : by;
    addRow<Bytes, Real>(byProduct, at.q, gradient.p, at.stride);
    addRow<Bytes, Real>(byProduct, at.p, gradient.q, at.stride);
    if (at.facets == 0) {
        return;
    }
    if (rules.usesFacets()) {
        addPoolGradient<Bytes>(rules, at, scratch, by * rules.sign() * rules.alpha, gradient);
        return;
    }
    if (rules.fusion == Fusion::Concat) {
        addRow<Bytes, Real>(by, at.projectedRow(0), gradient.taste, at.stride);
        addRow<Bytes, Real>(by, at.taste, gradient.projected, at.stride);
        return;
    }
    const Real byKnowledge = by * (weighted ? rules.knowledgeWeight() : Real{1} - scratch.gate);
    addRow<Bytes, Real>(byKnowledge, at.projectedRow(0), gradient.p, at.stride);
    addRow<Bytes, Real>(byKnowledge, at.p, gradient.projected, at.stride);
    if (rules.fusion == Fusion::Gated) {
        const Real byScore =
            by * (scratch.itemProduct - scratch.knowledgeProduct) * scratch.gate * (Real{1} - scratch.gate);
        addRow<Bytes, Real>(byScore, at.gateItem, gradient.q, at.stride);
        addRow<Bytes, Real>(byScore, at.gateKnowledge, gradient.projected, at.stride);
        addRow<Bytes, Real>(byScore, at.q, gradient.gateItem, at.stride);
        addRow<Bytes, Real>(byScore, at.projectedRow(0), gradient.gateKnowledge, at.stride);
    }
}

/// y = W x for rows of vectors of length `dimension`; W is handed transposed: dimension x stride.
void projectRows(std::span<const float* const> vectors,
                 std::size_t dimension,
                 const float* transposed,
                 std::size_t stride,
                 float* projected) noexcept;

/// The way back: adds sum_f x_f g_f' to `gradient`, dimension x stride.
void addProjectionGradient(std::span<const float* const> vectors,
                           std::size_t dimension,
                           const float* byProjected,
                           std::size_t stride,
                           float* gradient) noexcept;

} // namespace transept
