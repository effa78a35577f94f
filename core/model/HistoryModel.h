#pragma once

#include "core/model/FoldIn.h"

#include <functional>

namespace transept {

/// What a model that scores from histories keeps of them.
struct ScoredHistory
{
    History history;
    SparseRows queries; ///< shaped like the history's rows: what is scored, as History::recent() has it
    NewcomerHistory newcomers; ///< reads a newcomer's in the same way

    /// The weights by which the columns of `history` speak for an item that the training data does not know
    /// but for these interactions; null: the method has to be trained for that.
    std::function<SparseRow(const History&, std::span<const Event>)> weightsOfNewItem = {};

    /// Of a history that counts `value` for an interaction.
    static ScoredHistory of(const TrainingData& data, History history, EntryValue value, double decay);
    static Result<ScoredHistory> of(const TrainingData& data,
                                    EntryValue value,
                                    double decay,
                                    const JobContext& job);
};

/// A model whose scores follow from a user's weighted history and what it knows of items: it answers for
/// newcomers as for the users of its training data, and names the items of the history that speak.
class HistoryModel : public Model
{
public:
    std::size_t itemCount() const noexcept override { return m_scored.history.targetCount(); }
    void score(UserRow user, std::span<float> scores) const override;
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

protected:
    /// A history that is scored: its columns, ascending, and their weights.
    struct Query
    {
        std::span<const std::int32_t> columns;
        std::span<const float> weights;
    };

    explicit HistoryModel(ScoredHistory scored) : m_scored(std::move(scored)) {}

    const History& history() const noexcept { return m_scored.history; }
    const SparseRows& queries() const noexcept { return m_scored.queries; }
    Query queryOf(UserRow user) const;

    virtual void scoreQuery(const Query& query, std::span<float> scores) const = 0;

    /// What each entry of the query adds to the item's score; `parts` has a place for each and holds zeros.
    virtual void setParts(const Query& query, ItemRow item, std::span<float> parts) const = 0;

private:
    ScoredHistory m_scored;
};

} // namespace transept
