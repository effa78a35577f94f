#pragma once

#include "core/model/ContentRidgeFit.h"

namespace transept {

/// score = mean + b_u + b_i + <w + w_u, x_i>, as ContentRidgeFit learnt it. The reasons are exact: the
/// ratings of a user make up w_u, so each adds its pull times <x_j, x_i> to the score.
class ContentRidgeModel final : public FactorModel
{
public:
    /// `domains` as a fit left them, the target first; `data` is what they were fitted on.
    ContentRidgeModel(std::shared_ptr<const TrainingData> data,
                      std::vector<RatedTexts> domains,
                      const ContentRidgeOptions& options);

    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;
    /// Without a text the item has its own bias alone.
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;
    std::optional<std::string> serialised() const override;

    /// The model that serialised() wrote, when it fits the data; InvalidInput when it does not.
    static Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                        std::string_view bytes,
                                                        const ContentRidgeOptions& options);

private:
    std::shared_ptr<const TrainingData> m_data; ///< what the domains point to
    std::vector<RatedTexts> m_domains;
    ContentRidgeOptions m_options;
};

} // namespace transept
