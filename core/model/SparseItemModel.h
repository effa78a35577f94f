#pragma once

#include "core/model/FoldIn.h"

namespace transept {

/// score(u, c) = sum over u's history j of w_j B_jc with sparse weights B.
class SparseItemModel final : public Model
{
public:
    /// Of `weights` a row is a column of the history, a column an item of the target.
    SparseItemModel(History history, SparseRows queries, SparseRows weights, NewcomerHistory newcomers);

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }
    void score(UserRow user, std::span<float> scores) const override;
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

private:
    void scoreRow(std::span<const std::int32_t> columns,
                  std::span<const float> values,
                  std::span<float> scores) const;

    History m_history;
    SparseRows m_queries;
    SparseRows m_weights;
    NewcomerHistory m_newcomers;
};

/// Where a row holds a column: its place among the row's entries; nothing when it does not.
std::optional<std::size_t> placeInRow(const SparseRows& rows, std::size_t row, std::size_t column);

} // namespace transept
