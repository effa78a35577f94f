#include "core/model/BayesianFit.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

namespace transept {
namespace {

class BayesianMf final : public Method
{
public:
    explicit BayesianMf(const BayesianSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        return fitBayesian(std::move(data), m_settings, nullptr, context);
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return BayesianModel::restored(bayesianSubject(std::move(data), m_settings, nullptr), bytes);
    }

private:
    BayesianSettings m_settings;
};

/// A sweep sums products of the factors of every rating and solves for every row, on both sides; the model of
/// a report scores with every sample that is kept by then.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& values)
{
    const BayesianSettings settings = bayesianSettingsFrom(values);
    const DomainShape& target = shape.target;
    const auto factors = static_cast<double>(settings.chain.factors);
    const double numbers = workload::paddedFactors(factors);
    const double rows = target.users + target.items;
    const double sampleBytes = workload::factorBytes(rows, factors) + 3.0 * sizeof(float) * rows;
    const SampleSchedule schedule(settings.sampling, static_cast<std::size_t>(std::max(1.0, sampleBytes)));
    Work sweep{.products = 2.0 * target.interactions * numbers * numbers / 2.0 +
                           rows * factors * factors * (factors / 3.0 + 4.0),
               .scattered = 8.0 * target.interactions,
               .steps = rows * (12.0 * factors + 60.0)};
    if (settings.chain.implicit) {
        sweep += {.products = 2.0 * target.interactions * numbers, .scattered = 8.0 * target.interactions};
    }
    const double sweeps = settings.sampling.burnIn + static_cast<double>(schedule.count) * schedule.every;
    const double perReport = sweeps / schedule.reports();
    Workload load{.epochs = schedule.reports(), .ratings = true};
    load.start.alone = {.steps = 8.0 * factors * rows};
    load.epoch.shared = perReport * sweep;
    load.epoch.alone = perReport * Work{.streamed = 4.0 * rows * numbers, .scattered = 4.0 * rows};
    const auto kept = static_cast<double>(schedule.count);
    load.ranking = kept * (workload::dotScores(target.items, factors) + Work{.streamed = 3.0 * target.items});
    load.pair = kept * Work{.products = numbers, .scattered = 4.0, .steps = 6.0};
    load.validationShare = (kept + 1.0) / (2.0 * kept);
    load.modelBytes = kept * sampleBytes;
    load.modelsShare = true;
    load.trainBytes = 3.0 * workload::factorBytes(rows, factors) + 24.0 * rows;
    return load;
}

} // namespace

MethodDescription describeBayesianMf()
{
    return {.name = "bayesian-mf",
            .title = TRANSLATABLE("methods", "Bayesian matrix factorisation"),
            .family = TRANSLATABLE("methods", "Factorisation"),
            .source = "Salakhutdinov, Mnih 2008; Rendle, Zhang, Koren 2019",
            .meaning = TRANSLATABLE(
                "methods",
                "Draws many factorisations that explain the ratings, each as often as it is probable, and "
                "predicts their mean: hardly anything to tune, and it knows how unsure every prediction is."),
            .needs = {.explicitFeedback = true},
            .iterative = true,
            .givesDeviations = true,
            .parameters = bayesianParameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<BayesianMf>(bayesianSettingsFrom(values));
            },
            .workload = workloadOf};
}

} // namespace transept
