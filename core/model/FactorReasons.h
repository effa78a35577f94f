#pragma once

#include "core/model/FactorState.h"

#include <mutex>

namespace transept {

/// One domain of a factorisation whose users' vectors are to be explained. What it points to outlives it.
struct ReasonDomain
{
    int domain = -1; ///< as Contribution has it
    FactorDomain data;
    const FactorParameters* factors = nullptr; ///< the users' vectors are not needed
};

/// Which items of a user made the user's vector (Hu, Koren and Volinsky 2008, section 5). Given the items'
/// vectors, the vector that the loss asks for is one Newton step from no taste at all,
///
///   p_u = A^-1 sum_d w_d (sum_(j of u) e_j q_j - sum over sampled items)      e_j = - dl/drhat at b_u + b_j
///   A   = sum_d w_d (c (sum_(j of u) q_j q_j' + sum over sampled items) + lambda n I)
///
/// which is exact for squared error (c = 1: the ridge solution); for the logistic loss c = 1/4 bounds the
/// curvature (Boehning and Lindsay 1988). So item j adds w_d e_j <q_j, A^-1 t> to the product of p_u with any
/// vector t. n counts the user's events with those sampled beside them; the sampled ones enter A as so many
/// average items.
class TasteReasons
{
public:
    TasteReasons(std::vector<ReasonDomain> domains, const FactorSettings& settings);

    /// What every item of the user adds to <p_u, towards>, the strongest first.
    std::vector<Contribution> of(UserRow user, const Eigen::VectorXd& towards) const;

private:
    /// Q'Q of a domain's items; only for domains with sampled items.
    const Eigen::MatrixXd& gramOf(std::size_t domain) const;
    double addCurvature(std::size_t domain, UserRow user, Eigen::MatrixXd& curvature) const;

    std::vector<ReasonDomain> m_domains;
    FactorSettings m_settings;
    mutable std::mutex m_mutex;
    mutable std::vector<Eigen::MatrixXd> m_grams; ///< made when first asked for
};

/// What a factor model learnt beside the target, for its reasons.
struct FactorBackground
{
    std::vector<FactorParameters> sources; ///< in the order of the data; without users
    float sourceWeight = 1.0F;
    bool areJoint = false;      ///< the sources' events made the same user vectors (cmf)
    Matrix map;                 ///< d(vector and bias in the target) / d(vector in the sources); empty: none
    bool mapsEverybody = false; ///< else only users without events in the target are mapped
};

/// A FactorModel that gives reasons. Users whose vector came through a mapping are explained by their items
/// in the sources when the mapping is linear, and not at all when it is not.
class ExplainedFactorModel final : public Model
{
public:
    ExplainedFactorModel(FactorParameters parameters,
                         FactorBackground background,
                         std::shared_ptr<const TrainingData> data,
                         const FactorSettings& settings);

    std::size_t itemCount() const noexcept override { return m_model.itemCount(); }
    bool predictsRatings() const noexcept override { return m_model.predictsRatings(); }
    void score(UserRow user, std::span<float> scores) const override { m_model.score(user, scores); }
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override
    {
        m_model.scoreItems(user, items, scores);
    }
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;
    std::optional<std::string> serialised() const override;
    std::vector<std::pair<std::string, Matrix>> factors() const override { return m_model.factors(); }

private:
    bool isMapped(UserRow user) const;

    std::shared_ptr<const TrainingData> m_data;
    FactorModel m_model;
    FactorBackground m_background;
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
