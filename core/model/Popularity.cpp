#include "core/model/Methods.h"
#include "core/model/Workload.h"

namespace transept {
namespace {

/// The same score for everybody.
class PopularityModel final : public Model
{
public:
    PopularityModel(std::vector<float> scores, bool ratings) : m_scores(std::move(scores)), m_ratings(ratings)
    {
    }

    std::size_t itemCount() const noexcept override { return m_scores.size(); }
    bool predictsRatings() const noexcept override { return m_ratings; }

    void score(UserRow /*user*/, std::span<float> scores) const override
    {
        std::copy(m_scores.begin(), m_scores.end(), scores.begin());
    }

private:
    std::vector<float> m_scores;
    bool m_ratings;
};

class Popularity final : public Method
{
public:
    Popularity(bool byMean, double shrinkage) : m_byMean(byMean), m_shrinkage(shrinkage) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        if (const Status status = context.job.checkpoint(); !status) {
            return passOn(status);
        }
        const InteractionMatrix& interactions = data->target.interactions;
        std::vector<float> scores(interactions.itemCount());
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = scoreOf(interactions, static_cast<ItemRow>(item));
        }
        const bool ratings = m_byMean && data->target.kind == FeedbackKind::Explicit;
        return std::make_shared<const PopularityModel>(std::move(scores), ratings);
    }

private:
    float scoreOf(const InteractionMatrix& interactions, ItemRow item) const
    {
        const std::span<const float> values = interactions.itemValuesOf(item);
        if (!m_byMean) {
            return static_cast<float>(values.size());
        }
        double sum = m_shrinkage * interactions.mean();
        for (const float value : values) {
            sum += static_cast<double>(value);
        }
        return static_cast<float>(sum / (static_cast<double>(values.size()) + m_shrinkage));
    }

    bool m_byMean;
    double m_shrinkage;
};

Workload workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const bool byMean = parameters.text("by") == "mean";
    Workload load{.start = {.shared = {},
                            .alone = {.streamed = byMean ? 2.0 * shape.target.interactions : 0.0,
                                      .steps = shape.target.items}},
                  .ratings = byMean && shape.target.kind == FeedbackKind::Explicit,
                  .ranking = {.streamed = shape.target.items},
                  .modelBytes = shape.target.items * sizeof(float)};
    return load;
}

} // namespace

MethodDescription describePopularity()
{
    return {.name = "popularity",
            .title = TRANSLATABLE("methods", "Popularity"),
            .family = TRANSLATABLE("methods", "Controls"),
            .source = "-",
            .meaning = TRANSLATABLE(
                "methods",
                "The same list for everybody: the items with the most interactions, or with the best mean "
                "rating. Whatever is personal must beat it."),
            .parameters =
                {{.name = "by",
                  .type = Parameter::Type::Choice,
                  .preset = "count",
                  .choices = {"count", "mean"},
                  .label = TRANSLATABLE("methods", "Measured by"),
                  .meaning = TRANSLATABLE(
                      "methods",
                      "count: the number of training interactions. mean: the mean rating, pulled towards "
                      "the mean of all ratings; it predicts ratings.")},
                 {.name = "shrinkage",
                  .type = Parameter::Type::Real,
                  .preset = 10.0,
                  .low = 0.1,
                  .high = 1000.0,
                  .scale = Parameter::Scale::Log,
                  .label = TRANSLATABLE("methods", "Shrinkage"),
                  .meaning = TRANSLATABLE(
                      "methods",
                      "Pulls an item's mean towards the mean of all ratings, as strongly as this many "
                      "average ratings would."),
                  .unit = TRANSLATABLE("methods", "ratings"),
                  .onlyWhen = "by=mean"}},
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Popularity>(parameters.text("by") == "mean",
                                                    parameters.real("shrinkage"));
            },
            .workload = workloadOf};
}

} // namespace transept
