#include "core/model/KfmfModel.h"

#include "core/model/FoldedUser.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

constexpr std::string_view mark = "TKM4";

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

void writeRows(ModelWriter& writer, const FactorMatrix& rows)
{
    writer.number(rows.rows);
    writer.matrix(rows);
}

FactorMatrix readRows(ModelReader& reader)
{
    const std::size_t count = reader.number();
    return reader.matrix(count);
}

void writeFused(ModelWriter& writer,
                const FactorParameters& factors,
                const FactorMatrix& own,
                const std::optional<FacetFactors>& facets)
{
    writeDomain(writer, factors);
    writeRows(writer, own);
    writer.number(facets ? 1 : 0);
    if (facets) {
        writeFacets(writer, *facets);
    }
}

/// Nothing when it is no domain of `items` items with vectors of `width`.
std::optional<FusedDomain> readFused(ModelReader& reader,
                                     std::size_t users,
                                     std::size_t items,
                                     std::size_t width)
{
    FusedDomain domain{.factors = readDomain(reader, users, items)};
    domain.own = readRows(reader);
    bool fits = domain.factors.items.width == width && (domain.own.rows == 0 || domain.own.rows == items);
    if (reader.number() == 1) {
        domain.facets = readFacets(reader, items);
        fits = fits && domain.facets && domain.facets->projected.width == width;
    }
    return reader.ok() && fits ? std::optional(std::move(domain)) : std::nullopt;
}

/// Nothing when the bytes hold no model of this data.
std::optional<KfmfParameters> readParameters(ModelReader& reader, const TrainingData& data)
{
    KfmfParameters parameters;
    FactorMatrix users = reader.matrix(data.userCount);
    const auto read = [&](const TrainingDomain& domain) {
        return readFused(reader, data.userCount, domain.interactions.itemCount(), users.width);
    };
    std::optional<FusedDomain> target = read(data.target);
    const std::size_t sources = reader.number();
    if (!target || sources > data.sources.size()) {
        return std::nullopt;
    }
    for (std::size_t source = 0; source < sources; ++source) {
        std::optional<FusedDomain> domain = read(data.sources[source]);
        if (!domain) {
            return std::nullopt;
        }
        parameters.sources.push_back(std::move(*domain));
    }
    parameters.target = std::move(*target);
    parameters.target.factors.users = std::move(users);
    parameters.projection = readRows(reader);
    parameters.attention = readRows(reader);
    parameters.gate = readRows(reader);
    return reader.finished() ? std::optional(std::move(parameters)) : std::nullopt;
}

} // namespace

KfmfModel::KfmfModel(KfmfParameters parameters,
                     std::shared_ptr<const TrainingData> data,
                     const KfmfSettings& settings)
    : m_data(std::move(data))
    , m_settings(settings)
    , m_folded(std::move(parameters.target.factors))
    , m_own(std::move(parameters.target.own))
    , m_facets(std::move(parameters.target.facets))
    , m_sources(std::move(parameters.sources))
    , m_projection(std::move(parameters.projection))
    , m_attention(std::move(parameters.attention))
    , m_gate(std::move(parameters.gate))
    , m_reasons(reasonDomains(), settings.factors)
{
}

std::vector<ReasonDomain> KfmfModel::reasonDomains() const
{
    std::vector<ReasonDomain> domains;
    const auto add = [&](int place,
                         const FactorParameters& factors,
                         const std::optional<FacetFactors>& facets,
                         const FactorDomain& data) {
        ReasonDomain domain{.domain = place, .data = data, .factors = &factors};
        if (facets) {
            domain.knowledge = [this, &known = *facets, scale = data.scale](UserRow user, ItemRow item) {
                return knowledgePart(known, scale, vectorOf(user), item);
            };
        }
        domains.push_back(std::move(domain));
    };
    add(-1, m_folded.parameters(), m_facets, factorDomain(m_data->target, m_data->target));
    for (std::size_t source = 0; source < m_sources.size(); ++source) {
        add(static_cast<int>(source),
            m_sources[source].factors,
            m_sources[source].facets,
            factorDomain(m_data->sources[source], m_data->target, m_settings.sourceWeight));
    }
    return domains;
}

/// `scale` is what the domain was trained with.
KnowledgePart KfmfModel::knowledgePart(const FacetFactors& facets,
                                       double scale,
                                       const float* user,
                                       ItemRow item) const
{
    FacetPool pool(facets, user);
    const auto alpha = static_cast<double>(facets.rules.sign() * facets.rules.alpha);
    const auto width = static_cast<Eigen::Index>(facets.projected.width);
    if (facets.rules.scalar) {
        return {.vector = Eigen::VectorXd::Zero(width),
                .level = alpha * static_cast<double>(pool.of(item)) / scale};
    }
    const std::vector<float> pooled = pool.vector(item);
    return {.vector = alpha * Eigen::Map<const Vector>(pooled.data(), width).cast<double>()};
}

void KfmfModel::score(UserRow user, std::span<float> scores) const
{
    m_folded.score(user, scores);
    addFacets(user, scores);
}

void KfmfModel::scoreUsers(std::span<const UserRow> users, const TakeScores& take) const
{
    m_facets ? Model::scoreUsers(users, take) : m_folded.scoreUsers(users, take);
}

void KfmfModel::addFacets(UserRow user, std::span<float> scores) const
{
    if (m_facets) {
        const FusionRules<float>& rules = m_facets->rules;
        FacetPool pool(*m_facets, vectorOf(user));
        pool.prepareAll();
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] += rules.sign() * rules.alpha * pool.of(static_cast<ItemRow>(item));
        }
    }
}

void KfmfModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    m_folded.scoreItems(user, items, scores);
    if (m_facets) {
        const FusionRules<float>& rules = m_facets->rules;
        FacetPool pool(*m_facets, vectorOf(user));
        for (std::size_t at = 0; at < items.size(); ++at) {
            scores[at] += rules.sign() * rules.alpha * pool.of(items[at]);
        }
    }
}

std::vector<Contribution> KfmfModel::contributions(UserRow user, ItemRow item) const
{
    Eigen::VectorXd towards = transept::vectorOf(m_folded.parameters().items, index(item));
    if (m_facets) {
        towards += knowledgePart(*m_facets, 1.0, vectorOf(user), item).vector;
    }
    return m_reasons.of(user)->towards(towards);
}

/// The items of a domain as they are for a user who pays the attention that this vector does.
FactorParameters KfmfModel::seenBy(const float* user, const ReasonDomain& domain) const
{
    const std::optional<FacetFactors>& facets =
        domain.domain < 0 ? m_facets : m_sources[static_cast<std::size_t>(domain.domain)].facets;
    FactorParameters seen{.mean = domain.factors->mean,
                          .items = domain.factors->items,
                          .itemBiases = domain.factors->itemBiases};
    for (std::size_t item = 0; facets && item < seen.items.rows; ++item) {
        const KnowledgePart part =
            knowledgePart(*facets, domain.data.scale, user, static_cast<ItemRow>(item));
        for (std::size_t at = 0; at < seen.items.width; ++at) {
            seen.items.at(item)[at] += static_cast<float>(part.vector[static_cast<Eigen::Index>(at)]);
        }
        seen.itemBiases[item] += static_cast<float>(part.level);
    }
    return seen;
}

bool KfmfModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    constexpr int mostRounds = 20;
    constexpr double sameVector = 1e-5;
    const bool attends = m_facets || std::ranges::any_of(m_sources, [](const FusedDomain& each) {
                             return each.facets.has_value();
                         });
    FactorMatrix vector(1, m_folded.parameters().items.width);
    FoldedUser found{.factors = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(vector.width))};
    FactorParameters target;
    for (int round = 0; round < (attends ? mostRounds : 1); ++round) {
        std::vector<ReasonDomain> domains = reasonDomains();
        std::vector<FactorParameters> seen;
        std::ranges::transform(domains, std::back_inserter(seen), [&](const ReasonDomain& domain) {
            return seenBy(vector.at(0), domain);
        });
        for (std::size_t at = 0; at < domains.size(); ++at) {
            domains[at].factors = &seen[at];
        }
        const Eigen::VectorXd before = found.factors;
        found = foldedUser(domains, m_settings.factors, UserBias::Shared, history);
        std::ranges::copy(found.factors.cast<float>(), vector.row(0).begin());
        target = std::move(seen.front());
        if ((found.factors - before).norm() < sameVector * (1.0 + before.norm())) {
            break;
        }
    }
    const double base = static_cast<double>(m_folded.parameters().mean) + found.biases.front();
    for (std::size_t item = 0; item < scores.size(); ++item) {
        scores[item] = static_cast<float>(base + static_cast<double>(target.itemBiases[item]) +
                                          found.factors.dot(transept::vectorOf(target.items, item)));
    }
    return true;
}

bool KfmfModel::foldInItem(std::span<const Event> interactions,
                           std::span<const UserRow> users,
                           std::span<float> scores) const
{
    const FactorParameters& target = m_folded.parameters();
    const FusionRules<float>& rules = m_settings.rules;
    FactorSettings settings = m_settings.factors;
    if (rules.fusion == Fusion::Weighted) {
        // What holds q holds w2 q so much more.
        const float square = rules.itemWeight * rules.itemWeight;
        if (square == 0.0F) {
            return false;
        }
        settings.regularisation /= square;
        settings.implicitRegularisation /= square;
    }
    if (users.empty()) {
        return true;
    }
    ReasonDomain domain = reasonDomains().front();
    domain.habits = rules.fusion == Fusion::Concat ? target.items.width / 2 : 0; // t_u meets k_i alone
    const FoldedItem item = foldedItem(domain, settings, interactions);
    std::ranges::transform(
        users, scores.begin(), [&](UserRow user) { return static_cast<float>(item.scoreFor(target, user)); });
    return true;
}

std::vector<FacetAttention> KfmfModel::attention(UserRow user, ItemRow item) const
{
    std::vector<FacetAttention> result;
    if (!m_facets || m_facets->attended.rows == 0) {
        return result;
    }
    for (const float weight : FacetPool(*m_facets, vectorOf(user)).attention(item)) {
        result.push_back({.facet = static_cast<int>(result.size()), .weight = weight});
    }
    std::ranges::stable_sort(result, std::ranges::greater(), &FacetAttention::weight);
    return result;
}

std::optional<std::string> KfmfModel::serialised() const
{
    ModelWriter writer(mark);
    writer.matrix(m_folded.parameters().users);
    writeFused(writer, m_folded.parameters(), m_own, m_facets);
    writer.number(m_sources.size());
    for (const FusedDomain& source : m_sources) {
        writeFused(writer, source.factors, source.own, source.facets);
    }
    writeRows(writer, m_projection);
    writeRows(writer, m_attention);
    writeRows(writer, m_gate);
    return writer.finish();
}

std::vector<std::pair<std::string, Matrix>> KfmfModel::factors() const
{
    auto all = m_folded.factors();
    const auto add = [&all](std::string name, const FactorMatrix& rows) {
        if (rows.rows > 0) {
            all.emplace_back(std::move(name), rows.matrix());
        }
    };
    add("own-items", m_own);
    for (std::size_t source = 0; source < m_sources.size(); ++source) {
        addSourceFactors(source + 1, m_sources[source].factors, all);
        add(fmt::format("source-{}-own-items", source + 1), m_sources[source].own);
    }
    add("projection", m_projection);
    add("attention", m_attention);
    add("gate", m_gate);
    return all;
}

Result<std::shared_ptr<const Model>> restoreKfmfModel(std::shared_ptr<const TrainingData> data,
                                                      std::string_view bytes,
                                                      const KfmfSettings& settings)
{
    ModelReader reader(mark, bytes);
    std::optional<KfmfParameters> parameters = readParameters(reader, *data);
    if (!parameters) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const KfmfModel>(std::move(*parameters), std::move(data), settings);
}

} // namespace transept
