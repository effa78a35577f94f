#include "core/model/FacetPool.h"

#include "core/base/Kernels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transept {
namespace {

/// Up to this size a score's exponential is far from the ends of float's range: softmax needs no shift, and
/// what a vector adds is the same in every item.
constexpr float tameScore = 40.0F;

bool areTame(std::span<const float> scores)
{
    return std::ranges::all_of(scores, [](float score) { return std::abs(score) <= tameScore; });
}

/// exp() of every number: eight at a time, so that a number's result does not depend on its place.
void exponentiate(std::vector<float>& values)
{
    constexpr std::size_t together = 8;
    const std::size_t count = values.size();
    values.resize((count + together - 1) / together * together, 0.0F);
    for (std::size_t at = 0; at < values.size(); at += together) {
        Eigen::Map<Eigen::Array<float, together, 1>> eight(values.data() + at);
        eight = eight.exp();
    }
    values.resize(count);
}

/// <p_u, row> of every row.
std::vector<float> products(const FactorMatrix& matrix, const float* user)
{
    std::vector<float> result(matrix.rows);
    kernels::dotRows(matrix.values.data(), matrix.rows, matrix.stride, user, matrix.stride, result.data());
    return result;
}

} // namespace

void FacetPool::prepareAll()
{
    m_allProducts = products(m_facets.projected, m_user);
    m_allScores = products(m_facets.attended, m_user);
    m_allScores.resize(m_allProducts.size(), 0.0F);
    for (float& score : m_allScores) {
        score *= m_facets.rules.inverseRoot;
    }
    m_isPrepared = true;
    m_isTame = areTame(m_allScores);
    if (m_isTame) {
        std::vector<float> weights = m_allScores;
        exponentiate(weights);
        m_allParts.reserve(weights.size());
        for (std::size_t vector = 0; vector < weights.size(); ++vector) {
            m_allParts.emplace_back(weights[vector], weights[vector] * m_allProducts[vector]);
        }
    }
}

float FacetPool::of(ItemRow item)
{
    const std::size_t first = m_facets.starts[index(item)];
    const std::size_t count = m_facets.starts[index(item) + 1] - first;
    if (count == 0) {
        return 0.0F;
    }
    float largest = 0.0F;
    float sum = 0.0F;
    float total = 0.0F;
    const auto add = [&](float weight, float part) {
        largest = std::max(largest, weight);
        sum += weight;
        total += part;
    };
    if (m_isTame) {
        for (std::size_t facet = first; facet < first + count; ++facet) {
            const auto& [weight, part] = m_allParts[m_facets.vectorOf[facet]];
            add(weight, part);
        }
    } else {
        gather(first, count);
        for (std::size_t facet = 0; facet < count; ++facet) {
            add(m_weights[facet], m_weights[facet] * m_products[facet]);
        }
    }
    return (m_facets.rules.scalar ? largest : total) / sum;
}

/// The weights before they are divided by their sum, and <p_u, y_f>.
void FacetPool::gather(std::size_t first, std::size_t count)
{
    const auto product = [this](const FactorMatrix& matrix, std::size_t row) {
        return kernels::dot(matrix.at(row), m_user, matrix.stride);
    };
    m_weights.assign(count, 0.0F);
    m_products.resize(count);
    for (std::size_t facet = 0; facet < count; ++facet) {
        const std::size_t vector = m_facets.vectorOf[first + facet];
        m_products[facet] = m_isPrepared ? m_allProducts[vector] : product(m_facets.projected, vector);
        if (m_isPrepared) {
            m_weights[facet] = m_allScores[vector];
        } else if (m_facets.attended.rows > 0) {
            m_weights[facet] = m_facets.rules.inverseRoot * product(m_facets.attended, vector);
        }
    }
    if (!areTame(m_weights)) {
        const float largest = *std::ranges::max_element(m_weights);
        for (float& weight : m_weights) {
            weight -= largest;
        }
    }
    exponentiate(m_weights);
}

std::vector<float> FacetPool::attention(ItemRow item)
{
    const std::size_t first = m_facets.starts[index(item)];
    gather(first, m_facets.starts[index(item) + 1] - first);
    const float sum = std::accumulate(m_weights.begin(), m_weights.end(), 0.0F);
    std::vector<float> weights = m_weights;
    for (float& weight : weights) {
        weight /= sum;
    }
    return weights;
}

std::vector<float> FacetPool::vector(ItemRow item)
{
    const std::vector<float> weights = attention(item);
    std::vector<float> pooled(m_facets.projected.stride);
    for (std::size_t facet = 0; facet < weights.size(); ++facet) {
        const std::size_t vector = m_facets.vectorOf[m_facets.starts[index(item)] + facet];
        kernels::addScaled(weights[facet], m_facets.projected.at(vector), pooled.data(), pooled.size());
    }
    return pooled;
}

} // namespace transept
