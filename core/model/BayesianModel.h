#pragma once

#include "core/model/GibbsSampler.h"
#include "core/model/Method.h"
#include "core/model/TrainingState.h"

namespace transept {

/// One sample of a chain as a model keeps it, on the scale of the ratings. Users without ratings share the
/// last row of `users`, the mean of their prior; items without ratings have the mean of theirs.
struct PosteriorSample
{
    FactorMatrix users;
    FactorMatrix items;
    std::vector<float> userBiases;
    std::vector<float> itemBiases;
    Matrix userCovariance; ///< of the prior of factors and bias, the bias last
    Matrix itemCovariance;
    std::vector<float> noiseVariances; ///< of the ratings of users
};

/// The sample the chain is at. `places` says which row of `users` each user has.
PosteriorSample keptSample(const GibbsSampler& chain, std::span<const std::uint32_t> places);

/// Names the samples' numbers, for a checkpoint of the chain.
void exchangeSamples(TrainingState& state, std::vector<std::shared_ptr<const PosteriorSample>>& samples);

/// For each user the place among those with ratings; the others share the place after the last.
std::vector<std::uint32_t> userPlaces(const InteractionMatrix& ratings);

/// The mean over samples of mean + b_u + b_i + <p_u, q_i>.
class BayesianModel final : public Model
{
public:
    using Samples = std::vector<std::shared_ptr<const PosteriorSample>>;

    /// At least one sample.
    BayesianModel(std::shared_ptr<const TrainingData> data,
                  std::shared_ptr<const std::vector<std::uint32_t>> places,
                  Samples samples);

    /// The restored model; InvalidInput when the bytes do not belong to the data.
    static Result<std::shared_ptr<const Model>> restored(std::shared_ptr<const TrainingData> data,
                                                         std::string_view bytes);

    std::size_t itemCount() const noexcept override { return m_samples.front()->items.rows; }
    bool predictsRatings() const noexcept override { return true; }
    void score(UserRow user, std::span<float> scores) const override;
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;
    std::optional<std::string> serialised() const override;

    /// Those of the last sample: a mean over samples would mean nothing, their directions turn.
    std::vector<std::pair<std::string, Matrix>> factors() const override;

    /// How unsure the expected rating is: the standard deviation over the samples, with what is unknown of
    /// users and items without ratings. A single rating scatters around it by noiseVariance() more.
    bool deviations(UserRow user, std::span<const ItemRow> items, std::span<float> deviations) const override;
    double noiseVariance(UserRow user) const noexcept; ///< of this user's ratings, the mean over the samples

private:
    float base(const PosteriorSample& sample, std::uint32_t place) const
    {
        return m_mean + sample.userBiases[place];
    }
    bool isNew(UserRow user) const { return m_data->target.interactions.itemsOf(user).empty(); }
    bool isNew(ItemRow item) const { return m_data->target.interactions.usersOf(item).empty(); }
    double priorVariance(const PosteriorSample& sample, UserRow user, ItemRow item) const;

    std::shared_ptr<const TrainingData> m_data;
    std::shared_ptr<const std::vector<std::uint32_t>> m_places;
    Samples m_samples;
    float m_mean;
};

} // namespace transept
