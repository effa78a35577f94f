#pragma once

#include "core/base/Parameter.h"
#include "core/model/FactorModel.h"
#include "core/model/RandomStreams.h"
#include "core/model/Strata.h"
#include "core/model/TrainingState.h"
#include "core/nn/Optimizer.h"

namespace transept {

/// The hyperparameters that all methods made of factors and biases share.
struct FactorSettings
{
    int factors = 32;
    int epochs = 30;
    OptimizerKind optimizer = OptimizerKind::Sgd;
    double learningRate = 0.04;
    double learningRateDecay = 0.0;      ///< the rate of epoch n is learningRate / (1 + decay (n - 1))
    float regularisation = 0.05F;        ///< of the factors, per event
    double userBiasRegularisation = 3.0; ///< counts as so many events at the mean
    double itemBiasRegularisation = 2.0;
    float deviation = 0.1F;                     ///< of the initial factors
    PairLoss implicitLoss = PairLoss::Logistic; ///< this and what follows: for domains without ratings
    double implicitRate = 0.05;
    float implicitRegularisation = 0.01F;
    int negatives = 10;

    float rateOf(int epoch) const noexcept
    {
        return static_cast<float>(learningRate / (1.0 + learningRateDecay * (epoch - 1)));
    }
};

/// Descriptions of these hyperparameters for a method's list, and the way back.
std::vector<Parameter> factorParameters();
FactorSettings factorSettings(const Parameters& parameters);

/// The one of that name for the list of another method, with that method's default.
Parameter sharedParameter(const std::vector<Parameter>& all, std::string_view name, const Json& preset);

/// Reads what all methods share that learn vectors in steps.
template<typename Settings>
void readSteps(const Parameters& parameters, Settings& settings)
{
    settings.factors = parameters.integer("factors");
    settings.epochs = parameters.integer("epochs");
    settings.optimizer = optimizerKind(parameters.text("optimizer")).value_or(OptimizerKind::Sgd);
    settings.learningRate = parameters.real("learning-rate");
    settings.learningRateDecay = parameters.real("learning-rate-decay");
    settings.regularisation = parameters.single("regularisation");
    settings.deviation = parameters.single("deviation");
}

/// A domain as a factorisation takes it: its own mean; scale such that its range equals the target's.
FactorDomain factorDomain(const TrainingDomain& domain, const TrainingDomain& target, float weight = 1.0F);

/// What the pairs of a domain are compared by, and the regularisation of the factors per event.
inline PairLoss lossOf(const FactorDomain& domain, const FactorSettings& settings) noexcept
{
    return domain.isImplicit() ? settings.implicitLoss : PairLoss::Squared;
}
inline float decayOf(const FactorDomain& domain, const FactorSettings& settings) noexcept
{
    return domain.isImplicit() ? settings.implicitRegularisation : settings.regularisation;
}

/// Where user biases live when several domains share their users.
enum class UserBias { Shared, OwnPerDomain };

/// The parameters of a joint factorisation of one or several domains that share their users, and the schedule
/// by which their events are gone through. Rows lie at their place in the strata. The data outlives it.
struct FactorState
{
    FactorSettings settings;
    std::size_t userCount = 0;
    std::vector<FactorDomain> domains;
    std::vector<PairDomain> pairDomains;
    Strata strata;
    FactorMatrix users;
    FactorMatrix items;
    std::vector<BiasTerm<float>> userBiases;
    std::vector<BiasTerm<float>> itemBiases;

    /// Biases of explicit domains start at the exact ridge solution without factors, factors at small random
    /// numbers; users and items without events get zeros, and keep them. Cancelled when asked to stop.
    static Result<FactorState> start(std::size_t userCount,
                                     std::vector<FactorDomain> domains,
                                     const FactorSettings& settings,
                                     UserBias userBias,
                                     const FitContext& context);

    /// Where the row of a user lies, when it has an event in one of the domains.
    std::optional<std::size_t> placeOfActive(UserRow user) const;

    bool isFinite() const;

    /// What changes from epoch to epoch.
    void exchange(TrainingState& state);

    /// What is known of a domain now, in the order of its rows.
    FactorParameters parameters(std::size_t domain) const;
    /// The same without the users' vectors, which all domains share.
    FactorParameters itemParameters(std::size_t domain) const;

private:
    void startFactors(std::uint64_t seed);
    void startFrom(const StartingPoint& start);
    Status startBiases(const JobContext& job);
    Status settleSharedBiases(const JobContext& job);
    void settleItemBiases(std::size_t domain);
    void settleUserBiases();
    void startDecays();
};

/// Fills rows with normal random numbers; row `at` lies at rowOf(at), and has its own stream so that it
/// starts the same whatever else is loaded beside it. Rows that rowOf leaves out stay.
void drawRows(FactorMatrix& factors,
              std::size_t count,
              float deviation,
              const std::function<std::optional<std::size_t>(std::size_t)>& rowOf,
              const std::function<Random(std::size_t)>& randomOf);

/// What an epoch does with a stratum: its blocks are trained at the same time, the rest is done by one
/// thread.
struct EpochSteps
{
    std::function<Status()> beforeStratum = [] { return Status{}; };
    std::function<PairTotals(std::size_t block, std::size_t band)> trainBlock;
    std::function<Status()> afterStratum = [] { return Status{}; };
};

/// Takes the epoch's strata one after the other; adds up the blocks' totals in order. Cancelled when asked to
/// stop.
Result<PairTotals> runStrata(const FactorState& state,
                             int epoch,
                             const EpochSteps& steps,
                             const JobContext& job);

/// The mean loss of an epoch as it is reported: squared error or cross entropy per event. Diverged when it or
/// a parameter is no longer finite.
Result<double> epochLoss(const FactorState& state, int epoch, const PairTotals& totals);

} // namespace transept
