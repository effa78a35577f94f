#include "core/model/FactorTraining.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/model/Baseline.h"
#include "core/model/Epochs.h"
#include "core/model/RandomStreams.h"

namespace transept {
namespace {

constexpr std::size_t rowsPerTask = 4096;

/// Small random rows; the row's own stream, so that a row starts the same whatever else is loaded beside it.
void drawRow(std::span<float> row, Random random, float deviation)
{
    for (float& value : row) {
        value = deviation * static_cast<float>(random.normal());
    }
}

template<typename Row>
void drawRows(FactorMatrix& factors, std::size_t count, const Row& rowOf)
{
    forEachBlock(count, rowsPerTask, [&](std::size_t /*block*/, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            rowOf(at, factors);
        }
    });
}

bool allFinite(std::span<const float> values)
{
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

} // namespace

FactorDomain factorDomain(const TrainingDomain& domain, const TrainingDomain& target, float weight)
{
    FactorDomain result{.data = &domain, .weight = weight};
    if (domain.kind == FeedbackKind::Implicit) {
        return result;
    }
    result.mean = domain.interactions.mean();
    const double range = domain.scaleMax - domain.scaleMin;
    if (target.kind == FeedbackKind::Explicit && range > 0.0) {
        result.scale = (target.scaleMax - target.scaleMin) / range;
    }
    return result;
}

Result<FactorTraining> FactorTraining::start(std::size_t userCount,
                                             std::vector<FactorDomain> domains,
                                             const FactorSettings& settings,
                                             UserBias userBias,
                                             const FitContext& context)
{
    if (const Status status = context.job.checkpoint(); !status) {
        return passOn(status);
    }
    FactorTraining training;
    training.m_settings = settings;
    training.m_userBias = userBias;
    training.m_userCount = userCount;
    training.m_domains = std::move(domains);
    for (std::size_t domain = 0; domain < training.m_domains.size(); ++domain) {
        const FactorDomain& each = training.m_domains[domain];
        const std::size_t biases = userBias == UserBias::Shared ? 0 : domain * userCount;
        training.m_pairDomains.push_back(
            {.weight = each.weight,
             .firstUserBias = static_cast<std::uint32_t>(biases),
             .loss = each.isImplicit() ? settings.implicitLoss : PairLoss::Squared});
    }
    const FactorMatrix row(1, static_cast<std::size_t>(settings.factors));
    training.m_strata = Strata(
        userCount,
        training.m_domains,
        {.seed = context.seed, .rowBytes = row.stride * sizeof(float), .negatives = settings.negatives});
    training.startFactors(context.seed);
    if (const Status status = training.startBiases(context.job); !status) {
        return passOn(status);
    }
    training.startDecays();
    return training;
}

void FactorTraining::startFactors(std::uint64_t seed)
{
    const auto width = static_cast<std::size_t>(m_settings.factors);
    m_users = FactorMatrix(m_userCount, width);
    m_items = FactorMatrix(m_strata.itemCount(), width);
    drawRows(m_users, m_userCount, [&](std::size_t at, FactorMatrix& users) {
        const auto user = static_cast<UserRow>(at);
        const auto acts = [&](const FactorDomain& domain) {
            return !domain.data->interactions.itemsOf(user).empty();
        };
        if (std::ranges::any_of(m_domains, acts)) {
            drawRow(users.row(m_strata.placeOf(user)),
                    randomFor(seed, Purpose::UserFactors, at),
                    m_settings.deviation);
        }
    });
    for (std::size_t domain = 0; domain < m_domains.size(); ++domain) {
        const InteractionMatrix& interactions = m_domains[domain].data->interactions;
        drawRows(m_items, interactions.itemCount(), [&](std::size_t at, FactorMatrix& items) {
            const auto item = static_cast<ItemRow>(at);
            if (!interactions.usersOf(item).empty()) {
                drawRow(items.row(m_strata.placeOf(domain, item)),
                        randomFor(seed, Purpose::ItemFactors, at, domain),
                        m_settings.deviation);
            }
        });
    }
    if (m_settings.optimizer != OptimizerKind::Sgd) {
        const std::size_t userBiases = m_userCount * (m_userBias == UserBias::Shared ? 1 : m_domains.size());
        m_userOptimizer = RowOptimizer(m_settings.optimizer, m_users.rows, m_users.stride);
        m_itemOptimizer = RowOptimizer(m_settings.optimizer, m_items.rows, m_items.stride);
        m_userBiasOptimizer = RowOptimizer(m_settings.optimizer, userBiases, 1);
        m_itemBiasOptimizer = RowOptimizer(m_settings.optimizer, m_items.rows, 1);
    }
}

Status FactorTraining::startBiases(const JobContext& job)
{
    m_userBiases.resize(m_userCount * (m_userBias == UserBias::Shared ? 1 : m_domains.size()));
    m_itemBiases.resize(m_items.rows);
    std::vector<double> events(m_userBiases.size());
    std::vector<double> sums(m_userBiases.size());
    for (std::size_t domain = 0; domain < m_domains.size(); ++domain) {
        const FactorDomain& each = m_domains[domain];
        if (each.isImplicit()) {
            continue;
        }
        const Result<Baseline> baseline = fitBaseline(
            each.data->interactions,
            {.lambdaUser = m_settings.biasRegularisation, .lambdaItem = m_settings.biasRegularisation},
            job);
        if (!baseline) {
            return passOn(baseline);
        }
        for (std::size_t user = 0; user < m_userCount; ++user) {
            const auto row = static_cast<UserRow>(user);
            const std::size_t place = m_pairDomains[domain].firstUserBias + m_strata.placeOf(row);
            const auto count = static_cast<double>(each.data->interactions.itemsOf(row).size());
            events[place] += count;
            sums[place] += count * baseline->user[user] * each.scale;
        }
        for (std::size_t item = 0; item < baseline->item.size(); ++item) {
            m_itemBiases[m_strata.placeOf(domain, static_cast<ItemRow>(item))].value =
                static_cast<float>(baseline->item[item] * each.scale);
        }
    }
    for (std::size_t place = 0; place < sums.size(); ++place) {
        m_userBiases[place].value =
            events[place] > 0.0 ? static_cast<float>(sums[place] / events[place]) : 0.0F;
    }
    return {};
}

void FactorTraining::startDecays()
{
    std::vector<double> userEvents(m_userBiases.size());
    for (std::size_t domain = 0; domain < m_domains.size(); ++domain) {
        const InteractionMatrix& interactions = m_domains[domain].data->interactions;
        const double negatives = m_domains[domain].isImplicit() ? m_settings.negatives : 0.0;
        for (std::size_t user = 0; user < m_userCount; ++user) {
            const auto row = static_cast<UserRow>(user);
            userEvents[m_pairDomains[domain].firstUserBias + m_strata.placeOf(row)] +=
                (1.0 + negatives) * static_cast<double>(interactions.itemsOf(row).size());
        }
        const auto items = static_cast<double>(std::max<std::size_t>(interactions.itemCount(), 1));
        for (std::size_t item = 0; item < interactions.itemCount(); ++item) {
            const auto row = static_cast<ItemRow>(item);
            const double events = static_cast<double>(interactions.usersOf(row).size()) +
                                  negatives * static_cast<double>(interactions.size()) / items;
            m_itemBiases[m_strata.placeOf(domain, row)].decay =
                static_cast<float>(m_settings.biasRegularisation / std::max(events, 1.0));
        }
    }
    for (std::size_t place = 0; place < userEvents.size(); ++place) {
        m_userBiases[place].decay =
            static_cast<float>(m_settings.biasRegularisation / std::max(userEvents[place], 1.0));
    }
}

PairTotals FactorTraining::trainBlock(std::size_t block, int epoch)
{
    PairTotals totals;
    const PairRates<float> rates{.rate = m_settings.rateOf(epoch), .decay = m_settings.regularisation};
    const PairFactors factors{.users = m_users.values.data(),
                              .items = m_items.values.data(),
                              .userBiases = m_userBiases.data(),
                              .itemBiases = m_itemBiases.data(),
                              .domains = m_pairDomains.data(),
                              .stride = m_users.stride};
    m_strata.visit(block, epoch, [&](std::span<const PairEvent> events) {
        totals += m_settings.optimizer == OptimizerKind::Sgd ? stepThroughEvents(factors, rates, events)
                                                             : stepOneByOne(rates, events);
    });
    return totals;
}

PairTotals FactorTraining::stepOneByOne(const PairRates<float>& rates, std::span<const PairEvent> events)
{
    PairTotals totals;
    std::vector<float> pGradient(m_users.stride);
    std::vector<float> qGradient(m_users.stride);
    for (const PairEvent& event : events) {
        const PairDomain& domain = m_pairDomains[event.domain];
        const std::size_t userPlace = domain.firstUserBias + event.user;
        BiasTerm<float>& userBias = m_userBiases[userPlace];
        BiasTerm<float>& itemBias = m_itemBiases[event.item];
        float* p = m_users.at(event.user);
        float* q = m_items.at(event.item);
        const float prediction = userBias.value + itemBias.value + kernels::dot(p, q, m_users.stride);
        const float error = domain.weight * pairError(domain.loss, event.value, prediction);
        pairGradient<float>(error, domain.weight * rates.decay, p, q, pGradient, qGradient);
        const float userGradient = domain.weight * userBias.decay * userBias.value - error;
        const float itemGradient = domain.weight * itemBias.decay * itemBias.value - error;
        m_userOptimizer.step(rates.rate, event.user, pGradient, {p, m_users.stride});
        m_itemOptimizer.step(rates.rate, event.item, qGradient, {q, m_items.stride});
        m_userBiasOptimizer.step(rates.rate, userPlace, {&userGradient, 1}, {&userBias.value, 1});
        m_itemBiasOptimizer.step(rates.rate, event.item, {&itemGradient, 1}, {&itemBias.value, 1});
        totals +=
            {.loss = static_cast<double>(domain.weight * pairLoss(domain.loss, event.value, prediction)),
             .weight = static_cast<double>(domain.weight)};
    }
    return totals;
}

Result<double> FactorTraining::runEpoch(int epoch, const FitContext& context)
{
    PairTotals totals;
    const std::vector<std::size_t> strata = m_strata.strataOf(epoch);
    for (std::size_t at = 0; at < strata.size(); ++at) {
        std::vector<PairTotals> blocks(m_strata.bands());
        parallelTasks(blocks.size(), [&](std::size_t band) {
            if (context.job.checkpoint()) {
                blocks[band] = trainBlock(m_strata.block(strata[at], band), epoch);
            }
        });
        if (const Status status = context.job.checkpoint(); !status) {
            return passOn(status);
        }
        for (const PairTotals& block : blocks) {
            totals += block;
        }
        reportEpoch(context.job,
                    epoch,
                    m_settings.epochs,
                    static_cast<double>(at + 1) / static_cast<double>(strata.size()));
    }
    const double mean = totals.weight > 0.0 ? totals.loss / totals.weight : 0.0;
    if (!std::isfinite(mean) || !isFinite()) {
        return diverged(epoch, m_settings.learningRate);
    }
    // The squared error is reported without the half that only simplifies the gradient.
    return m_pairDomains.front().loss == PairLoss::Squared ? 2.0 * mean : mean;
}

bool FactorTraining::isFinite() const
{
    const auto finite = [](const BiasTerm<float>& bias) { return std::isfinite(bias.value); };
    return allFinite(m_users.values) && allFinite(m_items.values) &&
           std::ranges::all_of(m_userBiases, finite) && std::ranges::all_of(m_itemBiases, finite);
}

FactorParameters FactorTraining::parameters(std::size_t domain) const
{
    const FactorDomain& each = m_domains[domain];
    const std::size_t items = each.data->interactions.itemCount();
    const auto unscale = static_cast<float>(1.0 / each.scale);
    FactorParameters result{.mean = static_cast<float>(each.mean),
                            .ratings = !each.isImplicit(),
                            .users = FactorMatrix(m_userCount, m_users.width),
                            .items = FactorMatrix(items, m_items.width),
                            .userBiases = std::vector<float>(m_userCount),
                            .itemBiases = std::vector<float>(items)};
    for (std::size_t user = 0; user < m_userCount; ++user) {
        const std::uint32_t place = m_strata.placeOf(static_cast<UserRow>(user));
        std::ranges::copy(m_users.row(place), result.users.row(user).begin());
        result.userBiases[user] = unscale * m_userBiases[m_pairDomains[domain].firstUserBias + place].value;
    }
    for (std::size_t item = 0; item < items; ++item) {
        const std::uint32_t place = m_strata.placeOf(domain, static_cast<ItemRow>(item));
        std::ranges::transform(m_items.row(place), result.items.row(item).begin(), [unscale](float value) {
            return unscale * value;
        });
        result.itemBiases[item] = unscale * m_itemBiases[place].value;
    }
    return result;
}

} // namespace transept
