#pragma once

#include "core/model/CarriedHabits.h"
#include "core/model/Mapping.h"

#include <Eigen/Cholesky>

#include <mutex>

namespace transept {

struct FoldedUser;

/// What the events of a user ask of the user's vector: A^-1 times the sum of all pulls.
struct Pulls
{
    struct Pull
    {
        int domain = -1;
        ItemRow item{};
        Eigen::VectorXd pull;
    };

    Eigen::LLT<Eigen::MatrixXd> curvature; ///< A
    std::vector<Pull> items;               ///< none: the user has no event
    Eigen::VectorXd sampled;               ///< the pull of the items sampled beside implicit events

    /// What they ask for, and what the sampled items alone would.
    Eigen::VectorXd vector() const;
    Eigen::VectorXd vectorOfSampled() const;

    /// What every item adds to <p_u, towards>, the strongest first.
    std::vector<Contribution> towards(const Eigen::VectorXd& vector) const;
};

/// Which items of a user made the user's vector (Hu, Koren and Volinsky 2008, section 5). Given the items'
/// vectors, the vector that the loss asks for is one Newton step from no taste at all,
///
///   p_u = A^-1 sum_d w_d (sum_(j of u) e_j q_j + sum over sampled items)     e_j = - dl/drhat at b_u + b_j
///   A   = sum_d w_d (sum_(j of u) c_j q_j q_j' + sum over sampled items + lambda n I)     c_j = - de_j/drhat
///
/// which is exact for squared error (c = 1: the ridge solution) and the first of several steps for the
/// logistic loss. So item j adds w_d e_j <q_j, A^-1 t> to the product of p_u with any vector t. n counts the
/// user's events with those sampled beside them; the sampled ones enter as so many average items.
///
/// That is also by how much the product would change had the user's event with j been neutral, e_j = 0. No
/// item of the user stands for the sampled ones: the sum of the reasons is <p_u - s_u, q_i> with s_u what the
/// sampled items alone ask for, 0 for ratings. What it leaves of the score is the remainder: the mean, the
/// biases, <s_u, q_i>, and <p'_u - p_u, q_i> with p'_u the vector where training stopped.
class TasteReasons
{
public:
    TasteReasons(std::vector<ReasonDomain> domains, const FactorSettings& settings);

    /// Keeps the last user's, as lists are explained item by item.
    std::shared_ptr<const Pulls> of(UserRow user) const;

private:
    void addDomain(const ReasonDomain& domain, UserRow user, Pulls& pulls, Eigen::MatrixXd& curvature) const;
    std::shared_ptr<const Pulls> pullsOf(UserRow user) const;

    std::vector<ReasonDomain> m_domains;
    FactorSettings m_settings;
    mutable std::mutex m_mutex;
    mutable std::optional<std::pair<UserRow, std::shared_ptr<const Pulls>>> m_last;
};

/// c of TasteReasons: how fast the derivative of the loss changes at a prediction.
double curvatureAt(PairLoss loss, double prediction);

/// A row of factors, without its last numbers.
Eigen::VectorXd vectorOf(const FactorMatrix& matrix, std::size_t row, std::size_t without = 0);

/// What a factor model learnt beside the target, for its reasons.
struct FactorBackground
{
    std::vector<FactorParameters> sources; ///< in the order of the data; without users
    float sourceWeight = 1.0F;
    bool areJoint = false;      ///< the sources' events made the same user vectors (cmf)
    LearntMap map;              ///< from vector and bias in the sources to those in the target; may be empty
    bool mapsEverybody = false; ///< else only users without events in the target are mapped
    UserBias userBias = UserBias::Shared; ///< of the domains that are joint

    /// Given where mapped users have their bias from here; then the numbers of CarriedHabits stand at the end
    /// of the target's vectors.
    std::optional<CarriedHabits> habits = {};
    double habitShrinkage = 0.0; ///< lambda of the habits in the sources

    /// What a warm start needs beside the model (emcdr): the users' vectors in the sources, and, where
    /// everybody is mapped, what the target learnt of them. Else no rows.
    FactorMatrix sourceUsers = {};
    FactorMatrix ownUsers = {};
    std::vector<float> ownUserBiases = {};

    std::size_t habitWidth() const noexcept { return habits ? CarriedHabits::width : 0; }
};

/// The sources, to be explained or folded in; what is handed in outlives them.
std::vector<ReasonDomain> sourceDomains(const TrainingData& data, const FactorBackground& background);

/// A FactorModel that gives reasons. Users whose vector came through a mapping f are explained by their items
/// in the sources: with S the mean derivative of f on the straight way from s_u to p_u, item j adds
/// <A^-1 pull_j, S' (q_i, 1)>, which is its Aumann-Shapley value. These add up exactly to
/// <f(p_u, b_u) - f(s_u, b_u), (q_i, 1)>; the remainder is what f makes of s_u and b_u, the mean, b_i, and
/// what f makes of the difference between p_u and where training stopped. Where habits are carried, f stands
/// for the taste alone, and what the habits say is in the remainder.
class ExplainedFactorModel final : public FactorModel
{
public:
    ExplainedFactorModel(FactorParameters parameters,
                         FactorBackground background,
                         std::shared_ptr<const TrainingData> data,
                         const FactorSettings& settings);

    const FactorBackground& background() const noexcept { return m_background; }

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;
    std::optional<std::string> serialised() const override;
    std::vector<std::pair<std::string, Matrix>> factors() const override;
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;

    /// By foldedItem(); what users say whose vectors came through a mapping is not heeded, as in training.
    /// Not where everybody's did.
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;

private:
    bool isMapped(UserRow user) const;
    bool maps(bool actsInTarget, bool actsInSources) const;
    FoldedUser mappedUser(std::span<const PastEvent> history) const;

    std::shared_ptr<const TrainingData> m_data;
    FactorBackground m_background;
    FactorSettings m_settings;
    TasteReasons m_own;
    TasteReasons m_sources;
};

/// The model that serialised() wrote, when it fits the data; InvalidInput when it does not. `background` says
/// what the method's settings say of it; sources and map come from the bytes.
Result<std::shared_ptr<const Model>> restoreExplainedModel(std::shared_ptr<const TrainingData> data,
                                                           std::string_view bytes,
                                                           FactorBackground background,
                                                           const FactorSettings& settings);

} // namespace transept
