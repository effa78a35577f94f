#include "core/model/KfmfTraining.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/Processors.h"
#include "core/model/Epochs.h"
#include "core/model/PlacedVectors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t rowsPerTask = 256;
constexpr std::size_t gradientBlocks = 32; ///< partial sums of the gradient by a projection, each of its size
constexpr Eigen::Index covarianceRows = 2048;

/// The vectors of one domain among those of all: each row is looked at once.
class DomainVectors
{
public:
    DomainVectors(const ItemKnowledge& knowledge, bool usesFacets)
        : m_knowledge(knowledge)
        , m_usesFacets(usesFacets)
        , m_numbers(static_cast<std::size_t>(knowledge.facetVectors.vectors().rows()) + 1, unknown)
    {
    }

    /// Those that stand for an item: its facets' where the fusion attends to them, else its own.
    void append(std::size_t item, VectorNumbers& numbers, FacetTable& facets)
    {
        const std::span<const std::int32_t> rows =
            m_usesFacets ? m_knowledge.facetVectors.rowsOf(item) : std::span<const std::int32_t>();
        for (const std::int32_t row : rows) {
            std::uint32_t& number = m_numbers[static_cast<std::size_t>(row - FacetVectors::noRow)];
            if (number == unknown) {
                number = numbers.of(m_knowledge.facetVectors.at(row), facets.vectors);
            }
            facets.vectorOf.push_back(number);
        }
        const auto own = static_cast<Eigen::Index>(item);
        if (rows.empty() && !m_knowledge.vectors.isZero(own)) {
            facets.vectorOf.push_back(numbers.of(m_knowledge.vectors.at(own), facets.vectors));
        }
    }

private:
    static constexpr std::uint32_t unknown = std::numeric_limits<std::uint32_t>::max();

    const ItemKnowledge& m_knowledge;
    bool m_usesFacets;
    std::vector<std::uint32_t> m_numbers; ///< by row of a facet's vector, from noRow on
};

void listUsers(FacetTable& facets)
{
    facets.userStarts.assign(facets.vectors.size() + 1, 0);
    for (const std::uint32_t vector : facets.vectorOf) {
        ++facets.userStarts[vector + 1];
    }
    std::partial_sum(facets.userStarts.begin(), facets.userStarts.end(), facets.userStarts.begin());
    std::vector<std::size_t> next(facets.userStarts.begin(), facets.userStarts.end() - 1);
    facets.users.resize(facets.vectorOf.size());
    for (std::size_t facet = 0; facet < facets.vectorOf.size(); ++facet) {
        facets.users[next[facets.vectorOf[facet]]++] = static_cast<std::uint32_t>(facet);
    }
}

float trainingStep(const FusionRules<float>& rules,
                   const FusionPlaces<float>& at,
                   const FusionPlaces<float>& gradient,
                   FusionScratch<float>& scratch,
                   const PairDomain& domain,
                   float value) noexcept
{
    return atThisWidth([&]<std::size_t Bytes>() ALWAYS_INLINE {
        const float prediction = fusionPrediction<Bytes>(rules, at, scratch);
        const float error = domain.weight * pairError(domain.loss, value, prediction);
        addFusionGradient<Bytes>(rules, at, scratch, -error, gradient);
        return domain.weight * pairLoss(domain.loss, value, prediction);
    });
}

} // namespace

KfmfTraining::KfmfTraining(FactorState state, const KfmfSettings& settings, std::uint64_t seed)
    : m_settings(settings)
    , m_state(std::move(state))
{
    listFacets();
    startProjections(seed);
    spreadWeights();
    const OptimizerKind kind = m_settings.factors.optimizer;
    m_userOptimizer = RowOptimizer(kind, m_state.users.rows, m_state.users.stride);
    m_tasteOptimizer = RowOptimizer(kind, m_tastes.rows, m_tastes.stride);
    m_itemOptimizer = RowOptimizer(kind, m_state.items.rows, m_state.items.stride);
    m_userBiasOptimizer = RowOptimizer(kind, m_state.userBiases.size(), 1);
    m_itemBiasOptimizer = RowOptimizer(kind, m_state.itemBiases.size(), 1);
}

/// With weights w the prediction holds w b: what b starts at is divided by w, and its decay is such that w b
/// is pulled towards 0 as the biases of the other forms are.
void KfmfTraining::spreadWeights()
{
    if (m_settings.rules.fusion != Fusion::Weighted) {
        return;
    }
    const auto spread = [](float weight, std::vector<BiasTerm<float>>& biases) {
        for (BiasTerm<float>& bias : biases) {
            bias.value = weight > 0.0F ? bias.value / weight : 0.0F;
            bias.decay *= weight * weight;
        }
    };
    spread(m_settings.rules.userWeight, m_state.userBiases);
    spread(m_settings.rules.itemWeight, m_state.itemBiases);
}

void KfmfTraining::listFacets()
{
    m_facets.dimension = static_cast<std::size_t>(m_state.domains.front().data->knowledge->dimension());
    std::vector<std::pair<DomainVectors*, std::size_t>> itemAt(m_state.items.rows);
    std::deque<DomainVectors> vectorsOf; // the places of its elements stay
    for (std::size_t domain = 0; domain < m_state.domains.size(); ++domain) {
        const TrainingDomain& data = *m_state.domains[domain].data;
        const bool known = data.knowledge != nullptr &&
                           static_cast<std::size_t>(data.knowledge->dimension()) == m_facets.dimension;
        if (!known) {
            continue;
        }
        vectorsOf.emplace_back(*data.knowledge, m_settings.rules.usesFacets());
        for (std::size_t item = 0; item < data.interactions.itemCount(); ++item) {
            itemAt[m_state.strata.placeOf(domain, static_cast<ItemRow>(item))] = {&vectorsOf.back(), item};
        }
    }
    VectorNumbers numbers(m_facets.dimension);
    for (const auto& [vectors, item] : itemAt) {
        m_facets.starts.push_back(m_facets.vectorOf.size());
        if (vectors != nullptr) {
            vectors->append(item, numbers, m_facets);
        }
        m_facets.itemOf.resize(m_facets.vectorOf.size(),
                               static_cast<std::uint32_t>(m_facets.starts.size() - 1));
    }
    m_facets.starts.push_back(m_facets.vectorOf.size());
    listUsers(m_facets);
}

void KfmfTraining::startProjections(std::uint64_t seed)
{
    const std::size_t width = m_state.users.width;
    const auto identity = [](std::size_t at) { return std::optional(at); };
    bool several = false;
    for (std::size_t item = 0; item < m_state.items.rows; ++item) {
        several = several || m_facets.countOf(item) > 1;
    }
    m_projection = FactorMatrix(m_facets.dimension, width);
    const float deviation = m_settings.factors.deviation;
    drawRows(m_projection, m_projection.rows, deviation, identity, [&](std::size_t at) {
        return randomFor(seed, Purpose::Projection, at);
    });
    if (several) {
        m_attention = FactorMatrix(m_facets.dimension, width);
        drawRows(m_attention, m_attention.rows, deviation, identity, [&](std::size_t at) {
            return randomFor(seed, Purpose::Attention, at);
        });
    }
    if (m_settings.rules.fusion == Fusion::Concat) {
        m_tastes = FactorMatrix(m_state.userCount, width);
        drawRows(
            m_tastes,
            m_state.userCount,
            deviation,
            [&](std::size_t at) { return m_state.placeOfActive(static_cast<UserRow>(at)); },
            [&](std::size_t at) { return randomFor(seed, Purpose::UserFactors, at, 1); });
    }
    if (m_settings.rules.fusion == Fusion::Gated) {
        m_gate.assign(2 * m_state.users.stride, 0.0F);
        m_gateOptimizer = RowOptimizer(OptimizerKind::Adam, 1, m_gate.size());
    }
    m_sums = FactorMatrix(m_facets.vectors.size(), width);
    m_byProjected = FactorMatrix(m_facets.vectorOf.size(), width);
    m_byAttended = FactorMatrix(attends() ? m_facets.vectorOf.size() : 0, width);
    m_byGate.assign(m_state.strata.bands(), std::vector<float>(m_gate.size()));
    m_projectionOptimizer = RowOptimizer(OptimizerKind::Adam, m_projection.rows, m_projection.stride);
    m_attentionOptimizer = RowOptimizer(OptimizerKind::Adam, m_attention.rows, m_attention.stride);
}

void KfmfTraining::startFrom(const StartingPoint& start)
{
    const std::size_t width = m_state.users.width;
    start.forEachKnown("users", start.users, [&](std::size_t user, std::span<const float> values) {
        if (m_tastes.rows > 0 && values.size() == 2 * width) {
            std::ranges::copy(values.last(width),
                              m_tastes.row(m_state.strata.placeOf(static_cast<UserRow>(user))).begin());
        }
    });
    FactorMatrix gate = gateRows();
    const std::array<std::pair<std::string_view, FactorMatrix*>, 3> shared{
        {{"projection", &m_projection}, {"attention", &m_attention}, {"gate", &gate}}};
    for (const auto& [name, rows] : shared) {
        const auto found = start.factors.find(name);
        const bool fits = found != start.factors.end() &&
                          static_cast<std::size_t>(found->second.rows()) == rows->rows &&
                          static_cast<std::size_t>(found->second.cols()) == width;
        for (std::size_t row = 0; fits && row < rows->rows; ++row) {
            const float* values = found->second.row(static_cast<Eigen::Index>(row)).data();
            std::copy_n(values, width, rows->at(row));
        }
    }
    std::ranges::copy(gate.values, m_gate.begin());
}

/// v and w, a row each.
FactorMatrix KfmfTraining::gateRows() const
{
    FactorMatrix rows(m_gate.empty() ? 0 : 2, m_state.users.width);
    std::ranges::copy(m_gate, rows.values.begin());
    return rows;
}

Status KfmfTraining::gatherCovariance(const JobContext& job)
{
    const auto dimension = static_cast<Eigen::Index>(m_facets.dimension);
    m_covariance = Matrix::Zero(dimension, dimension);
    for (const FactorDomain& domain : m_state.domains) {
        if (domain.data->knowledge == nullptr || domain.data->knowledge->dimension() != dimension) {
            continue;
        }
        const KnowledgeVectors& vectors = domain.data->knowledge->vectors;
        VectorReader reader(vectors);
        for (Eigen::Index first = 0; first < vectors.rows(); first += covarianceRows) {
            if (const Status status = job.checkpoint(); !status) {
                return status;
            }
            const VectorReader::Rows rows =
                reader.rows(first, std::min(covarianceRows, vectors.rows() - first));
            m_covariance.noalias() += rows.transpose() * rows;
        }
    }
    return {};
}

Status KfmfTraining::project(const JobContext& job)
{
    m_projected = projected(m_facets.vectors, m_facets.dimension, m_projection);
    if (Status goOn = job.checkpoint(); !goOn) {
        return goOn;
    }
    if (attends()) {
        m_attended = projected(m_facets.vectors, m_facets.dimension, m_attention);
    }
    m_isPrepared.assign(m_state.items.rows, 0);
    for (std::vector<float>& gate : m_byGate) {
        std::ranges::fill(gate, 0.0F);
    }
    return job.checkpoint();
}

/// Starts the gradients of the item's facets anew. Each facet has its own: two items that have the same
/// vector may be at work at the same time.
void KfmfTraining::prepare(std::size_t item)
{
    const std::size_t first = m_facets.starts[item];
    const std::size_t count = m_facets.countOf(item);
    std::fill_n(m_byProjected.at(first), count * m_byProjected.stride, 0.0F);
    if (attends()) {
        std::fill_n(m_byAttended.at(first), count * m_byAttended.stride, 0.0F);
    }
    m_isPrepared[item] = 1;
}

FusionPlaces<float> KfmfTraining::placesOf(const PairEvent& event)
{
    const std::size_t first = m_facets.starts[event.item];
    const std::size_t userBias = m_state.pairDomains[event.domain].firstUserBias + event.user;
    return {.p = m_state.users.at(event.user),
            .taste = m_tastes.rows > 0 ? m_tastes.at(event.user) : nullptr,
            .q = m_state.items.at(event.item),
            .userBias = &m_state.userBiases[userBias].value,
            .itemBias = &m_state.itemBiases[event.item].value,
            .projected = m_projected.values.data(),
            .attended = attends() ? m_attended.values.data() : nullptr,
            .gateItem = m_gate.data(),
            .gateKnowledge = m_gate.data() + m_gate.size() / 2,
            .rowOf = m_facets.vectorOf.data() + first,
            .facets = m_facets.countOf(event.item),
            .stride = m_state.users.stride};
}

float KfmfTraining::trainEvent(const PairEvent& event, Step& step)
{
    const PairDomain& domain = m_state.pairDomains[event.domain];
    if (m_isPrepared[event.item] == 0) {
        prepare(event.item);
    }
    const FusionPlaces<float> at = placesOf(event);
    const std::size_t first = m_facets.starts[event.item];
    const std::size_t userBias = domain.firstUserBias + event.user;
    const float decay = domain.weight * domain.decay;
    float byUserBias = domain.weight * m_state.userBiases[userBias].decay * *at.userBias;
    float byItemBias = domain.weight * m_state.itemBiases[event.item].decay * *at.itemBias;
    for (std::size_t column = 0; column < at.stride; ++column) {
        step.gradients.at(0)[column] = decay * at.p[column];
        step.gradients.at(1)[column] = at.taste == nullptr ? 0.0F : decay * at.taste[column];
        step.gradients.at(2)[column] = decay * at.q[column];
    }
    step.scratch.reserve(at.facets);
    const FusionPlaces<float> gradient{.p = step.gradients.at(0),
                                       .taste = step.gradients.at(1),
                                       .q = step.gradients.at(2),
                                       .userBias = &byUserBias,
                                       .itemBias = &byItemBias,
                                       .projected = m_byProjected.at(first),
                                       .attended = attends() ? m_byAttended.at(first) : nullptr,
                                       .gateItem = step.gate.data(),
                                       .gateKnowledge = step.gate.data() + step.gate.size() / 2};
    const float rate = step.rate * domain.rate;
    const float loss = trainingStep(m_settings.rules, at, gradient, step.scratch, domain, event.value);
    const auto row = [&](float* values) { return std::span(values, at.stride); };
    m_userOptimizer.step(rate, event.user, row(step.gradients.at(0)), row(at.p));
    if (at.taste != nullptr) {
        m_tasteOptimizer.step(rate, event.user, row(step.gradients.at(1)), row(at.taste));
    }
    m_itemOptimizer.step(rate, event.item, row(step.gradients.at(2)), row(at.q));
    const float biasRate = rate * domain.biasRate;
    m_userBiasOptimizer.step(biasRate, userBias, {&byUserBias, 1}, {at.userBias, 1});
    m_itemBiasOptimizer.step(biasRate, event.item, {&byItemBias, 1}, {at.itemBias, 1});
    return loss;
}

PairTotals KfmfTraining::trainBlock(std::size_t block, std::size_t band, int epoch)
{
    PairTotals totals;
    Step step{.rate = m_settings.factors.rateOf(epoch),
              .gate = std::vector<float>(m_gate.size()),
              .gradients = FactorMatrix(3, m_state.users.stride)};
    m_state.strata.visit(block, epoch, [&](std::span<const PairEvent> events) {
        for (const PairEvent& event : events) {
            const float loss = trainEvent(event, step);
            totals += {.loss = static_cast<double>(loss),
                       .weight = static_cast<double>(m_state.pairDomains[event.domain].weight)};
        }
    });
    m_byGate[band] = std::move(step.gate);
    return totals;
}

Result<std::vector<float>> KfmfTraining::carriedBack(const FactorMatrix& byFacets, const JobContext& job)
{
    const std::span vectors(m_facets.vectors);
    const std::size_t size = m_facets.dimension * byFacets.stride;
    const std::size_t rows = std::max<std::size_t>((vectors.size() + gradientBlocks - 1) / gradientBlocks, 1);
    std::vector<std::vector<float>> parts(gradientBlocks);
    forEachBlock(vectors.size(), rows, [&](std::size_t block, std::size_t first, std::size_t last) {
        if (!job.checkpoint()) {
            return;
        }
        for (std::size_t vector = first; vector < last; ++vector) {
            std::ranges::fill(m_sums.row(vector), 0.0F);
            for (std::size_t at = m_facets.userStarts[vector]; at < m_facets.userStarts[vector + 1]; ++at) {
                const std::size_t facet = m_facets.users[at];
                if (m_isPrepared[m_facets.itemOf[facet]] != 0) {
                    kernels::addScaled(1.0F, byFacets.at(facet), m_sums.at(vector), byFacets.stride);
                }
            }
        }
        parts[block].resize(size);
        inFloats(
            vectors.subspan(first, last - first),
            m_facets.dimension,
            [&](std::size_t from, std::span<const float* const> floats) {
                addProjectionGradient(
                    floats, m_facets.dimension, m_sums.at(first + from), m_sums.stride, parts[block].data());
            });
    });
    if (const Status status = job.checkpoint(); !status) {
        return passOn(status);
    }
    std::vector<float> gradient(size);
    for (const std::vector<float>& part : parts) {
        for (std::size_t at = 0; at < part.size(); ++at) {
            gradient[at] += part[at];
        }
    }
    return gradient;
}

Status KfmfTraining::stepProjections(const JobContext& job)
{
    const float rate = m_settings.knowledgeRate;
    Result<std::vector<float>> gradient = carriedBack(m_byProjected, job);
    if (!gradient) {
        return passOn(gradient);
    }
    const std::size_t stride = m_projection.stride;
    const auto columns = static_cast<Eigen::Index>(stride);
    const auto rows = static_cast<Eigen::Index>(m_projection.rows);
    // The regularisation belongs to a whole epoch: every stratum takes its share.
    const auto share = static_cast<float>(m_settings.beta / static_cast<double>(m_state.strata.bands()));
    Eigen::Map<Matrix>(gradient->data(), rows, columns).noalias() +=
        share * (m_covariance * Eigen::Map<const Matrix>(m_projection.values.data(), rows, columns));
    for (std::size_t row = 0; row < m_projection.rows; ++row) {
        m_projectionOptimizer.step(
            rate, row, {gradient->data() + row * stride, stride}, {m_projection.at(row), stride});
    }
    if (attends()) {
        gradient = carriedBack(m_byAttended, job);
        if (!gradient) {
            return passOn(gradient);
        }
        for (std::size_t row = 0; row < m_attention.rows; ++row) {
            m_attentionOptimizer.step(
                rate, row, {gradient->data() + row * stride, stride}, {m_attention.at(row), stride});
        }
    }
    if (!m_gate.empty()) {
        std::vector<float> byGate(m_gate.size());
        for (const std::vector<float>& band : m_byGate) {
            std::ranges::transform(band, byGate, byGate.begin(), std::plus<>());
        }
        m_gateOptimizer.step(rate, 0, byGate, m_gate);
    }
    return {};
}

FactorMatrix projected(std::span<const PlacedVector> vectors,
                       std::size_t dimension,
                       const FactorMatrix& matrix)
{
    FactorMatrix rows(vectors.size(), matrix.width);
    forEachBlock(vectors.size(), rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        inFloats(vectors.subspan(first, last - first),
                 dimension,
                 [&](std::size_t from, std::span<const float* const> floats) {
                     projectRows(
                         floats, dimension, matrix.values.data(), matrix.stride, rows.at(first + from));
                 });
    });
    return rows;
}

void KfmfTraining::exchange(TrainingState& state)
{
    m_state.exchange(state);
    state.matrix(m_tastes);
    state.matrix(m_projection);
    state.matrix(m_attention);
    state.array(m_gate);
    for (RowOptimizer* optimizer : {&m_userOptimizer,
                                    &m_tasteOptimizer,
                                    &m_itemOptimizer,
                                    &m_userBiasOptimizer,
                                    &m_itemBiasOptimizer,
                                    &m_projectionOptimizer,
                                    &m_attentionOptimizer,
                                    &m_gateOptimizer}) {
        optimizer->exchange(state);
    }
}

Result<double> KfmfTraining::runEpoch(int epoch, const FitContext& context)
{
    if (m_covariance.size() == 0) {
        if (const Status status = gatherCovariance(context.job); !status) {
            return passOn(status);
        }
    }
    const EpochSteps steps{
        .beforeStratum = [&] { return project(context.job); },
        .trainBlock = [&](std::size_t block, std::size_t band) { return trainBlock(block, band, epoch); },
        .afterStratum = [&] { return stepProjections(context.job); }};
    const Result<PairTotals> totals = runStrata(m_state, epoch, steps, context.job);
    if (!totals) {
        return passOn(totals);
    }
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::ranges::all_of(m_projection.values, finite) ||
        !std::ranges::all_of(m_attention.values, finite)) {
        return diverged(epoch, static_cast<double>(m_settings.knowledgeRate));
    }
    return epochLoss(m_state, epoch, *totals);
}

} // namespace transept
