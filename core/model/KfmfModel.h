#pragma once

#include "core/model/KfmfTraining.h"

namespace transept {

/// rhat with knowledge, as FusionKernel.h defines it.
class KfmfModel final : public Model
{
public:
    explicit KfmfModel(KfmfParameters parameters)
        : m_parameters(std::move(parameters))
        , m_folded(m_parameters.factors)
    {
    }

    std::size_t itemCount() const noexcept override { return m_folded.itemCount(); }
    bool predictsRatings() const noexcept override { return m_folded.predictsRatings(); }
    void score(UserRow user, std::span<float> scores) const override;
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;
    std::vector<FacetAttention> attention(UserRow user, ItemRow item) const override;
    std::optional<std::string> serialised() const override;

    /// "users", "items", biases, and "projection" (dimension x factors), the transposed W; "attention"
    /// likewise.
    std::vector<std::pair<std::string, Matrix>> factors() const override;

private:
    KfmfParameters m_parameters;
    FactorModel m_folded;
};

/// The model that serialised() wrote, when it fits the data; InvalidInput when it does not.
Result<std::shared_ptr<const Model>> restoreKfmfModel(const TrainingData& data, std::string_view bytes);

} // namespace transept
