#include "core/model/BayesianModel.h"
#include "core/model/Epochs.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <algorithm>

namespace transept {
namespace {

struct BayesianSettings
{
    GibbsSettings chain;
    int samples = 200;
    int burnIn = 50;
    int kept = 50;
};

/// What the kept samples may take of the memory.
constexpr std::size_t mostBytes = std::size_t{256} << 20U;

/// How often the model is reported: validation scores with all samples kept so far, which takes far longer
/// than a sweep.
constexpr int mostReports = 20;

std::size_t bytesOfSample(const InteractionMatrix& ratings, std::size_t factors)
{
    const std::size_t stride = FactorMatrix(0, factors).stride;
    return (ratings.userCount() + ratings.itemCount() + 1) * (stride + 1) * sizeof(float);
}

/// Which sweeps are kept: every `every`-th after the burn-in, `count` of them. The model is reported when
/// `perReport` more are kept.
struct Schedule
{
    int every = 1;
    int count = 1;
    int perReport = 1;

    Schedule(const BayesianSettings& settings, std::size_t sampleBytes)
    {
        const int affordable = static_cast<int>(std::clamp<std::size_t>(mostBytes / sampleBytes, 1, 100000));
        const int most = std::min({settings.kept, settings.samples, affordable});
        every = (settings.samples + most - 1) / most;
        count = settings.samples / every;
        perReport = (count + mostReports - 1) / mostReports;
    }

    int reports() const { return (count + perReport - 1) / perReport; }
    int keptAt(int report) const { return std::min(count, report * perReport); }
};

class BayesianMf final : public Method
{
public:
    explicit BayesianMf(const BayesianSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        const InteractionMatrix& ratings = data->target.interactions;
        if (ratings.size() == 0) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "There are no ratings of %1 to learn from. Give the training part of the "
                             "split more."),
                {data->target.name});
        }
        const Schedule schedule(m_settings, bytesOfSample(ratings, m_settings.chain.factors));
        const auto places = std::make_shared<const std::vector<std::uint32_t>>(userPlaces(ratings));
        GibbsSampler chain(ratings, m_settings.chain, context.seed);
        BayesianModel::Samples kept;
        int sweeps = 0;
        const int all = m_settings.burnIn + schedule.count * schedule.every;
        const auto train = [&](int report) -> Result<double> {
            while (static_cast<int>(kept.size()) < schedule.keptAt(report)) {
                reportEpoch(context.job, sweeps + 1, all, 0.0);
                if (const Status swept = chain.sweep(++sweeps, context.job); !swept) {
                    return passOn(swept);
                }
                if (sweeps > m_settings.burnIn && (sweeps - m_settings.burnIn) % schedule.every == 0) {
                    kept.push_back(std::make_shared<const PosteriorSample>(keptSample(chain, *places)));
                }
            }
            return chain.squaredError();
        };
        return runEpochs(schedule.reports(), context, train, [&] {
            return std::make_shared<const BayesianModel>(data, places, kept);
        });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return BayesianModel::restored(std::move(data), bytes);
    }

private:
    BayesianSettings m_settings;
};

std::vector<Parameter> chainParameters()
{
    return {
        {.name = "factors",
         .type = Parameter::Type::Integer,
         .preset = 16,
         .low = 1,
         .high = 128,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Factors"),
         .meaning = TRANSLATABLE("methods", "The length of the vectors that stand for users and items.")},
        {.name = "samples",
         .type = Parameter::Type::Integer,
         .preset = 200,
         .low = 1,
         .high = 10000,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Samples"),
         .meaning = TRANSLATABLE("methods", "How many samples are drawn after the burn-in.")},
        {.name = "burn-in",
         .type = Parameter::Type::Integer,
         .preset = 50,
         .low = 0,
         .high = 10000,
         .label = TRANSLATABLE("methods", "Burn-in"),
         .meaning = TRANSLATABLE(
             "methods",
             "How many samples are drawn and thrown away first, until the chain has left its random start."),
         .unit = TRANSLATABLE("methods", "samples")},
        {.name = "kept",
         .type = Parameter::Type::Integer,
         .preset = 50,
         .low = 1,
         .high = 10000,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Samples kept"),
         .meaning = TRANSLATABLE(
             "methods",
             "How many of the samples, evenly spread, the model is made of: predictions are means over "
             "them. They never take more than 256 MB; with large data fewer are kept."),
         .unit = TRANSLATABLE("methods", "samples")}};
}

std::vector<Parameter> priorParameters()
{
    return {{.name = "prior-scatter",
             .type = Parameter::Type::Real,
             .preset = 1.0,
             .low = 0.001,
             .high = 1000.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Scatter of the prior"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "How wide vectors are thought to scatter before any is known; hardly matters when there are "
                 "many users and items.")},
            {.name = "noise",
             .type = Parameter::Type::Choice,
             .preset = "by-user",
             .choices = {"by-user", "shared"},
             .label = TRANSLATABLE("methods", "Noise"),
             .meaning = TRANSLATABLE("methods",
                                     "Whether every user has a noise of their own, so that people who rate "
                                     "steadily count for more, or all ratings are equally precise.")},
            {.name = "implicit",
             .type = Parameter::Type::Flag,
             .preset = true,
             .label = TRANSLATABLE("methods", "Implicit feedback"),
             .meaning = TRANSLATABLE(
                 "methods", "Learns from what users rated at all, whatever the rating, as SVD++ does.")}};
}

std::vector<Parameter> allParameters()
{
    std::vector<Parameter> all = chainParameters();
    for (Parameter& each : priorParameters()) {
        all.push_back(std::move(each));
    }
    return all;
}

BayesianSettings settingsFrom(const Parameters& values)
{
    return {.chain = {.factors = static_cast<std::size_t>(values.integer("factors")),
                      .scatter = values.real("prior-scatter"),
                      .noiseByUser = values.text("noise") == "by-user",
                      .implicit = values.flag("implicit")},
            .samples = values.integer("samples"),
            .burnIn = values.integer("burn-in"),
            .kept = values.integer("kept")};
}

/// A sweep sums products of the factors of every rating and solves for every row, on both sides; the model of
/// a report scores with every sample that is kept by then.
Workload workloadOf(const DataShape& shape, const Parameters& values)
{
    const BayesianSettings settings = settingsFrom(values);
    const DomainShape& target = shape.target;
    const auto factors = static_cast<double>(settings.chain.factors);
    const double numbers = workload::paddedFactors(factors);
    const double rows = target.users + target.items;
    const double sampleBytes = workload::factorBytes(rows, factors) + 3.0 * sizeof(float) * rows;
    const Schedule schedule(settings, static_cast<std::size_t>(std::max(1.0, sampleBytes)));
    Work sweep{.products = 2.0 * target.interactions * numbers * numbers / 2.0 +
                           rows * factors * factors * (factors / 3.0 + 4.0),
               .scattered = 8.0 * target.interactions,
               .steps = rows * (12.0 * factors + 60.0)};
    if (settings.chain.implicit) {
        sweep += {.products = 2.0 * target.interactions * numbers, .scattered = 8.0 * target.interactions};
    }
    const double sweeps = settings.burnIn + static_cast<double>(schedule.count) * schedule.every;
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
            .source = "Salakhutdinov, Mnih 2008",
            .meaning = TRANSLATABLE(
                "methods",
                "Draws many factorisations that explain the ratings, each as often as it is probable, and "
                "predicts their mean: hardly anything to tune, and it knows how unsure every prediction is."),
            .needs = {.explicitFeedback = true},
            .iterative = true,
            .parameters = allParameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<BayesianMf>(settingsFrom(values));
            },
            .workload = workloadOf};
}

} // namespace transept
