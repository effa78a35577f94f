#pragma once

#include "core/base/Job.h"
#include "core/base/TaskGuard.h"
#include "core/model/FmFeatures.h"
#include "core/model/Method.h"
#include "core/model/RandomStreams.h"
#include "core/model/TrainingState.h"

namespace transept {

struct FmSettings
{
    std::size_t factors = 16;
    bool noiseByUser = true; ///< else all ratings are equally precise
};

/// The Gaussian that the parameters of a group are drawn from.
struct FmPrior
{
    double mean = 0.0;
    double precision = 10.0;
};

/// The weights, or one number of the vectors, of all features of a side.
struct FmParameters
{
    std::vector<double> values;  ///< by column
    std::vector<FmPrior> priors; ///< by group
    std::vector<double> sums;    ///< by row: sum of x times value
};

/// The users or the items of a factorisation machine.
struct FmSide
{
    const FmFeatures* features = nullptr;
    SparseRows columns;      ///< the features' rows, transposed
    std::vector<bool> isMet; ///< columns that a case has
    FmParameters weights;
    std::vector<FmParameters> vectors; ///< by factor
    std::vector<double> biases;        ///< by row: its weights and the products of its own features
    std::size_t rowsPerTask = 1;       ///< enough work to be worth a thread
};

/// A chain of samples of a factorisation machine of second order (Rendle 2010), drawn number by number
/// (Rendle 2012). A case is the features x of a user and of an item, side by side:
///
///   r ~ N(w_0 + sum_j w_j x_j + sum_(j < k) <v_j, v_k> x_j x_k, 1 / (tau w_u)),
///   w_j ~ N(mu, 1 / lambda) and v_jf ~ N(mu_f, 1 / lambda_f) of their group,
///   mu ~ N(0, 1 / lambda),   lambda ~ Gamma(1/2, 1/2),   tau ~ Gamma(1, 1),   w_u as in GibbsSampler.
///
/// With a_u = sum x_j v_j over the user's features and c_i over the item's, the sum of a case is
/// w_0 + b_u + b_i + <a_u, c_i>, b the weights and the products of one's own features: what is drawn for a
/// feature of users needs of the cases only sums by user (the relations of Rendle 2013), and so for items.
class FmSampler
{
public:
    /// `problem`, which has cases, outlives the chain.
    static Result<FmSampler> of(const FmProblem& problem,
                                const FmSettings& settings,
                                std::uint64_t seed,
                                const JobContext& job);

    /// Starts users and items of the target that an earlier chain knows with the sums of its last sample,
    /// which are on the scale of the ratings, `scale` times that of the chain. Of what a sum is made of is
    /// not known: the rows' own features take what the others, which start as they always do, leave of it.
    void startFrom(const StartingPoint& start, double scale);

    /// Draws everything once. `number` is from 1 and says which random numbers. Fails with Cancelled, or
    /// Diverged when the numbers are no longer finite.
    Status sweep(int number, const JobContext& job);

    /// What the next sweep goes on from.
    void exchange(TrainingState& state);

    const FmSide& users() const noexcept { return m_users; }
    const FmSide& items() const noexcept { return m_items; }
    double bias() const noexcept { return m_bias; } ///< w_0
    double noisePrecision() const noexcept { return m_noisePrecision; }
    double noiseWeight(std::size_t user) const noexcept { return m_noiseWeights[user]; }

    /// The mean over the weights of new users of 1 / w.
    double noiseOfNewUsers() const noexcept;

    /// Of a case as the parameters are now.
    double expected(std::size_t user, std::size_t item) const;

    /// Of the newest sample, the mean over all cases, on the scale of the target's ratings.
    double squaredError() const noexcept { return m_squaredError; }

    /// The Gaussian that a number of a feature's vector is drawn from: its precision, and its mean times
    /// that.
    struct Conditional
    {
        double precision = 0.0;
        double pull = 0.0;
    };
    Conditional conditional(bool ofUsers, std::size_t column, std::size_t factor) const;

private:
    /// Sums over the cases of a row; c is the other side's sum of the factor.
    struct Totals
    {
        double weight = 0.0;       ///< w
        double cross = 0.0;        ///< w c
        double crossSquares = 0.0; ///< w c^2
        double errors = 0.0;       ///< w e
        double crossErrors = 0.0;  ///< w e c
    };

    FmSampler(const FmProblem& problem, const FmSettings& settings, std::uint64_t seed);
    Status sortCases(const JobContext& job);
    Status start(FmSide& side, const FmFeatures& features, Purpose purpose, const JobContext& job);
    FmSide& side(bool areUsers) noexcept { return areUsers ? m_users : m_items; }
    const FmSide& side(bool areUsers) const noexcept { return areUsers ? m_users : m_items; }

    template<typename Work>
    void forCasesOf(bool areUsers, std::size_t row, const Work& work) const;
    std::vector<Totals> totals(bool areUsers, const std::vector<double>* cross, TaskGuard& guard) const;
    Conditional conditionalOf(const FmSide& own,
                              const FmParameters& vectors,
                              std::size_t column,
                              std::span<const Totals> totals) const;
    void refresh(TaskGuard& guard);
    void drawBias(int number, TaskGuard& guard);
    void drawWeights(bool areUsers, int number, TaskGuard& guard);
    void drawVectors(bool areUsers, std::size_t factor, int number, TaskGuard& guard);
    void drawNoise(int number, TaskGuard& guard);

    const FmProblem& m_problem;
    FmSettings m_settings;
    std::uint64_t m_seed;
    std::vector<std::size_t> m_userStarts; ///< of the cases, which are by user
    std::vector<std::size_t> m_itemStarts; ///< of m_byItem
    std::vector<std::uint32_t> m_byItem;   ///< places of cases
    FmSide m_users;
    FmSide m_items;
    std::vector<float> m_errors; ///< of cases: target minus what is expected
    std::vector<double> m_noiseWeights;
    double m_bias = 0.0;
    double m_noisePrecision = 1.0;
    double m_squaredError = 0.0; ///< of the newest sample
};

} // namespace transept
