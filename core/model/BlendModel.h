#pragma once

#include "core/model/Method.h"

#include <mutex>

namespace transept {

using Parts = std::vector<std::shared_ptr<const Model>>;

/// How a user's scores by one model are brought to a unit in which they can be added to those of another.
struct Calibration
{
    enum class Kind {
        AsIs,         ///< ratings stay ratings
        Standardised, ///< minus their mean over all items, divided by their spread; 0 when all are equal
        /// Borda: of the items that the user does not have in training the best gets `seats` points, the next
        /// one less, down to 1; equal scores share the points of their places. In units of `seats`.
        Votes,
    };
    Kind kind = Kind::Standardised;
    std::size_t seats = 0;                    ///< for Votes
    std::shared_ptr<const TrainingData> data; ///< for Votes
};

/// What takes the mean off and brings the spread (the standard deviation) to 1.
struct Standard
{
    float mean = 0.0F;
    float unit = 1.0F; ///< 1 / spread; 0 when all scores are equal

    float of(float score) const { return unit * (score - mean); }
};

/// Brings one user's scores of all items to that unit, in place.
void calibrate(const Calibration& calibration, UserRow user, std::span<float> scores);

/// score(u, i) = intercept + sum_m weight_m c_m(u, i), with c_m the calibrated scores of the m-th part.
class BlendModel final : public Model
{
public:
    /// At least one part, a weight each.
    BlendModel(Parts parts, std::vector<float> weights, Calibration calibration, float intercept = 0.0F);

    std::size_t itemCount() const noexcept override { return m_parts.front()->itemCount(); }
    std::size_t usersAtOnce() const noexcept override;

    /// When the parts' scores are added as they are, and all of them are ratings.
    bool predictsRatings() const noexcept override;

    void score(UserRow user, std::span<float> scores) const override;
    /// When all parts that count can.
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;
    /// When all parts that count can; standardised by the scores of the items that the parts know. Not for
    /// votes: a new candidate takes points from others.
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;
    void scoreUsers(std::span<const UserRow> users, const TakeScores& take) const override;
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;

    /// In units of the score: the parts' contributions with their weights. They add up to the score except
    /// for a constant of the user as far as those of the parts do; of votes, a part's points are spread over
    /// what speaks for the item in it.
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

    /// The intercept, the weights and the parts; nothing when a part is better fitted again.
    std::optional<std::string> serialised() const override;

    /// "weights": a row a part.
    std::vector<std::pair<std::string, Matrix>> factors() const override;

private:
    void blend(std::span<const UserRow> users, std::span<float> scores) const;
    std::vector<Standard> standardsFor(UserRow user) const;

    Parts m_parts;
    std::vector<float> m_weights;
    Calibration m_calibration;
    float m_intercept;
    mutable std::mutex m_mutex; ///< of what follows: new items come one by one for the same user
    mutable std::optional<std::pair<UserRow, std::vector<Standard>>> m_lastStandards;
};

bool allPredictRatings(const Parts& parts);

/// The blend that serialised() wrote: `restorePart` gets a part back from its bytes. InvalidInput when they
/// do not belong to as many parts.
Result<std::shared_ptr<const Model>> restoreBlend(
    std::string_view bytes,
    std::size_t parts,
    const std::function<Calibration(const Parts&)>& calibrationOf,
    const std::function<Result<std::shared_ptr<const Model>>(std::size_t, std::string_view)>& restorePart);

} // namespace transept
