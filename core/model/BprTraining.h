#pragma once

#include "core/base/Parameter.h"
#include "core/model/BprKernel.h"
#include "core/model/FactorModel.h"
#include "core/model/TrainingState.h"
#include "core/nn/Optimizer.h"

namespace transept {

struct BprSettings
{
    int factors = 64;
    int epochs = 30;
    OptimizerKind optimizer = OptimizerKind::Sgd;
    double learningRate = 0.03;
    double learningRateDecay = 0.0; ///< the rate of epoch n is learningRate / (1 + decay (n - 1))
    float regularisation = 0.02F;   ///< of all parameters of a triple
    float deviation = 0.1F;         ///< of the initial factors
    bool itemBiases = true;
    bool likedOnly = false;         ///< as Positives has it
    double negativesExponent = 0.5; ///< as TripleOptions has it
    float sourceWeight = 0.2F;      ///< of a triple of a source
    std::size_t groups = 0;         ///< as TripleOptions has it

    double rateOf(int epoch) const noexcept { return learningRate / (1.0 + learningRateDecay * (epoch - 1)); }
};

std::vector<Parameter> bprParameters();
BprSettings bprSettings(const Parameters& parameters);

/// Small random numbers for users and items (by column) that have positives; the rows of a domain start the
/// same whatever other domains there are.
void startFactors(const Positives& positives,
                  float deviation,
                  std::uint64_t seed,
                  FactorMatrix& users,
                  FactorMatrix& items);

/// Bayesian personalised ranking on one or several domains that share their users, one epoch at a time:
///
///   min sum_d w_d sum_((u,i,j) of d) -ln sigma(b_i - b_j + <p_u, q_i - q_j>) + L2
class BprTraining
{
public:
    /// Factors start at small random numbers, biases at 0; users and items without positives start at 0, and
    /// the users stay there. Cancelled when asked to stop.
    static Result<BprTraining> start(const TrainingData& data,
                                     const BprSettings& settings,
                                     const FitContext& context);

    /// As many triples as there are positives; returns their mean loss without weights and regularisation,
    /// each before its step. Diverged when a number is no longer finite.
    Result<double> runEpoch(int epoch, const FitContext& context);

    void exchange(TrainingState& state); ///< what changes from epoch to epoch

    /// Users and items of the target, as they are now.
    FactorParameters parameters() const;

    const TripleSchedule& triples() const noexcept { return m_triples; }
    const FactorMatrix& users() const noexcept { return m_users; }
    const FactorMatrix& items() const noexcept { return m_items; } ///< by column of the positives
    std::span<const float> itemBiases() const noexcept { return m_itemBiases; }

private:
    struct Totals
    {
        double loss = 0.0;
        std::size_t triples = 0;
    };

    BprTraining(Positives positives, const BprSettings& settings, std::uint64_t seed);
    void startFrom(const StartingPoint& start);
    Totals step(double rate, std::span<const Triple> triples);
    double stepOneByOne(double rate, std::span<const Triple> triples);
    bool isFinite() const;

    BprSettings m_settings;
    TripleSchedule m_triples;
    FactorMatrix m_users;
    FactorMatrix m_items;
    std::vector<float> m_itemBiases;
    RowOptimizer m_userOptimizer; ///< without use for plain descent, which has its own kernel
    RowOptimizer m_itemOptimizer;
    RowOptimizer m_biasOptimizer;
};

} // namespace transept
