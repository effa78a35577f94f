#pragma once

#include "core/model/FacetPool.h"
#include "core/model/FactorState.h"
#include "core/nn/Optimizer.h"

namespace transept {

struct KfmfSettings
{
    FactorSettings factors;
    FusionRules<float> rules;
    double beta = 0.01;
    float knowledgeRate = 0.01F;
    bool useSources = true;
    float sourceWeight = 0.5F;
};

/// The facets of all items of a training, item by item in the order of their places. What is said of many
/// items has one vector, which stays where the knowledge base has it.
struct FacetTable
{
    std::size_t dimension = 0;
    std::vector<std::size_t> starts;     ///< by item place
    std::vector<std::uint32_t> itemOf;   ///< by facet
    std::vector<std::uint32_t> vectorOf; ///< by facet
    std::vector<PlacedVector> vectors;   ///< each once
    std::vector<std::size_t> userStarts; ///< by vector: where its facets start in `users`
    std::vector<std::uint32_t> users;    ///< the facets that have a vector, ascending

    std::size_t countOf(std::size_t item) const noexcept { return starts[item + 1] - starts[item]; }
};

/// The items of a domain with their knowledge. Where attention plays no part it is folded into their vectors.
struct FusedDomain
{
    FactorParameters factors;
    FactorMatrix own; ///< q_i, where the items' vectors above are made of it; else no rows
    std::optional<FacetFactors> facets;
};

/// Everything a fitted kfmf knows.
struct KfmfParameters
{
    FusedDomain target;
    std::vector<FusedDomain> sources; ///< those that were trained with the target; without users
    FactorMatrix projection;          ///< W, transposed: dimension x factors
    FactorMatrix attention;           ///< W_a likewise; no rows without attention
    FactorMatrix gate;                ///< v, then w, a row each (gated); else no rows
};

/// Trains one epoch at a time
///
///   min sum_(u,i) l(r_ui, mu + rhat_ui) + beta/2 sum_i ||W x_i||^2 + L2
///
/// Factors and biases take a step at every event. W, W_a and the gate stand still during a stratum and then
/// take one step of Adam along the exact gradient of the whole stratum: it is gathered at the projections y_f
/// and c_f, where no two blocks of a stratum touch the same row, and carried back to the matrices by one
/// product.
class KfmfTraining
{
public:
    KfmfTraining(FactorState state, const KfmfSettings& settings, std::uint64_t seed);

    /// Takes what an earlier model knows beside the factors that the state started with: tastes, and, where
    /// they are of vectors of the same length, projections and gate.
    void startFrom(const StartingPoint& start);

    Result<double> runEpoch(int epoch, const FitContext& context);

    void exchange(TrainingState& state); ///< what changes from epoch to epoch

    /// What is known now.
    KfmfParameters parameters() const;

private:
    struct Step
    {
        float rate = 0.0F;
        std::vector<float> gate; ///< the block's gradient by the gate: v, then w
        FusionScratch<float> scratch;
        FactorMatrix gradients; ///< by p, t and q
    };

    /// The facets of a domain in the order of its rows, and the vectors that they have.
    struct DomainFacets
    {
        std::vector<std::size_t> starts;
        std::vector<std::uint32_t> vectorOf;
        std::vector<PlacedVector> vectors;
    };

    DomainFacets facetsOf(std::size_t domain) const;
    FusedDomain fused(std::size_t domain) const;
    void fold(FactorMatrix& items,
              const FactorMatrix& ofItems,
              const DomainFacets& facets,
              float scale) const;
    FactorMatrix tastes() const;
    FactorMatrix gateRows() const;
    void spreadWeights();
    void listFacets();
    void startProjections(std::uint64_t seed);
    Status gatherCovariance(const JobContext& job);
    bool attends() const noexcept { return m_attention.rows > 0; }
    Status project(const JobContext& job);
    void prepare(std::size_t item);
    Status stepProjections(const JobContext& job);
    Result<std::vector<float>> carriedBack(const FactorMatrix& byFacets, const JobContext& job);
    PairTotals trainBlock(std::size_t block, std::size_t band, int epoch);
    float trainEvent(const PairEvent& event, Step& step);
    FusionPlaces<float> placesOf(const PairEvent& event);

    KfmfSettings m_settings;
    FactorState m_state;
    FacetTable m_facets;
    FactorMatrix m_tastes; ///< t_u by place (concat)
    FactorMatrix m_projection;
    FactorMatrix m_attention;
    std::vector<float> m_gate; ///< v, then w (gated)
    FactorMatrix m_projected;  ///< by vector: as it stands during a stratum
    FactorMatrix m_attended;
    std::vector<std::uint8_t> m_isPrepared; ///< by item place: the next two are of this stratum
    FactorMatrix m_byProjected;             ///< by facet: gradients
    FactorMatrix m_byAttended;
    FactorMatrix m_sums;                      ///< by vector: of its facets' gradients
    std::vector<std::vector<float>> m_byGate; ///< by band
    Matrix m_covariance;                      ///< sum over items of x x', gathered in the first epoch
    RowOptimizer m_userOptimizer;
    RowOptimizer m_tasteOptimizer;
    RowOptimizer m_itemOptimizer;
    RowOptimizer m_userBiasOptimizer;
    RowOptimizer m_itemBiasOptimizer;
    RowOptimizer m_projectionOptimizer;
    RowOptimizer m_attentionOptimizer;
    RowOptimizer m_gateOptimizer;
};

/// W x of every vector, a row each; W is handed transposed.
FactorMatrix projected(std::span<const PlacedVector> vectors,
                       std::size_t dimension,
                       const FactorMatrix& matrix);

} // namespace transept
