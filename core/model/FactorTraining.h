#pragma once

#include "core/model/FactorState.h"

namespace transept {

/// Joint factorisation of one or several domains that share their users, one epoch at a time:
///
///   min sum_d w_d sum_(u,i in d) l(r_ui, mu_d + b_u + b_i + <p_u, q_i>) + L2
class FactorTraining
{
public:
    explicit FactorTraining(FactorState state);

    /// One pass over all events; returns the mean loss of the pass. Diverged when a number is no longer
    /// finite.
    Result<double> runEpoch(int epoch, const FitContext& context);

    void exchange(TrainingState& state); ///< what changes from epoch to epoch

    FactorParameters parameters(std::size_t domain) const { return m_state.parameters(domain); }
    FactorParameters itemParameters(std::size_t domain) const { return m_state.itemParameters(domain); }

private:
    PairTotals trainBlock(std::size_t block, int epoch);
    PairTotals stepOneByOne(float rate, std::span<const PairEvent> events);

    FactorState m_state;
    RowOptimizer m_userOptimizer; ///< without use for plain descent, which has its own kernel
    RowOptimizer m_itemOptimizer;
    RowOptimizer m_userBiasOptimizer;
    RowOptimizer m_itemBiasOptimizer;
};

} // namespace transept
