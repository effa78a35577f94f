#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

struct PopularityOptions
{
    bool byMean = false;
    double shrinkage = 10.0;
    double days = 0.0;     ///< that count, back from the latest interaction; 0: all
    double halfLife = 0.0; ///< in days; 0: all count the same

    bool looksAtTimes() const { return days > 0.0 || halfLife > 0.0; }
};

PopularityOptions optionsFrom(const Parameters& parameters)
{
    return {.byMean = parameters.text("by") == "mean",
            .shrinkage = parameters.real("shrinkage"),
            .days = parameters.real("days"),
            .halfLife = parameters.real("half-life")};
}

/// With t_0 the time of the latest training interaction, each one with time t of item i weighs
///
///   w = 1[t_0 - t <= days] 2^(-(t_0 - t) / half-life)
///
/// score(i) = sum w, or the mean (sum w r + shrinkage mu) / (sum w + shrinkage) with mu the mean of all
/// ratings.
struct PopularityRule
{
    PopularityOptions options;
    std::int64_t latest = 0; ///< t_0
    double mean = 0.0;       ///< mu

    double weightOf(const Event& event) const
    {
        constexpr double secondsPerDay = 86400.0;
        if (!options.looksAtTimes()) {
            return 1.0;
        }
        // What came after the training counts as the latest of it does.
        const double age = std::max(0.0, static_cast<double>(latest - event.time) / secondsPerDay);
        if (event.time == 0 || (options.days > 0.0 && age > options.days)) {
            return 0.0; // also what has no time of its own
        }
        return options.halfLife > 0.0 ? std::exp2(-age / options.halfLife) : 1.0;
    }

    float score(double weights, double sum) const
    {
        return static_cast<float>(
            options.byMean ? (sum + options.shrinkage * mean) / (weights + options.shrinkage) : weights);
    }
};

/// The same score for everybody.
class PopularityModel final : public Model
{
public:
    PopularityModel(std::vector<float> scores, bool ratings, PopularityRule rule)
        : m_scores(std::move(scores))
        , m_ratings(ratings)
        , m_rule(rule)
    {
    }

    std::size_t itemCount() const noexcept override { return m_scores.size(); }
    bool predictsRatings() const noexcept override { return m_ratings; }

    void score(UserRow /*user*/, std::span<float> scores) const override
    {
        std::copy(m_scores.begin(), m_scores.end(), scores.begin());
    }

    bool foldIn(std::span<const PastEvent> /*history*/, std::span<float> scores) const override
    {
        score(UserRow{}, scores);
        return true;
    }

    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> /*users*/,
                    std::span<float> scores) const override
    {
        double weights = 0.0;
        double sum = 0.0;
        for (const Event& event : interactions) {
            const double weight = m_rule.weightOf(event);
            weights += weight;
            sum += weight * static_cast<double>(event.value);
        }
        std::ranges::fill(scores, m_rule.score(weights, sum));
        return true;
    }

private:
    std::vector<float> m_scores;
    bool m_ratings;
    PopularityRule m_rule;
};

class Popularity final : public Method
{
public:
    explicit Popularity(PopularityOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        const TrainingDomain& target = data->target;
        const Result<std::int64_t> latest = latestTime(target, context.job);
        if (!latest) {
            return passOn(latest);
        }
        const PopularityRule rule{
            .options = m_options, .latest = *latest, .mean = target.interactions.mean()};
        std::vector<double> weights(target.interactions.itemCount());
        std::vector<double> sums(weights.size());
        const Status counted = target.interactions.forEach(context.job, [&](const Event& event) {
            const double weight = rule.weightOf(event);
            weights[index(event.item)] += weight;
            sums[index(event.item)] += weight * static_cast<double>(event.value);
        });
        if (!counted) {
            return passOn(counted);
        }
        std::vector<float> scores(weights.size());
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = rule.score(weights[item], sums[item]);
        }
        return std::make_shared<const PopularityModel>(
            std::move(scores), m_options.byMean && target.kind == FeedbackKind::Explicit, rule);
    }

private:
    /// 0 when no weight depends on it.
    Result<std::int64_t> latestTime(const TrainingDomain& target, const JobContext& job) const
    {
        if (!m_options.looksAtTimes()) {
            return 0;
        }
        std::optional<std::int64_t> latest;
        const Status looked = target.interactions.forEach(job, [&](const Event& event) {
            if (const std::int64_t time = event.time; time != 0) {
                latest = std::max(latest.value_or(time), time);
            }
        });
        if (!looked) {
            return passOn(looked);
        }
        if (!latest) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "Popularity within a time needs times, and the training interactions of %1 "
                             "have none. Set days and half-life to 0."),
                {target.name});
        }
        return *latest;
    }

    PopularityOptions m_options;
};

Parameter inDays(const char* name, const char* label, const char* meaning)
{
    return {.name = name,
            .type = Parameter::Type::Real,
            .preset = 0.0,
            .low = 0.0,
            .high = 36500.0,
            .label = label,
            .meaning = meaning,
            .unit = TRANSLATABLE("methods", "days")};
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const PopularityOptions options = optionsFrom(parameters);
    const double events = shape.target.interactions;
    const double stepsOfTime = options.halfLife > 0.0 ? 20.0 : options.looksAtTimes() ? 4.0 : 0.0;
    Workload load{.start = {.shared = {},
                            .alone = {.scattered = 2.0 * events,
                                      .steps = (4.0 + stepsOfTime) * events + 2.0 * shape.target.items}},
                  .ratings = options.byMean && shape.target.kind == FeedbackKind::Explicit,
                  .ranking = {.streamed = shape.target.items},
                  .trainBytes = shape.target.items * 2.0 * sizeof(double),
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
                  .onlyWhen = "by=mean"},
                 inDays("days",
                        TRANSLATABLE("methods", "Time that counts"),
                        TRANSLATABLE("methods",
                                     "Only interactions so many days before the latest one of the training "
                                     "part count; 0: all.")),
                 inDays("half-life",
                        TRANSLATABLE("methods", "Half-life"),
                        TRANSLATABLE("methods",
                                     "After so many days an interaction counts half; 0: the time does not "
                                     "matter."))},
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Popularity>(optionsFrom(parameters));
            },
            .traitsOf =
                [](const Parameters& parameters) {
                    return Traits{.needs = {.times = optionsFrom(parameters).looksAtTimes()}};
                },
            .workload = workloadOf};
}

} // namespace transept
