#pragma once

#include "core/model/GibbsSampler.h"
#include "core/model/Method.h"
#include "core/model/TrainingState.h"

#include <mutex>

namespace transept {

/// One sample of a chain as a model keeps it, on the scale of the ratings. Users and items without ratings
/// have the mean of their prior. Where the chain has periods of time, vectors go on after the factors with a
/// number a period: of a user the share of the ratings in it, of an item its bias in it.
struct PosteriorSample
{
    FactorMatrix users;
    FactorMatrix items;
    std::vector<float> userBiases;
    std::vector<float> itemBiases;
    Matrix userCovariance; ///< of the prior of vector and bias, the bias last
    Matrix itemCovariance;
    Matrix untoldUserCovariance; ///< the same of those of whom nothing is known where it is of others
    Matrix untoldItemCovariance;
    std::vector<float> noiseVariances; ///< of the ratings of users
};

/// Which row of a sample's `users` each user has.
struct UserPlaces
{
    std::vector<std::uint32_t> of; ///< stored with the samples
    std::vector<bool> isNew;       ///< of each user: has no rating that is learnt from
    std::uint32_t shared = 0;      ///< the last row, of all users without one of their own

    /// Every user has a row, or those with ratings.
    UserPlaces(const InteractionMatrix& ratings, bool everyUser);

    std::size_t rows() const noexcept { return shared + std::size_t{1}; }
};

/// Of which users and items nothing is known, in a chain that learns from what is known of them.
struct Untold
{
    std::vector<bool> users;
    std::vector<bool> items;
};

/// The sample the chain is at.
PosteriorSample keptSample(const GibbsSampler& chain, const UserPlaces& places);

/// Names the samples' numbers, for a checkpoint of the chain.
void exchangeSamples(TrainingState& state, std::vector<std::shared_ptr<const PosteriorSample>>& samples);

/// The mean over samples of mean + b_u + b_i + <p_u, q_i>.
class BayesianModel final : public Model
{
public:
    using Samples = std::vector<std::shared_ptr<const PosteriorSample>>;

    /// What the samples are about.
    struct Subject
    {
        std::shared_ptr<const TrainingData> data;
        std::shared_ptr<const UserPlaces> places;
        std::shared_ptr<const RatingPeriods> periods; ///< null: the chain had none
        std::shared_ptr<const Untold> untold;         ///< null: the chain was told nothing of anybody
    };

    /// At least one sample.
    BayesianModel(Subject subject, Samples samples);

    /// The restored model; InvalidInput when the bytes do not belong to the data.
    static Result<std::shared_ptr<const Model>> restored(Subject subject, std::string_view bytes);

    std::size_t itemCount() const noexcept override { return m_samples.front()->items.rows; }
    bool predictsRatings() const noexcept override { return true; }
    void score(UserRow user, std::span<float> scores) const override;
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;
    std::optional<std::string> serialised() const override;

    /// The mean over the samples of what the posterior mean of the newcomer's vector and bias expects, given
    /// the items as the sample has them. Before any rating is known they are thought to scatter as those of
    /// the users with ratings do, whatever lends them their means. What was done in sources is not heeded.
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;

    /// The same for a new item, given the users as the sample has them; users without ratings have no say.
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;

    /// Those of the last sample: a mean over samples would mean nothing, their directions turn. With periods,
    /// `users` and `items` have their columns after the factors. "noise-variances" are of the users' ratings.
    std::vector<std::pair<std::string, Matrix>> factors() const override;

    /// How unsure the expected rating is: the standard deviation over the samples, with what is unknown of
    /// users and items without ratings. A single rating scatters around it by noiseVariance() more.
    bool deviations(UserRow user, std::span<const ItemRow> items, std::span<float> deviations) const override;
    double noiseVariance(UserRow user) const noexcept; ///< of this user's ratings, the mean over the samples
    bool ratingDeviations(UserRow user,
                          std::span<const ItemRow> items,
                          std::span<float> deviations) const override;

private:
    float base(const PosteriorSample& sample, std::uint32_t place) const
    {
        return m_mean + sample.userBiases[place];
    }
    const InteractionMatrix& ratings() const { return m_subject.data->target.interactions; }
    std::uint32_t placeOf(UserRow user) const { return m_subject.places->of[index(user)]; }
    bool isNew(UserRow user) const { return m_subject.places->isNew[index(user)]; }
    bool isNew(ItemRow item) const { return ratings().usersOf(item).empty(); }
    const Matrix& covarianceOf(const PosteriorSample& sample, UserRow user) const;
    const Matrix& covarianceOf(const PosteriorSample& sample, ItemRow item) const;
    double priorVariance(const PosteriorSample& sample, UserRow user, ItemRow item) const;
    double periodVariance(const PosteriorSample& sample, UserRow user, ItemRow item) const;
    std::size_t periodCount() const { return m_subject.periods != nullptr ? m_subject.periods->count() : 0; }
    GaussianPrior newUserPrior(const PosteriorSample& sample) const;
    GaussianPrior newItemPrior(const PosteriorSample& sample) const;
    Eigen::VectorXf foldedUser(std::size_t sample, std::span<const PastEvent> history) const;
    std::vector<float> sharesOf(std::span<const PastEvent> history) const;

    Subject m_subject;
    Samples m_samples;
    float m_mean;
    mutable std::once_flag m_newcomersMade;
    mutable std::vector<GaussianPrior> m_newcomers; ///< by sample: of a newcomer's vector, the bias last
    mutable std::once_flag m_newItemsMade;
    mutable std::vector<GaussianPrior> m_newItems; ///< of a new item's likewise
};

} // namespace transept
