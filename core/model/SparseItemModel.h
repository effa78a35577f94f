#pragma once

#include "core/model/History.h"
#include "core/model/Method.h"

namespace transept {

/// score(u, c) = sum over u's history j of w_j B_jc with sparse weights B.
class SparseItemModel final : public Model
{
public:
    /// Of `weights` a row is a column of the history, a column an item of the target.
    SparseItemModel(History history, SparseRows queries, SparseRows weights);

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }
    void score(UserRow user, std::span<float> scores) const override;
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

private:
    History m_history;
    SparseRows m_queries;
    SparseRows m_weights;
};

/// Where a row holds a column: its place among the row's entries; nothing when it does not.
std::optional<std::size_t> placeInRow(const SparseRows& rows, std::size_t row, std::size_t column);

} // namespace transept
