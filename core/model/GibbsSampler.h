#pragma once

#include "core/base/Job.h"
#include "core/data/Interactions.h"
#include "core/model/Draws.h"
#include "core/model/FeatureLink.h"
#include "core/model/ImplicitInfluence.h"
#include "core/model/Method.h"
#include "core/model/PeriodBiases.h"
#include "core/model/RandomStreams.h"
#include "core/model/TrainingState.h"

namespace transept {

struct GibbsSettings
{
    std::size_t factors = 16;
    double scatter = 1.0;    ///< of the prior of both sides, as drawPrior() has it
    double meanWeight = 2.0; ///< the same: what weight the mean 0 has
    bool noiseByUser = true; ///< else all ratings are equally precise
    bool implicit = false;   ///< what users rated tells of them, as ImplicitInfluence says
};

/// What a chain is told beside the values of the ratings; null: nothing of the kind.
struct GibbsSideInformation
{
    const Matrix* users = nullptr; ///< features as principalComponents() has them, a row a user
    const Matrix* items = nullptr;
    const RatingPeriods* periods = nullptr;
};

/// The users or the items of a chain. Rows without ratings are no part of it.
struct GibbsSide
{
    FactorMatrix factors;
    std::vector<float> biases;
    std::vector<float> noiseWeights; ///< w: how precise the ratings of a row are beside the others'
    std::vector<std::uint32_t> rows; ///< that have ratings, ascending
    GaussianPrior prior;             ///< of factors and bias, the bias last
    Moments moments;                 ///< of the rows as they are now
    FactorMatrix offsets;            ///< h, what the means of rows have beside the prior's; no rows: nothing
    std::optional<FeatureLink> link; ///< to what is known of the rows
};

/// A chain of samples of the posterior of Bayesian matrix factorisation (Salakhutdinov and Mnih 2008) with
/// biases. For ratings on a scale where their mean is 0 and their deviation 1,
///
///   r_ui ~ N(b_u + b_i + b_it + <p_u, q_i>, 1 / (tau w_u)),
///   (p_u, b_u) ~ N(m_U + h_u, P_U^-1),   (q_i, b_i) ~ N(m_I + h_i, P_I^-1)
///
/// with h as ImplicitInfluence and FeatureLink lend it, b_it as PeriodBiases does (both may be absent),
/// the priors of drawPrior(), tau ~ Gamma(1, 1), and w_u ~ Gamma(a, a): some people rate more at random
/// than others (Lakshminarayanan, Bouchard and Archambeau 2011). All rows of a side are drawn at once, given
/// the other side: they are independent, and each has its own random numbers. What the ratings say of a row
/// with few of them is little work, so the rows are solved 16 at a time.
class GibbsSampler
{
public:
    /// `ratings`, of which there is at least one, and what is told beside them outlive the chain.
    GibbsSampler(const InteractionMatrix& ratings,
                 const GibbsSettings& settings,
                 std::uint64_t seed,
                 const GibbsSideInformation& told = {});

    /// Starts rows that an earlier chain knows with its last sample, on the scale of the ratings. What it had
    /// learnt of implicit feedback, of what is known beside the ratings and of periods is drawn anew.
    void startFrom(const StartingPoint& start);

    /// Draws everything once: users, items, noise. `number` is from 1 and says which random numbers. Fails
    /// with Cancelled, or Diverged when the numbers are no longer finite.
    Status sweep(int number, const JobContext& job);

    /// What the next sweep goes on from.
    void exchange(TrainingState& state);

    const GibbsSide& users() const noexcept { return m_users; }
    const GibbsSide& items() const noexcept { return m_items; }
    const PeriodBiases* periodBiases() const noexcept { return m_periodBiases ? &*m_periodBiases : nullptr; }
    double mean() const noexcept { return m_mean; }
    double scale() const noexcept { return m_scale; }

    /// Of the ratings of a user of that weight, on the scale of the ratings.
    double noiseVariance(double weight) const noexcept
    {
        return m_scale * m_scale / (m_noisePrecision * weight);
    }

    /// The mean over the weights of new users of 1 / w, which their noise is expected to have.
    double noiseOfNewUsers() const noexcept;

    /// Of the newest sample, the mean over the ratings, on their scale.
    double squaredError() const;

private:
    GibbsSide start(std::size_t rows, Purpose purpose) const;
    void startNoise(const StartingPoint& start);
    void drawMean(bool areUsers, int number, TaskGuard& guard);
    void addOffsets(GibbsSide& side);
    Result<double> drawSide(bool areUsers, int number, const JobContext& job);
    void drawNoise(double energy, int number);
    void drawPeriods(int number, TaskGuard& guard);
    float expected(std::uint32_t user, std::size_t item) const;

    const InteractionMatrix& m_ratings;
    GibbsSettings m_settings;
    std::uint64_t m_seed;
    double m_mean = 0.0;
    double m_scale = 1.0;
    GibbsSide m_users;
    GibbsSide m_items;
    std::optional<ImplicitInfluence> m_influence;
    std::optional<PeriodBiases> m_periodBiases;
    double m_noisePrecision = 1.0; ///< tau
};

} // namespace transept
