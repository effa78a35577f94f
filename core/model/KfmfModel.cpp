#include "core/model/KfmfModel.h"

#include "core/base/Kernels.h"
#include "core/model/ModelBytes.h"

namespace transept {
namespace {

constexpr std::string_view mark = "TKM1";

void writeFacets(ModelWriter& writer, const FacetFactors& facets)
{
    for (const std::size_t start : facets.starts) {
        writer.number(start);
    }
    writer.matrix(facets.projected);
    writer.number(facets.attended.rows);
    writer.matrix(facets.attended);
    writer.number(facets.rules.fusion == Fusion::Seed ? 1 : 0);
    writer.number(facets.rules.scalar ? 1 : 0);
    writer.real(facets.rules.alpha);
    writer.real(facets.rules.inverseRoot);
}

/// Nothing when the starts are no table of facets.
std::optional<FacetFactors> readFacets(ModelReader& reader, std::size_t items)
{
    FacetFactors facets;
    for (std::size_t item = 0; item <= items && reader.ok(); ++item) {
        facets.starts.push_back(reader.number());
    }
    if (!reader.ok() || !std::ranges::is_sorted(facets.starts) || facets.starts.front() != 0) {
        return std::nullopt;
    }
    const std::size_t count = facets.starts.back();
    facets.projected = reader.matrix(count);
    const std::size_t attended = reader.number();
    facets.attended = reader.matrix(attended);
    facets.rules.fusion = reader.number() == 1 ? Fusion::Seed : Fusion::Additive;
    facets.rules.scalar = reader.number() == 1;
    facets.rules.alpha = reader.real();
    facets.rules.inverseRoot = reader.real();
    return attended == 0 || attended == count ? std::optional(std::move(facets)) : std::nullopt;
}

void writeFactors(ModelWriter& writer, const FactorParameters& factors)
{
    writer.real(factors.mean);
    writer.number(factors.ratings ? 1 : 0);
    writer.matrix(factors.users);
    writer.matrix(factors.items);
    writer.array(factors.userBiases);
    writer.array(factors.itemBiases);
}

} // namespace

float KfmfModel::pooled(UserRow user, ItemRow item, std::vector<float>& weights) const
{
    const FacetFactors& facets = *m_parameters.facets;
    const std::size_t first = facets.starts[index(item)];
    const std::size_t count = facets.starts[index(item) + 1] - first;
    weights.assign(count, 0.0F);
    if (count == 0) {
        return 0.0F;
    }
    const float* p = m_parameters.factors.users.at(index(user));
    const std::size_t stride = facets.projected.stride;
    if (facets.attended.rows > 0) {
        kernels::dotRows(facets.attended.at(first), count, stride, p, stride, weights.data());
    }
    const float largest = *std::ranges::max_element(weights);
    float sum = 0.0F;
    for (float& weight : weights) {
        weight = std::exp(facets.rules.inverseRoot * (weight - largest));
        sum += weight;
    }
    for (float& weight : weights) {
        weight /= sum;
    }
    if (facets.rules.scalar) {
        return *std::ranges::max_element(weights);
    }
    float total = 0.0F;
    for (std::size_t facet = 0; facet < count; ++facet) {
        total += weights[facet] * kernels::dot(facets.projected.at(first + facet), p, stride);
    }
    return total;
}

void KfmfModel::score(UserRow user, std::span<float> scores) const
{
    m_folded.score(user, scores);
    if (m_parameters.facets) {
        const FusionRules<float>& rules = m_parameters.facets->rules;
        std::vector<float> weights;
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] += rules.sign() * rules.alpha * pooled(user, static_cast<ItemRow>(item), weights);
        }
    }
}

void KfmfModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    m_folded.scoreItems(user, items, scores);
    if (m_parameters.facets) {
        const FusionRules<float>& rules = m_parameters.facets->rules;
        std::vector<float> weights;
        for (std::size_t at = 0; at < items.size(); ++at) {
            scores[at] += rules.sign() * rules.alpha * pooled(user, items[at], weights);
        }
    }
}

std::vector<FacetAttention> KfmfModel::attention(UserRow user, ItemRow item) const
{
    std::vector<FacetAttention> result;
    if (!m_parameters.facets || m_parameters.facets->attended.rows == 0) {
        return result;
    }
    std::vector<float> weights;
    pooled(user, item, weights);
    for (std::size_t facet = 0; facet < weights.size(); ++facet) {
        result.push_back({.facet = static_cast<int>(facet), .weight = weights[facet]});
    }
    std::ranges::stable_sort(result, std::ranges::greater(), &FacetAttention::weight);
    return result;
}

std::optional<std::string> KfmfModel::serialised() const
{
    ModelWriter writer(mark);
    writeFactors(writer, m_parameters.factors);
    writer.number(m_parameters.projection.rows);
    writer.matrix(m_parameters.projection);
    writer.number(m_parameters.attention.rows);
    writer.matrix(m_parameters.attention);
    writer.number(m_parameters.facets ? 1 : 0);
    if (m_parameters.facets) {
        writeFacets(writer, *m_parameters.facets);
    }
    return writer.finish();
}

std::vector<std::pair<std::string, Matrix>> KfmfModel::factors() const
{
    auto all = m_folded.factors();
    all.emplace_back("projection", m_parameters.projection.matrix());
    if (m_parameters.attention.rows > 0) {
        all.emplace_back("attention", m_parameters.attention.matrix());
    }
    return all;
}

Result<std::shared_ptr<const Model>> restoreKfmfModel(const TrainingData& data, std::string_view bytes)
{
    ModelReader reader(mark, bytes);
    const std::size_t items = data.target.interactions.itemCount();
    KfmfParameters parameters;
    parameters.factors.mean = reader.real();
    parameters.factors.ratings = reader.number() == 1;
    parameters.factors.users = reader.matrix(data.userCount);
    parameters.factors.items = reader.matrix(items);
    parameters.factors.userBiases = reader.array(data.userCount);
    parameters.factors.itemBiases = reader.array(items);
    parameters.projection = reader.matrix(reader.number());
    parameters.attention = reader.matrix(reader.number());
    bool right = parameters.factors.users.width == parameters.factors.items.width;
    if (reader.number() == 1) {
        parameters.facets = readFacets(reader, items);
        right = right && parameters.facets.has_value() &&
                parameters.facets->projected.width == parameters.factors.users.width;
    }
    if (!reader.finished() || !right) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const KfmfModel>(std::move(parameters));
}

} // namespace transept
