#include "core/model/LightGcnTraining.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/BprTraining.h"
#include "core/model/Epochs.h"
#include "core/model/RandomStreams.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t triplesPerTask = 4096;
constexpr std::size_t rowsPerTask = 1024;
constexpr int mostDraws = 100; ///< before a positive is left out

/// As ownVectors() names the items of a domain.
std::string nameOfItems(std::size_t domain)
{
    return domain == 0 ? "own-items" : fmt::format("source-{}-own-items", domain);
}

void startFrom(const StartingPoint& start, std::span<const std::size_t> firstColumns, NodeVectors& vectors)
{
    start.forEachKnown("own-users", start.users, [&](std::size_t user, std::span<const float> values) {
        std::ranges::copy(values, vectors.users.row(user).begin());
    });
    for (std::size_t domain = 0; domain < start.items.size(); ++domain) {
        const auto take = [&](std::size_t item, std::span<const float> values) {
            std::ranges::copy(values, vectors.items.row(firstColumns[domain] + item).begin());
        };
        start.forEachKnown(nameOfItems(domain), start.items[domain], take);
    }
}

void stepRows(RowOptimizer& optimizer, float rate, const FactorMatrix& gradient, FactorMatrix& values)
{
    forEachBlock(values.rows, rowsPerTask, [&](std::size_t /*block*/, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last; ++row) {
            optimizer.step(rate, row, {gradient.at(row), gradient.stride}, {values.at(row), values.stride});
        }
    });
}

} // namespace

Result<LightGcnTraining> LightGcnTraining::start(const TrainingData& data,
                                                 const LightGcnSettings& settings,
                                                 const FitContext& context)
{
    Result<Positives> positives = Positives::of(data, settings.likedOnly, context.job);
    if (!positives) {
        return passOn(positives);
    }
    const auto width = static_cast<std::size_t>(settings.factors);
    LightGcnTraining training;
    training.m_settings = settings;
    training.m_seed = context.seed;
    training.m_vectors = {.users = FactorMatrix(positives->userCount(), width),
                          .items = FactorMatrix(positives->columnCount(), width)};
    NodeVectors& vectors = training.m_vectors;
    training.m_byE = vectors;
    startFactors(*positives, settings.deviation, context.seed, vectors.users, vectors.items);
    if (context.start != nullptr) {
        startFrom(*context.start, positives->firstColumns, vectors);
    }
    training.m_userOptimizer = RowOptimizer(OptimizerKind::Adam, vectors.users.rows, vectors.users.stride);
    training.m_itemOptimizer = RowOptimizer(OptimizerKind::Adam, vectors.items.rows, vectors.items.stride);
    training.m_propagation = Propagation(*positives);
    training.m_positives = std::move(*positives);
    return training;
}

std::optional<std::uint32_t> LightGcnTraining::drawNegative(const Triple& positive, Random& random) const
{
    const auto taken =
        std::span(m_positives.columns)
            .subspan(m_positives.starts[positive.user],
                     m_positives.starts[positive.user + std::size_t{1}] - m_positives.starts[positive.user]);
    const std::size_t first = m_positives.firstColumns[positive.domain];
    const std::size_t count = m_positives.firstColumns[positive.domain + std::size_t{1}] - first;
    for (int draw = 0; draw < mostDraws; ++draw) {
        const auto column = static_cast<std::uint32_t>(first + random.below(count));
        if (!std::ranges::binary_search(taken, column)) {
            return column;
        }
    }
    return std::nullopt;
}

Result<std::vector<Triple>> LightGcnTraining::triplesOf(int epoch, const JobContext& job) const
{
    const auto step = static_cast<std::uint64_t>(epoch);
    std::vector<Triple> triples;
    triples.reserve(m_positives.columns.size());
    for (std::size_t user = 0; user < m_positives.userCount(); ++user) {
        std::uint32_t domain = 0;
        for (std::size_t at = m_positives.starts[user]; at < m_positives.starts[user + 1]; ++at) {
            while (m_positives.columns[at] >= m_positives.firstColumns[domain + 1]) {
                ++domain;
            }
            triples.push_back({.user = static_cast<std::uint32_t>(user),
                               .positive = m_positives.columns[at],
                               .domain = domain});
        }
    }
    randomFor(m_seed, Purpose::EventOrder, 0, step).shuffle(std::span(triples));
    TaskGuard guard(job);
    forEachBlock(triples.size(), triplesPerTask, [&](std::size_t block, std::size_t first, std::size_t last) {
        Random random = randomFor(m_seed, Purpose::Negatives, block, step);
        for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
            // A triple whose two items are the same teaches nothing: it is taken out below.
            triples[at].negative = drawNegative(triples[at], random).value_or(triples[at].positive);
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    std::erase_if(triples, [](const Triple& triple) { return triple.negative == triple.positive; });
    return triples;
}

float LightGcnTraining::weightOf(const Triple& triple, std::size_t batch) const noexcept
{
    return (triple.domain == 0 ? 1.0F : m_settings.sourceWeight) / static_cast<float>(batch);
}

/// Adds the gradient by e; returns the sum of -ln sigma.
double LightGcnTraining::pull(std::span<const Triple> batch)
{
    const NodeVectors& e = m_propagated;
    const std::size_t stride = e.users.stride;
    OrderLoss loss;
    for (const Triple& triple : batch) {
        const float* p = e.users.at(triple.user);
        const float* q = e.items.at(triple.positive);
        const float* r = e.items.at(triple.negative);
        const OrderChance<float> chance =
            orderChance(kernels::dot(p, q, stride) - kernels::dot(p, r, stride));
        const float pull = weightOf(triple, batch.size()) * chance.wrong;
        kernels::addScaled(-pull, q, m_byE.users.at(triple.user), stride);
        kernels::addScaled(pull, r, m_byE.users.at(triple.user), stride);
        kernels::addScaled(-pull, p, m_byE.items.at(triple.positive), stride);
        kernels::addScaled(pull, p, m_byE.items.at(triple.negative), stride);
        loss.add(chance.right);
    }
    return loss.sum();
}

void LightGcnTraining::decay(std::span<const Triple> batch)
{
    const NodeVectors& x = m_vectors;
    for (const Triple& triple : batch) {
        const float decay = weightOf(triple, batch.size()) * m_settings.regularisation;
        kernels::addScaled(decay, x.users.at(triple.user), m_byX.users.at(triple.user), x.users.stride);
        for (const std::uint32_t item : {triple.positive, triple.negative}) {
            kernels::addScaled(decay, x.items.at(item), m_byX.items.at(item), x.items.stride);
        }
    }
}

Result<double> LightGcnTraining::findGradient(std::span<const Triple> batch, const JobContext& job)
{
    const int layers = m_settings.layers;
    if (const Status status = m_propagation.mean(m_vectors, layers, m_propagated, m_workspace, job);
        !status) {
        return passOn(status);
    }
    const double loss = pull(batch);
    if (const Status status = m_propagation.mean(m_byE, layers, m_byX, m_workspace, job); !status) {
        return passOn(status);
    }
    for (const Triple& triple : batch) {
        std::ranges::fill(m_byE.users.row(triple.user), 0.0F);
        std::ranges::fill(m_byE.items.row(triple.positive), 0.0F);
        std::ranges::fill(m_byE.items.row(triple.negative), 0.0F);
    }
    decay(batch);
    return loss;
}

void LightGcnTraining::step()
{
    const auto rate = static_cast<float>(m_settings.learningRate);
    stepRows(m_userOptimizer, rate, m_byX.users, m_vectors.users);
    stepRows(m_itemOptimizer, rate, m_byX.items, m_vectors.items);
}

Result<double> LightGcnTraining::runEpoch(int epoch, const FitContext& context)
{
    const Result<std::vector<Triple>> triples = triplesOf(epoch, context.job);
    if (!triples) {
        return passOn(triples);
    }
    const auto size = static_cast<std::size_t>(m_settings.batch);
    double loss = 0.0;
    for (std::size_t first = 0; first < triples->size(); first += size) {
        const auto batch = std::span(*triples).subspan(first, std::min(size, triples->size() - first));
        const Result<double> batchLoss = findGradient(batch, context.job);
        if (!batchLoss) {
            return passOn(batchLoss);
        }
        step();
        loss += *batchLoss;
        reportEpoch(context.job,
                    epoch,
                    m_settings.epochs,
                    static_cast<double>(first + batch.size()) / static_cast<double>(triples->size()));
    }
    const double mean = triples->empty() ? 0.0 : loss / static_cast<double>(triples->size());
    if (!std::isfinite(mean) || !areFinite(m_vectors.users.values) || !areFinite(m_vectors.items.values)) {
        return diverged(epoch, m_settings.learningRate);
    }
    return mean;
}

void LightGcnTraining::exchange(TrainingState& state)
{
    state.matrix(m_vectors.users);
    state.matrix(m_vectors.items);
    m_userOptimizer.exchange(state);
    m_itemOptimizer.exchange(state);
}

Result<FactorParameters> LightGcnTraining::parameters(const JobContext& job)
{
    const Status status = m_propagation.mean(m_vectors, m_settings.layers, m_propagated, m_workspace, job);
    if (!status) {
        return passOn(status);
    }
    const std::size_t targets = m_positives.firstColumns[1];
    FactorParameters result{.ratings = false,
                            .users = m_propagated.users,
                            .items = FactorMatrix(targets, m_vectors.items.width),
                            .userBiases = std::vector<float>(m_vectors.users.rows),
                            .itemBiases = std::vector<float>(targets)};
    std::copy_n(m_propagated.items.at(0), targets * result.items.stride, result.items.at(0));
    return result;
}

std::vector<std::pair<std::string, FactorMatrix>> LightGcnTraining::ownVectors() const
{
    std::vector<std::pair<std::string, FactorMatrix>> all{{"own-users", m_vectors.users}};
    const FactorMatrix& items = m_vectors.items;
    for (std::size_t domain = 0; domain < m_positives.domainCount(); ++domain) {
        const std::size_t first = m_positives.firstColumns[domain];
        FactorMatrix rows(m_positives.firstColumns[domain + 1] - first, items.width);
        std::copy_n(items.at(first), rows.values.size(), rows.at(0));
        all.emplace_back(nameOfItems(domain), std::move(rows));
    }
    return all;
}

} // namespace transept
