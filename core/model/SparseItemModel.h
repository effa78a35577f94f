#pragma once

#include "core/model/HistoryModel.h"

namespace transept {

/// score(u, c) = sum over u's history j of w_j B_jc with sparse weights B.
class SparseItemModel final : public HistoryModel
{
public:
    /// Of `weights` a row is a column of the history, a column an item of the target.
    SparseItemModel(ScoredHistory scored, SparseRows weights)
        : HistoryModel(std::move(scored))
        , m_weights(std::move(weights))
    {
    }

private:
    void scoreQuery(const Query& query, std::span<float> scores) const override;
    void setParts(const Query& query, ItemRow item, std::span<float> parts) const override;

    SparseRows m_weights;
};

} // namespace transept
