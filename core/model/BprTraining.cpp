#include "core/model/BprTraining.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/Epochs.h"
#include "core/model/FactorState.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t rowsPerTask = 4096;

std::vector<bool> itemsWithPositives(const Positives& positives)
{
    std::vector<bool> found(positives.columnCount());
    for (const std::uint32_t column : positives.columns) {
        found[column] = true;
    }
    return found;
}

FactorMatrix copyOf(const FactorMatrix& from, std::size_t rows)
{
    FactorMatrix to(rows, from.width);
    forEachBlock(rows, rowsPerTask, [&](std::size_t /*block*/, std::size_t first, std::size_t last) {
        std::copy(from.at(first), from.at(last), to.at(first));
    });
    return to;
}

} // namespace

void startFactors(
    const Positives& positives, float deviation, std::uint64_t seed, FactorMatrix& users, FactorMatrix& items)
{
    using Row = std::optional<std::size_t>;
    drawRows(
        users,
        users.rows,
        deviation,
        [&](std::size_t user) {
            return positives.starts[user] < positives.starts[user + 1] ? Row(user) : std::nullopt;
        },
        [&](std::size_t user) { return randomFor(seed, Purpose::UserFactors, user); });
    const std::vector<bool> isActive = itemsWithPositives(positives);
    for (std::size_t domain = 0; domain < positives.domainCount(); ++domain) {
        const std::size_t first = positives.firstColumns[domain];
        drawRows(
            items,
            positives.firstColumns[domain + 1] - first,
            deviation,
            [&](std::size_t item) { return isActive[first + item] ? Row(first + item) : std::nullopt; },
            [&](std::size_t item) { return randomFor(seed, Purpose::ItemFactors, item, domain); });
    }
}

BprTraining::BprTraining(Positives positives, const BprSettings& settings, std::uint64_t seed)
    : m_settings(settings)
    , m_users(positives.userCount(), static_cast<std::size_t>(settings.factors))
    , m_items(positives.columnCount(), static_cast<std::size_t>(settings.factors))
    , m_itemBiases(positives.columnCount())
{
    startFactors(positives, settings.deviation, seed, m_users, m_items);
    m_triples = TripleSchedule(std::move(positives),
                               {.seed = seed,
                                .exponent = settings.negativesExponent,
                                .rowBytes = m_items.stride * sizeof(float),
                                .groups = settings.groups});
    if (settings.optimizer != OptimizerKind::Sgd) {
        m_userOptimizer = RowOptimizer(settings.optimizer, m_users.rows, m_users.stride);
        m_itemOptimizer = RowOptimizer(settings.optimizer, m_items.rows, m_items.stride);
        m_biasOptimizer = RowOptimizer(settings.optimizer, m_items.rows, 1);
    }
}

Result<BprTraining> BprTraining::start(const TrainingData& data,
                                       const BprSettings& settings,
                                       const FitContext& context)
{
    Result<Positives> positives = Positives::of(data, settings.likedOnly, context.job);
    if (!positives) {
        return passOn(positives);
    }
    BprTraining training(std::move(*positives), settings, context.seed);
    if (context.start != nullptr) {
        training.startFrom(*context.start);
    }
    return training;
}

/// The items of the sources, which the model does not keep, start anew.
void BprTraining::startFrom(const StartingPoint& start)
{
    const auto into = [](FactorMatrix& matrix) {
        return [&matrix](std::size_t row, std::span<const float> values) {
            std::ranges::copy(values, matrix.row(row).begin());
        };
    };
    start.forEachKnown("users", start.users, into(m_users));
    start.forEachKnown("items", start.items.front(), into(m_items));
    start.forEachKnown(
        "item-biases", start.items.front(), [&](std::size_t row, std::span<const float> value) {
            m_itemBiases[row] = value.front();
        });
}

BprTraining::Totals BprTraining::step(double rate, std::span<const Triple> triples)
{
    if (m_settings.optimizer != OptimizerKind::Sgd) {
        return {.loss = stepOneByOne(rate, triples), .triples = triples.size()};
    }
    const auto ratesOf = [&](double weight) {
        const auto weighted = static_cast<float>(rate * weight);
        return TripleRates<float>{.rate = weighted,
                                  .biasRate = m_settings.itemBiases ? weighted : 0.0F,
                                  .decay = m_settings.regularisation};
    };
    std::vector<TripleRates<float>> rates{ratesOf(1.0)};
    rates.resize(m_triples.positives().domainCount(), ratesOf(static_cast<double>(m_settings.sourceWeight)));
    const TripleFactors factors{.users = m_users.values.data(),
                                .items = m_items.values.data(),
                                .itemBiases = m_itemBiases.data(),
                                .stride = m_items.stride};
    return {.loss = stepThroughTriples(factors, rates, triples), .triples = triples.size()};
}

double BprTraining::stepOneByOne(double rate, std::span<const Triple> triples)
{
    OrderLoss loss;
    const auto ownRate = static_cast<float>(rate);
    const std::size_t stride = m_items.stride;
    FactorMatrix gradients(3, stride);
    float positiveBias = 0.0F;
    float negativeBias = 0.0F;
    const TripleRows<float> gradient{.user = gradients.at(0),
                                     .positive = gradients.at(1),
                                     .negative = gradients.at(2),
                                     .positiveBias = &positiveBias,
                                     .negativeBias = &negativeBias,
                                     .stride = stride};
    const TripleFactors factors{.users = m_users.values.data(),
                                .items = m_items.values.data(),
                                .itemBiases = m_itemBiases.data(),
                                .stride = stride};
    for (const Triple& triple : triples) {
        const TripleRows<float> rows = factors.rowsOf(triple);
        const OrderChance<float> chance = orderChance(rows);
        const float weight = triple.domain == 0 ? 1.0F : m_settings.sourceWeight;
        tripleGradient(weight * chance.wrong, weight * m_settings.regularisation, rows, gradient);
        m_userOptimizer.step(ownRate, triple.user, {gradient.user, stride}, {rows.user, stride});
        m_itemOptimizer.step(ownRate, triple.positive, {gradient.positive, stride}, {rows.positive, stride});
        m_itemOptimizer.step(ownRate, triple.negative, {gradient.negative, stride}, {rows.negative, stride});
        if (m_settings.itemBiases) {
            m_biasOptimizer.step(ownRate, triple.positive, {&positiveBias, 1}, {rows.positiveBias, 1});
            m_biasOptimizer.step(ownRate, triple.negative, {&negativeBias, 1}, {rows.negativeBias, 1});
        }
        loss.add(chance.right);
    }
    return loss.sum();
}

Result<double> BprTraining::runEpoch(int epoch, const FitContext& context)
{
    if (const Status dealt = m_triples.deal(epoch, context.job); !dealt) {
        return passOn(dealt);
    }
    const double rate = m_settings.rateOf(epoch);
    const std::vector<std::size_t> strata = m_triples.strataOf(epoch);
    Totals totals;
    for (std::size_t at = 0; at < strata.size(); ++at) {
        std::vector<Totals> tasks(m_triples.groups());
        TaskGuard guard(context.job);
        parallelTasks(tasks.size(), [&](std::size_t band) {
            m_triples.visit(strata[at], band, [&](std::span<const Triple> triples) {
                const Totals piece = step(rate, triples);
                tasks[band].loss += piece.loss;
                tasks[band].triples += piece.triples;
                return guard.mayGoOn();
            });
        });
        if (const Status status = guard.status(); !status) {
            return passOn(status);
        }
        for (const Totals& task : tasks) {
            totals.loss += task.loss;
            totals.triples += task.triples;
        }
        reportEpoch(context.job,
                    epoch,
                    m_settings.epochs,
                    static_cast<double>(at + 1) / static_cast<double>(strata.size()));
    }
    const double mean = totals.triples > 0 ? totals.loss / static_cast<double>(totals.triples) : 0.0;
    if (!std::isfinite(mean) || !isFinite()) {
        return diverged(epoch, m_settings.learningRate);
    }
    return mean;
}

void BprTraining::exchange(TrainingState& state)
{
    state.matrix(m_users);
    state.matrix(m_items);
    state.array(m_itemBiases);
    m_userOptimizer.exchange(state);
    m_itemOptimizer.exchange(state);
    m_biasOptimizer.exchange(state);
}

bool BprTraining::isFinite() const
{
    const auto rowsAreFinite = [](const FactorMatrix& matrix) {
        std::vector<std::uint8_t> found((matrix.rows + rowsPerTask - 1) / rowsPerTask);
        forEachBlock(matrix.rows, rowsPerTask, [&](std::size_t block, std::size_t first, std::size_t last) {
            found[block] = areFinite({matrix.at(first), (last - first) * matrix.stride}) ? 1 : 0;
        });
        return std::ranges::all_of(found, [](std::uint8_t each) { return each == 1; });
    };
    return areFinite(m_itemBiases) && rowsAreFinite(m_users) && rowsAreFinite(m_items);
}

FactorParameters BprTraining::parameters() const
{
    const std::size_t targets = m_triples.positives().firstColumns[1];
    FactorParameters result{.ratings = false,
                            .users = copyOf(m_users, m_users.rows),
                            .items = copyOf(m_items, targets),
                            .userBiases = std::vector<float>(m_users.rows),
                            .itemBiases = m_itemBiases};
    result.itemBiases.resize(targets);
    return result;
}

} // namespace transept
