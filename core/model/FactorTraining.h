#pragma once

#include "core/base/Parameter.h"
#include "core/model/FactorModel.h"
#include "core/model/Strata.h"
#include "core/nn/Optimizer.h"

namespace transept {

/// The hyperparameters that all methods made of factors and biases share.
struct FactorSettings
{
    int factors = 32;
    int epochs = 30;
    OptimizerKind optimizer = OptimizerKind::Sgd;
    double learningRate = 0.01;
    double learningRateDecay = 0.0;  ///< the rate of epoch n is learningRate / (1 + decay (n - 1))
    float regularisation = 0.05F;    ///< of the factors, per event
    double biasRegularisation = 5.0; ///< counts as so many events at the mean
    float deviation = 0.1F;          ///< of the initial factors
    PairLoss implicitLoss = PairLoss::Logistic;
    int negatives = 5;

    float rateOf(int epoch) const noexcept
    {
        return static_cast<float>(learningRate / (1.0 + learningRateDecay * (epoch - 1)));
    }
};

/// Descriptions of these hyperparameters for a method's list, and the way back.
std::vector<Parameter> factorParameters();
FactorSettings factorSettings(const Parameters& parameters);

/// `parameters` with another default for one of them: each method has its own best.
std::vector<Parameter> withPreset(std::vector<Parameter> parameters, std::string_view name, Json preset);

/// A domain as a factorisation takes it: its own mean; scale such that its range equals the target's.
FactorDomain factorDomain(const TrainingDomain& domain, const TrainingDomain& target, float weight = 1.0F);

/// Where user biases live when several domains share their users.
enum class UserBias { Shared, OwnPerDomain };

/// Joint factorisation of one or several domains that share their users, one epoch at a time:
///
///   min sum_d w_d sum_(u,i in d) l(r_ui, mu_d + b_u + b_i + <p_u, q_i>) + L2
///
/// Biases of explicit domains start at the exact ridge solution without factors. Users and items without
/// events keep zero rows. The data outlives it.
class FactorTraining
{
public:
    /// Cancelled when asked to stop.
    static Result<FactorTraining> start(std::size_t userCount,
                                        std::vector<FactorDomain> domains,
                                        const FactorSettings& settings,
                                        UserBias userBias,
                                        const FitContext& context);

    /// One pass over all events; returns the mean loss of the pass (squared error or cross entropy). Diverged
    /// when a number is no longer finite.
    Result<double> runEpoch(int epoch, const FitContext& context);

    /// What is known of a domain now, in the order of its rows.
    FactorParameters parameters(std::size_t domain) const;

private:
    FactorTraining() = default;

    void startFactors(std::uint64_t seed);
    Status startBiases(const JobContext& job);
    void startDecays();
    PairTotals trainBlock(std::size_t block, int epoch);
    PairTotals stepOneByOne(const PairRates<float>& rates, std::span<const PairEvent> events);
    bool isFinite() const;

    FactorSettings m_settings;
    UserBias m_userBias = UserBias::Shared;
    std::size_t m_userCount = 0;
    std::vector<FactorDomain> m_domains;
    std::vector<PairDomain> m_pairDomains;
    Strata m_strata;
    FactorMatrix m_users; ///< by place, as all that follow
    FactorMatrix m_items;
    std::vector<BiasTerm<float>> m_userBiases;
    std::vector<BiasTerm<float>> m_itemBiases;
    RowOptimizer m_userOptimizer; ///< without use for plain descent, which has its own kernel
    RowOptimizer m_itemOptimizer;
    RowOptimizer m_userBiasOptimizer;
    RowOptimizer m_itemBiasOptimizer;
};

} // namespace transept
