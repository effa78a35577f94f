#pragma once

#include "core/base/Parameter.h"
#include "core/model/FactorModel.h"
#include "core/model/Propagation.h"
#include "core/model/TrainingState.h"
#include "core/model/Triples.h"
#include "core/nn/Optimizer.h"

namespace transept {

struct LightGcnSettings
{
    int factors = 64;
    int layers = 3;
    int epochs = 100;
    int batch = 2048; ///< triples between two propagations
    double learningRate = 0.005;
    float regularisation = 1e-4F; ///< of the vectors before propagation, per triple
    float deviation = 0.1F;       ///< of the initial vectors
    bool likedOnly = false;       ///< as Positives has it
    float sourceWeight = 0.2F;    ///< of a triple of a source
};

/// LightGCN (He et al. 2020) on the graph of users and the items of one or several domains: vectors x before
/// propagation, e = Propagation::mean(x) after it,
///
///   min 1/B sum_((u,i,j) of a batch) w (-ln sigma(<e_u, e_i - e_j>)
///                                       + regularisation/2 (||x_u||^2 + ||x_i||^2 + ||x_j||^2))
///
/// by Adam, one batch of B triples after the other.
class LightGcnTraining
{
public:
    static Result<LightGcnTraining> start(const TrainingData& data,
                                          const LightGcnSettings& settings,
                                          const FitContext& context);

    /// As many triples as there are positives, in batches; returns their mean loss without weights and
    /// regularisation, each before its batch's step. Diverged when a number is no longer finite.
    Result<double> runEpoch(int epoch, const FitContext& context);

    void exchange(TrainingState& state); ///< what changes from epoch to epoch

    /// Makes gradient() that of a batch's loss by x; returns the sum of -ln sigma over the batch. Cancelled
    /// alone.
    Result<double> findGradient(std::span<const Triple> batch, const JobContext& job);
    const NodeVectors& gradient() const noexcept { return m_byX; }

    /// Users and items of the target, propagated. Cancelled alone.
    Result<FactorParameters> parameters(const JobContext& job);

    /// x as a warm start finds it again: "own-users", "own-items" and, of sources, "source-1-own-items" ...
    std::vector<std::pair<std::string, FactorMatrix>> ownVectors() const;

    /// The triples of an epoch: every positive once, in random order.
    Result<std::vector<Triple>> triplesOf(int epoch, const JobContext& job) const;

    const NodeVectors& vectors() const noexcept { return m_vectors; } ///< x
    const Positives& positives() const noexcept { return m_positives; }

private:
    LightGcnTraining() = default;
    std::optional<std::uint32_t> drawNegative(const Triple& positive, Random& random) const;
    double pull(std::span<const Triple> batch);
    void decay(std::span<const Triple> batch);
    float weightOf(const Triple& triple, std::size_t batch) const noexcept;
    void step();

    LightGcnSettings m_settings;
    std::uint64_t m_seed = 1;
    Positives m_positives;
    Propagation m_propagation;
    NodeVectors m_vectors;    ///< x
    NodeVectors m_propagated; ///< e
    NodeVectors m_byE;        ///< the gradient by e; zeros between two batches
    NodeVectors m_byX;
    Propagation::Workspace m_workspace;
    RowOptimizer m_userOptimizer;
    RowOptimizer m_itemOptimizer;
};

} // namespace transept
