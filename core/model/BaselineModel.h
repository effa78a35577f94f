#pragma once

#include "core/model/Baseline.h"
#include "core/model/Method.h"

namespace transept {

/// Scores by a baseline alone.
class BaselineModel final : public Model
{
public:
    BaselineModel(Baseline baseline, bool ratings) : m_baseline(std::move(baseline)), m_ratings(ratings) {}

    std::size_t itemCount() const noexcept override { return m_baseline.item.size(); }
    bool predictsRatings() const noexcept override { return m_ratings; }
    void score(UserRow user, std::span<float> scores) const override;
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;

    /// The biases, as columns "users" and "items".
    std::vector<std::pair<std::string, Matrix>> factors() const override;

private:
    Baseline m_baseline;
    bool m_ratings;
};

} // namespace transept
