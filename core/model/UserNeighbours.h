#pragma once

#include "core/model/Deviations.h"
#include "core/model/FoldIn.h"
#include "core/model/KnnOptions.h"

namespace transept {

/// A model that asks people of similar taste. With N(u) the user's neighbours and s their similarity over all
/// domains, the scores are sums of what they have, or with ratings
///
///   rating(u, c) = baseline_uc + sum of s_uv deviation_v / (1 + sum of s_uv), over the v that rated
class UserNeighbourModel : public Model
{
public:
    struct Parts
    {
        History history;
        SparseRows compared;                  ///< of every user, what the similarity compares
        SparseRows nearest;                   ///< of every user
        std::optional<Deviations> deviations; ///< when ratings are predicted
        KnnOptions options;
        ComparedValues values; ///< makes the same of a newcomer
        Newcomer newcomers;
        std::shared_ptr<const TrainingData> data = nullptr; ///< for models that take in new items
    };

    /// `history` is historyFor() these options.
    static Result<Parts> partsOf(const TrainingData& data,
                                 History history,
                                 const KnnOptions& options,
                                 const JobContext& job);

    std::size_t itemCount() const noexcept override { return m_parts.history.targetCount(); }
    bool predictsRatings() const noexcept override { return m_parts.deviations.has_value(); }
    void score(UserRow user, std::span<float> scores) const override;

    /// By the newcomer's neighbours among the users of the training data, whose values are read as they are.
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;

    /// Exact for the similarities that are sums over common items: what each neighbour adds to the score goes
    /// to these items by their part of the similarity.
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

protected:
    /// The neighbours of somebody, and how similar each is.
    struct Neighbourhood
    {
        std::span<const std::int32_t> users;
        std::span<const float> similarities;
    };

    explicit UserNeighbourModel(Parts parts) : m_parts(std::move(parts)) {}

    const History& history() const noexcept { return m_parts.history; }

    const Parts& parts() const noexcept { return m_parts; }

    /// The neighbours of a user.
    Neighbourhood neighboursOf(UserRow user) const
    {
        return {.users = m_parts.nearest.columnsOf(index(user)),
                .similarities = m_parts.nearest.valuesOf(index(user))};
    }

    /// Adds up what the neighbours have: `scores` hold zeros. With ratings also how much that rests on, added
    /// to `totals`; else it is empty.
    virtual void addOpinions(const Neighbourhood& asked,
                             std::span<float> scores,
                             std::span<float> totals) const = 0;

    /// The same of one item, by neighbour: `amounts` hold zeros, and `total` is only read with ratings.
    virtual void addAmounts(const Neighbourhood& asked,
                            ItemRow item,
                            std::span<float> amounts,
                            float& total) const = 0;

    /// Calls visit(entry of the history, column) for what a user has in the columns before `end`.
    template<typename Visit>
    void forEachEntry(std::int32_t user, std::size_t end, const Visit& visit) const
    {
        const SparseRows& rows = m_parts.history.rows();
        const auto row = static_cast<std::size_t>(user);
        for (std::size_t entry = rows.starts[row]; entry < rows.starts[row + 1]; ++entry) {
            const auto column = static_cast<std::size_t>(rows.columns[entry]);
            if (column >= end) {
                break;
            }
            visit(entry, column);
        }
    }

    /// What an entry of the history says: the deviation of a rating, or what the interaction counts.
    float opinion(std::size_t entry) const
    {
        return predictsRatings() ? m_parts.deviations->values[entry] : m_parts.history.rows().values[entry];
    }

    /// 0 for an entry without a rating; only with ratings.
    float ratingWeight(std::size_t entry) const { return m_parts.deviations->weights[entry]; }

private:
    void scoreFrom(const Neighbourhood& asked,
                   const Baseline* baseline,
                   UserRow user,
                   std::span<float> scores) const;

    Parts m_parts;
};

} // namespace transept
