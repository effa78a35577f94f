#pragma once

#include "core/model/EaseRows.h"
#include "core/model/HistoryModel.h"
#include "core/model/SemanticMap.h"

namespace transept {

/// How an item is read that came after the training. The problem of every column of B is one of its own: that
/// of a new item's column x, which has no diagonal element to hold at zero, is the ridge regression
///
///   b = (Y'Y + lambda I)^-1 Y'x = P Y'x
struct EaseNewItems
{
    std::shared_ptr<const TrainingData> data; ///< null: the method has to be trained for that
    EntryValue value = EntryValue::Binary;

    SparseRows columnOf(std::span<const Event> interactions) const
    {
        return columnOfNewItem(*data, value, interactions);
    }
};

/// score(u, c) = sum over u's history of w_j B_jc with B itself, items x items.
class EaseItemModel final : public HistoryModel
{
public:
    /// Of `weights` a row is a column of the history; the first columns are the target's items. The rest, and
    /// `diagonal` of the target's items, are those of P; they are read for new items alone, where
    /// B_jc = -P_jc / P_cc holds.
    EaseItemModel(ScoredHistory scored, Matrix weights, std::vector<float> diagonal, EaseNewItems newItems)
        : HistoryModel(std::move(scored))
        , m_weights(std::move(weights))
        , m_diagonal(std::move(diagonal))
        , m_newItems(std::move(newItems))
    {
    }

    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;

private:
    void scoreQuery(const Query& query, std::span<float> scores) const override;
    void setParts(const Query& query, ItemRow item, std::span<float> parts) const override;

    Matrix m_weights;
    std::vector<float> m_diagonal;
    EaseNewItems m_newItems;
};

/// The same for few rows and many items: A = (YY' + lambda I)^-1 over the rows of Y instead of the items' P,
/// and B = I + L R' - P diag(g), where L R' is what a semantic map adds (nothing without). With q the history
/// that is scored (the user's row r of Y, or that row with recency weights) and t = A Y q:
///
///   (P q)_c = (q_c - <t, Y_c>) / lambda,      score(u, c) = q_c + <L'q, R_c> - (P q)_c g_c
///
/// For q = Y_r this t is e_r - lambda A_r, so (P q)_c = <A_r, Y_c>.
class EaseRowModel final : public HistoryModel
{
public:
    struct Parts
    {
        StackedRows stacked;
        Matrix inverse;             ///< A
        Matrix responses;           ///< a row t a user row; empty when queries are the rows themselves
        std::vector<float> factors; ///< g of the target's items
        SemanticMap semantic;       ///< L of all columns, R of the target's items; empty when there is none
        float lambda = 1.0F;
        EaseNewItems newItems;
    };

    EaseRowModel(ScoredHistory scored, Parts parts)
        : HistoryModel(std::move(scored))
        , m_parts(std::move(parts))
    {
    }

    /// By what is kept of the user's row.
    void score(UserRow user, std::span<float> scores) const override;

    /// P Y' = Y'A, so the score of a new item is <t, x>.
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;

private:
    void scoreQuery(const Query& query, std::span<float> scores) const override;
    void setParts(const Query& query, ItemRow item, std::span<float> parts) const override;

    /// <response, Y_column>
    float alongColumn(const float* response, std::size_t column) const;
    void addRow(std::int32_t row, float factor, std::vector<float>& response) const;
    /// A Y_c, over all rows
    std::vector<float> responseOf(ItemRow item) const;
    /// scores = <L'q, R_c>; 0 without a semantic map
    void setSemantic(const Query& query, std::span<float> scores) const;
    /// scores += factor <response, Y_c> g_c + q_c (1 - own g_c)
    void addLearnt(
        const Query& query, const float* response, float factor, float own, std::span<float> scores) const;

    Parts m_parts;
};

} // namespace transept
