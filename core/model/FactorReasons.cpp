#include "core/model/FactorReasons.h"

#include "core/model/Contributions.h"
#include "core/model/ModelBytes.h"

#include <Eigen/Cholesky>

namespace transept {
namespace {

constexpr std::string_view mark = "TFR1";

using Row = Eigen::Map<const Vector>;

Eigen::VectorXd vectorOf(const FactorMatrix& matrix, std::size_t row)
{
    return Row(matrix.at(row), static_cast<Eigen::Index>(matrix.width)).cast<double>();
}

PairLoss lossOf(const FactorDomain& domain, const FactorSettings& settings)
{
    return domain.isImplicit() ? settings.implicitLoss : PairLoss::Squared;
}

/// c: how fast the derivative of the loss changes, at most.
double curvatureOf(PairLoss loss)
{
    return loss == PairLoss::Squared ? 1.0 : 0.25;
}

std::vector<ReasonDomain> sourcesOf(const TrainingData& data, const FactorBackground& background)
{
    std::vector<ReasonDomain> domains;
    for (std::size_t source = 0; source < background.sources.size(); ++source) {
        domains.push_back({.domain = static_cast<int>(source),
                           .data = factorDomain(data.sources[source], data.target, background.sourceWeight),
                           .factors = &background.sources[source]});
    }
    return domains;
}

/// The domains whose events made the vectors of users who are not mapped.
std::vector<ReasonDomain> ownOf(const TrainingData& data,
                                const FactorParameters& target,
                                const FactorBackground& background)
{
    std::vector<ReasonDomain> domains =
        background.areJoint ? sourcesOf(data, background) : std::vector<ReasonDomain>();
    domains.insert(domains.begin(), {.data = factorDomain(data.target, data.target), .factors = &target});
    return domains;
}

void writeDomain(ModelWriter& writer, const FactorParameters& domain)
{
    writer.real(domain.mean);
    writer.number(domain.ratings ? 1 : 0);
    writer.matrix(domain.items);
    writer.array(domain.userBiases);
    writer.array(domain.itemBiases);
}

FactorParameters readDomain(ModelReader& reader, std::size_t users, std::size_t items)
{
    FactorParameters domain;
    domain.mean = reader.real();
    domain.ratings = reader.number() == 1;
    domain.items = reader.matrix(items);
    domain.userBiases = reader.array(users);
    domain.itemBiases = reader.array(items);
    return domain;
}

FactorMatrix padded(const Matrix& matrix)
{
    FactorMatrix rows(static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols()));
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const auto at = static_cast<Eigen::Index>(row);
        std::ranges::copy(std::span(matrix.row(at).data(), rows.width), rows.row(row).begin());
    }
    return rows;
}

} // namespace

TasteReasons::TasteReasons(std::vector<ReasonDomain> domains, const FactorSettings& settings)
    : m_domains(std::move(domains))
    , m_settings(settings)
    , m_grams(m_domains.size())
{
}

const Eigen::MatrixXd& TasteReasons::gramOf(std::size_t domain) const
{
    const std::lock_guard lock(m_mutex);
    Eigen::MatrixXd& gram = m_grams[domain];
    if (gram.size() == 0) {
        const FactorMatrix& items = m_domains[domain].factors->items;
        gram = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(items.width),
                                     static_cast<Eigen::Index>(items.width));
        for (std::size_t item = 0; item < items.rows; ++item) {
            const Eigen::VectorXd q = vectorOf(items, item);
            gram.noalias() += q * q.transpose();
        }
    }
    return gram;
}

/// Adds the domain's part of A; returns what it adds to the diagonal.
double TasteReasons::addCurvature(std::size_t place, UserRow user, Eigen::MatrixXd& curvature) const
{
    const ReasonDomain& domain = m_domains[place];
    const auto items = domain.data.data->interactions.itemsOf(user);
    if (items.empty()) {
        return 0.0;
    }
    const double weight = static_cast<double>(domain.data.weight);
    const double bend =
        weight * curvatureOf(lossOf(domain.data, m_settings)) * domain.data.scale * domain.data.scale;
    for (const ItemRow item : items) {
        const Eigen::VectorXd q = vectorOf(domain.factors->items, index(item));
        curvature.noalias() += bend * q * q.transpose();
    }
    const auto count = static_cast<double>(items.size());
    const double sampled = domain.data.isImplicit() ? count * m_settings.negatives : 0.0;
    if (sampled > 0.0) {
        const auto itemCount = static_cast<double>(domain.factors->items.rows);
        curvature += bend * sampled / itemCount * gramOf(place);
    }
    const float decay =
        domain.data.isImplicit() ? m_settings.implicitRegularisation : m_settings.regularisation;
    return weight * static_cast<double>(decay) * (count + sampled);
}

std::vector<Contribution> TasteReasons::of(UserRow user, const Eigen::VectorXd& towards) const
{
    Eigen::MatrixXd curvature = Eigen::MatrixXd::Zero(towards.size(), towards.size());
    double diagonal = 0.0;
    for (std::size_t domain = 0; domain < m_domains.size(); ++domain) {
        diagonal += addCurvature(domain, user, curvature);
    }
    if (diagonal <= 0.0) {
        return {}; // no event
    }
    curvature.diagonal().array() += diagonal;
    const Eigen::VectorXd answer = curvature.llt().solve(towards);

    std::vector<Contribution> result;
    for (const ReasonDomain& domain : m_domains) {
        const InteractionMatrix& interactions = domain.data.data->interactions;
        const auto items = interactions.itemsOf(user);
        const auto values = interactions.valuesOf(user);
        std::map<ItemRow, double> weights; // a pair may occur more than once
        for (std::size_t at = 0; at < items.size(); ++at) {
            const std::size_t item = index(items[at]);
            const double level = static_cast<double>(domain.factors->userBiases[index(user)]) +
                                 static_cast<double>(domain.factors->itemBiases[item]);
            const double value =
                domain.data.isImplicit() ? 1.0 : static_cast<double>(values[at]) - domain.data.mean;
            const double error = pairError(lossOf(domain.data, m_settings), value, level);
            weights[items[at]] += static_cast<double>(domain.data.weight) * domain.data.scale *
                                  domain.data.scale * error *
                                  vectorOf(domain.factors->items, item).dot(answer);
        }
        for (const auto& [item, weight] : weights) {
            result.push_back({.domain = domain.domain, .item = item, .weight = static_cast<float>(weight)});
        }
    }
    return strongestFirst(std::move(result));
}

ExplainedFactorModel::ExplainedFactorModel(FactorParameters parameters,
                                           FactorBackground background,
                                           std::shared_ptr<const TrainingData> data,
                                           const FactorSettings& settings)
    : m_data(std::move(data))
    , m_model(std::move(parameters))
    , m_background(std::move(background))
    , m_own(ownOf(*m_data, m_model.parameters(), m_background), settings)
    , m_sources(sourcesOf(*m_data, m_background), settings)
{
}

bool ExplainedFactorModel::isMapped(UserRow user) const
{
    if (m_background.areJoint) {
        return false;
    }
    const auto acts = [user](const TrainingDomain& domain) {
        return !domain.interactions.itemsOf(user).empty();
    };
    return std::ranges::any_of(m_data->sources, acts) &&
           (m_background.mapsEverybody || !acts(m_data->target));
}

std::vector<Contribution> ExplainedFactorModel::contributions(UserRow user, ItemRow item) const
{
    const Eigen::VectorXd q = vectorOf(m_model.parameters().items, index(item));
    if (!isMapped(user)) {
        return m_own.of(user, q);
    }
    if (m_background.map.size() == 0) {
        return {};
    }
    Eigen::VectorXd withBias(q.size() + 1);
    withBias << q, 1.0;
    return m_sources.of(user, m_background.map.cast<double>().transpose() * withBias);
}

std::optional<std::string> ExplainedFactorModel::serialised() const
{
    ModelWriter writer(mark);
    writeDomain(writer, m_model.parameters());
    writer.matrix(m_model.parameters().users);
    writer.number(m_background.sources.size());
    for (const FactorParameters& source : m_background.sources) {
        writeDomain(writer, source);
    }
    const FactorMatrix map = padded(m_background.map);
    writer.number(map.rows);
    writer.matrix(map);
    return writer.finish();
}

Result<std::shared_ptr<const Model>> restoreExplainedModel(std::shared_ptr<const TrainingData> data,
                                                           std::string_view bytes,
                                                           FactorBackground background,
                                                           const FactorSettings& settings)
{
    ModelReader reader(mark, bytes);
    FactorParameters target = readDomain(reader, data->userCount, data->target.interactions.itemCount());
    target.users = reader.matrix(data->userCount);
    bool fits = target.users.width == target.items.width;
    const std::size_t sources = reader.number();
    fits = fits && sources <= data->sources.size();
    for (std::size_t source = 0; fits && source < sources; ++source) {
        const std::size_t items = data->sources[source].interactions.itemCount();
        background.sources.push_back(readDomain(reader, data->userCount, items));
        fits = background.sources.back().items.width == target.items.width;
    }
    const FactorMatrix map = reader.matrix(reader.number());
    background.map = map.matrix();
    fits = fits && (map.rows == 0 || (map.rows == target.items.width + 1 && map.width == target.items.width));
    if (!reader.finished() || !fits) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const ExplainedFactorModel>(
        std::move(target), std::move(background), std::move(data), settings);
}

} // namespace transept
