#include "core/model/FactorTraining.h"

#include "core/base/Kernels.h"

namespace transept {

FactorTraining::FactorTraining(FactorState state) : m_state(std::move(state))
{
    const OptimizerKind kind = m_state.settings.optimizer;
    if (kind != OptimizerKind::Sgd) {
        m_userOptimizer = RowOptimizer(kind, m_state.users.rows, m_state.users.stride);
        m_itemOptimizer = RowOptimizer(kind, m_state.items.rows, m_state.items.stride);
        m_userBiasOptimizer = RowOptimizer(kind, m_state.userBiases.size(), 1);
        m_itemBiasOptimizer = RowOptimizer(kind, m_state.itemBiases.size(), 1);
    }
}

PairTotals FactorTraining::trainBlock(std::size_t block, int epoch)
{
    PairTotals totals;
    const float rate = m_state.settings.rateOf(epoch);
    const PairFactors factors{.users = m_state.users.values.data(),
                              .items = m_state.items.values.data(),
                              .userBiases = m_state.userBiases.data(),
                              .itemBiases = m_state.itemBiases.data(),
                              .domains = m_state.pairDomains.data(),
                              .stride = m_state.users.stride};
    m_state.strata.visit(block, epoch, [&](std::span<const PairEvent> events) {
        totals += m_state.settings.optimizer == OptimizerKind::Sgd ? stepThroughEvents(factors, rate, events)
                                                                   : stepOneByOne(rate, events);
    });
    return totals;
}

PairTotals FactorTraining::stepOneByOne(float rate, std::span<const PairEvent> events)
{
    PairTotals totals;
    std::vector<float> pGradient(m_state.users.stride);
    std::vector<float> qGradient(m_state.users.stride);
    for (const PairEvent& event : events) {
        const PairDomain& domain = m_state.pairDomains[event.domain];
        const float own = rate * domain.rate;
        const std::size_t userPlace = domain.firstUserBias + event.user;
        BiasTerm<float>& userBias = m_state.userBiases[userPlace];
        BiasTerm<float>& itemBias = m_state.itemBiases[event.item];
        float* p = m_state.users.at(event.user);
        float* q = m_state.items.at(event.item);
        const float prediction = userBias.value + itemBias.value + kernels::dot(p, q, m_state.users.stride);
        const float error = domain.weight * pairError(domain.loss, event.value, prediction);
        pairGradient<float>(error, domain.weight * domain.decay, p, q, pGradient, qGradient);
        const float userGradient = domain.weight * userBias.decay * userBias.value - error;
        const float itemGradient = domain.weight * itemBias.decay * itemBias.value - error;
        m_userOptimizer.step(own, event.user, pGradient, {p, m_state.users.stride});
        m_itemOptimizer.step(own, event.item, qGradient, {q, m_state.items.stride});
        const float biasRate = own * domain.biasRate;
        m_userBiasOptimizer.step(biasRate, userPlace, {&userGradient, 1}, {&userBias.value, 1});
        m_itemBiasOptimizer.step(biasRate, event.item, {&itemGradient, 1}, {&itemBias.value, 1});
        totals +=
            {.loss = static_cast<double>(domain.weight * pairLoss(domain.loss, event.value, prediction)),
             .weight = static_cast<double>(domain.weight)};
    }
    return totals;
}

void FactorTraining::exchange(TrainingState& state)
{
    m_state.exchange(state);
    m_userOptimizer.exchange(state);
    m_itemOptimizer.exchange(state);
    m_userBiasOptimizer.exchange(state);
    m_itemBiasOptimizer.exchange(state);
}

Result<double> FactorTraining::runEpoch(int epoch, const FitContext& context)
{
    const EpochSteps steps{
        .trainBlock = [&](std::size_t block, std::size_t /*band*/) { return trainBlock(block, epoch); }};
    const Result<PairTotals> totals = runStrata(m_state, epoch, steps, context.job);
    return totals ? epochLoss(m_state, epoch, *totals) : passOn(totals);
}

} // namespace transept
