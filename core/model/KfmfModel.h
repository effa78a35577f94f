#pragma once

#include "core/model/FactorReasons.h"
#include "core/model/KfmfTraining.h"

namespace transept {

/// rhat with knowledge, as FusionKernel.h defines it.
///
/// Its reasons are those of TasteReasons for the vectors that the user's own vector is multiplied with:
///
///   seed, additive  q_i -+ alpha sum_f a_f y_f   with the attention a_f that the user pays where training
///                                                stopped; beside attention this is linear in p_u
///   the same, pooling `scalar`  q_i              alpha K_ui counts as a part of the user's and item's biases
///   concat          [q_i; k_i]                   for [p_u; t_u]
///   gated           g q_i + (1 - g) k_i
///   weighted        w2 q_i + (1 - w1 - w2) k_i
///
/// So but for the attention that stands still they are as exact as those of plain factorisation: they add up
/// to the product of the vector that the user's events ask for with that of the item. The remainder of the
/// score is the mean, the biases (for `scalar` alpha K_ui as well), and what training left undone.
class KfmfModel final : public Model
{
public:
    KfmfModel(KfmfParameters parameters,
              std::shared_ptr<const TrainingData> data,
              const KfmfSettings& settings);

    std::size_t itemCount() const noexcept override { return m_folded.itemCount(); }
    bool predictsRatings() const noexcept override { return m_folded.predictsRatings(); }
    void score(UserRow user, std::span<float> scores) const override;
    void scoreUsers(std::span<const UserRow> users, const TakeScores& take) const override;
    std::size_t usersAtOnce() const noexcept override { return m_facets ? 1 : m_folded.usersAtOnce(); }
    const FactorParameters* products() const noexcept override
    {
        return m_facets ? nullptr : m_folded.products();
    }
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;
    std::vector<FacetAttention> attention(UserRow user, ItemRow item) const override;
    std::optional<std::string> serialised() const override;

    /// The ridge solve of foldedUser(); where users attend to facets it is repeated with the attention that
    /// the vector found last pays, until the two agree.
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;

    /// An item of which no knowledge is known: foldedItem() for q_i and b_i alone, which `weighted` has in
    /// parts of w2.
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;

    /// "users", "items", biases, those of the sources, and "projection" (dimension x factors), the transposed
    /// W; "attention" likewise. "own-items" are q_i where "items" are what the reasons above multiply, and
    /// "gate" its two rows.
    std::vector<std::pair<std::string, Matrix>> factors() const override;

private:
    const float* vectorOf(UserRow user) const noexcept { return m_folded.parameters().users.at(index(user)); }
    void addFacets(UserRow user, std::span<float> scores) const;
    std::vector<ReasonDomain> reasonDomains() const;
    KnowledgePart knowledgePart(const FacetFactors& facets,
                                double scale,
                                const float* user,
                                ItemRow item) const;
    FactorParameters seenBy(const float* user, const ReasonDomain& domain) const;

    std::shared_ptr<const TrainingData> m_data;
    KfmfSettings m_settings;
    FactorModel m_folded;
    FactorMatrix m_own; ///< as FusedDomain has it
    std::optional<FacetFactors> m_facets;
    std::vector<FusedDomain> m_sources;
    FactorMatrix m_projection;
    FactorMatrix m_attention;
    FactorMatrix m_gate;
    TasteReasons m_reasons;
};

/// The model that serialised() wrote, when it fits the data; InvalidInput when it does not.
Result<std::shared_ptr<const Model>> restoreKfmfModel(std::shared_ptr<const TrainingData> data,
                                                      std::string_view bytes,
                                                      const KfmfSettings& settings);

} // namespace transept
