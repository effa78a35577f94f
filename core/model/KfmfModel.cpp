#include "core/model/KfmfModel.h"

#include "core/base/Kernels.h"
#include "core/model/ModelBytes.h"

namespace transept {
namespace {

constexpr std::string_view mark = "TKM2";

void writeFacets(ModelWriter& writer, const FacetFactors& facets)
{
    for (const std::size_t start : facets.starts) {
        writer.number(start);
    }
    for (const std::uint32_t vector : facets.vectorOf) {
        writer.number(vector);
    }
    writer.number(facets.projected.rows);
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
    for (std::size_t facet = 0; facet < facets.starts.back() && reader.ok(); ++facet) {
        facets.vectorOf.push_back(static_cast<std::uint32_t>(reader.number()));
    }
    const std::size_t count = reader.number();
    facets.projected = reader.matrix(count);
    const std::size_t attended = reader.number();
    facets.attended = reader.matrix(attended);
    facets.rules.fusion = reader.number() == 1 ? Fusion::Seed : Fusion::Additive;
    facets.rules.scalar = reader.number() == 1;
    facets.rules.alpha = reader.real();
    facets.rules.inverseRoot = reader.real();
    const bool inRange =
        std::ranges::all_of(facets.vectorOf, [&](std::uint32_t vector) { return vector < count; });
    return inRange && (attended == 0 || attended == count) ? std::optional(std::move(facets)) : std::nullopt;
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

/// Pools the facets of items for one user. Asked for all items it first goes through the vectors, which are
/// far fewer than the facets that have them.
class FacetPool
{
public:
    FacetPool(const FacetFactors& facets, const float* user) : m_facets(facets), m_user(user) {}

    void prepareAll()
    {
        for (std::size_t vector = 0; vector < m_facets.projected.rows; ++vector) {
            m_byProjected.push_back(product(m_facets.projected, vector));
        }
        for (std::size_t vector = 0; vector < m_facets.attended.rows; ++vector) {
            m_byAttended.push_back(product(m_facets.attended, vector));
        }
    }

    /// K_ui.
    float of(ItemRow item)
    {
        const std::size_t first = m_facets.starts[index(item)];
        weigh(first, m_facets.starts[index(item) + 1] - first);
        if (m_weights.empty()) {
            return 0.0F;
        }
        if (m_facets.rules.scalar) {
            return *std::ranges::max_element(m_weights);
        }
        float total = 0.0F;
        for (std::size_t facet = 0; facet < m_weights.size(); ++facet) {
            const std::size_t vector = m_facets.vectorOf[first + facet];
            total += m_weights[facet] *
                     (m_byProjected.empty() ? product(m_facets.projected, vector) : m_byProjected[vector]);
        }
        return total;
    }

    /// What the item asked for last pays to each of its facets; they add up to 1.
    const std::vector<float>& weights() const noexcept { return m_weights; }

private:
    float product(const FactorMatrix& matrix, std::size_t row) const noexcept
    {
        return kernels::dot(matrix.at(row), m_user, matrix.stride);
    }

    void weigh(std::size_t first, std::size_t count)
    {
        m_weights.assign(count, 0.0F);
        for (std::size_t facet = 0; m_facets.attended.rows > 0 && facet < count; ++facet) {
            const std::size_t vector = m_facets.vectorOf[first + facet];
            m_weights[facet] =
                m_facets.rules.inverseRoot *
                (m_byAttended.empty() ? product(m_facets.attended, vector) : m_byAttended[vector]);
        }
        const float largest = count > 0 ? *std::ranges::max_element(m_weights) : 0.0F;
        for (float& weight : m_weights) {
            weight -= largest;
        }
        exponentiate(m_weights);
        const float sum = std::accumulate(m_weights.begin(), m_weights.end(), 0.0F);
        for (float& weight : m_weights) {
            weight /= sum;
        }
    }

    const FacetFactors& m_facets;
    const float* m_user;
    std::vector<float> m_byProjected; ///< by vector, once all are prepared
    std::vector<float> m_byAttended;
    std::vector<float> m_weights;
};

} // namespace

void KfmfModel::score(UserRow user, std::span<float> scores) const
{
    m_folded.score(user, scores);
    if (m_parameters.facets) {
        const FusionRules<float>& rules = m_parameters.facets->rules;
        FacetPool pool(*m_parameters.facets, m_parameters.factors.users.at(index(user)));
        pool.prepareAll();
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] += rules.sign() * rules.alpha * pool.of(static_cast<ItemRow>(item));
        }
    }
}

void KfmfModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    m_folded.scoreItems(user, items, scores);
    if (m_parameters.facets) {
        const FusionRules<float>& rules = m_parameters.facets->rules;
        FacetPool pool(*m_parameters.facets, m_parameters.factors.users.at(index(user)));
        for (std::size_t at = 0; at < items.size(); ++at) {
            scores[at] += rules.sign() * rules.alpha * pool.of(items[at]);
        }
    }
}

std::vector<FacetAttention> KfmfModel::attention(UserRow user, ItemRow item) const
{
    std::vector<FacetAttention> result;
    if (!m_parameters.facets || m_parameters.facets->attended.rows == 0) {
        return result;
    }
    FacetPool pool(*m_parameters.facets, m_parameters.factors.users.at(index(user)));
    pool.of(item);
    for (std::size_t facet = 0; facet < pool.weights().size(); ++facet) {
        result.push_back({.facet = static_cast<int>(facet), .weight = pool.weights()[facet]});
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
