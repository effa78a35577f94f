#pragma once

#include "core/model/Baseline.h"
#include "core/model/FoldIn.h"

#include <span>
#include <vector>

namespace transept {

/// The bias that a user's ratings in the source domains show, in parts of the scales' widths:
///
///   b_u = width_t sum_(s, j) (r_uj - mean_s) / width_s / (n + lambda)
///
/// with the n ratings of the user in all sources; 0 without any.
double carriedMean(const TrainingData& data,
                   std::span<const double> sourceMeans,
                   UserRow user,
                   double lambda);

/// Scores by a baseline alone.
class BaselineModel final : public Model
{
public:
    /// How the bias of a newcomer is found: as fitBaseline() found those of the users, in data of this shape.
    struct Newcomers
    {
        Newcomer data;
        double lambdaUser = 0.0;
        double lambdaItem = 0.0;         ///< of new items likewise
        std::vector<double> sourceMeans; ///< for carriedMean() of who has no target ratings; empty: 0
    };

    BaselineModel(Baseline baseline, bool ratings, std::optional<Newcomers> newcomers = std::nullopt)
        : m_baseline(std::move(baseline))
        , m_ratings(ratings)
        , m_newcomers(std::move(newcomers))
    {
    }

    std::size_t itemCount() const noexcept override { return m_baseline.item.size(); }
    bool predictsRatings() const noexcept override { return m_ratings; }
    void score(UserRow user, std::span<float> scores) const override;
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;

    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;

    /// The biases, as columns "users" and "items".
    std::vector<std::pair<std::string, Matrix>> factors() const override;

private:
    Baseline m_baseline;
    bool m_ratings;
    std::optional<Newcomers> m_newcomers;
};

} // namespace transept
