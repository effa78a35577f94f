#include "core/model/BayesianFit.h"

#include <algorithm>

namespace transept {
namespace {

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
            noiseParameter(),
            {.name = "implicit",
             .type = Parameter::Type::Flag,
             .preset = true,
             .label = TRANSLATABLE("methods", "Implicit feedback"),
             .meaning = TRANSLATABLE(
                 "methods", "Learns from what users rated at all, whatever the rating, as SVD++ does.")}};
}

std::vector<Parameter> timeParameters()
{
    return {{.name = "time",
             .type = Parameter::Type::Flag,
             .preset = false,
             .label = TRANSLATABLE("methods", "Time"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Learns how items are rated in each period of time; needs ratings with times. A "
                 "prediction takes the periods as the user's own ratings are spread over them.")},
            {.name = "periods",
             .type = Parameter::Type::Integer,
             .preset = 10,
             .low = 2,
             .high = 1000,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Periods"),
             .meaning = TRANSLATABLE(
                 "methods", "How many periods the time is cut into, with about equally many ratings each."),
             .onlyWhen = "time=true"}};
}

} // namespace

std::vector<Parameter> bayesianParameters()
{
    std::vector<Parameter> all = samplingParameters();
    std::ranges::move(priorParameters(), std::back_inserter(all));
    std::ranges::move(timeParameters(), std::back_inserter(all));
    return all;
}

BayesianSettings bayesianSettingsFrom(const Parameters& parameters)
{
    return {.chain = {.factors = static_cast<std::size_t>(parameters.integer("factors")),
                      .scatter = parameters.real("prior-scatter"),
                      .noiseByUser = parameters.text("noise") == "by-user",
                      .implicit = parameters.flag("implicit")},
            .sampling = samplingFrom(parameters),
            .periods = parameters.flag("time") ? static_cast<std::size_t>(parameters.integer("periods")) : 0};
}

BayesianModel::Subject bayesianSubject(std::shared_ptr<const TrainingData> data,
                                       const BayesianSettings& settings,
                                       std::shared_ptr<const Untold> untold)
{
    const InteractionMatrix& ratings = data->target.interactions;
    BayesianModel::Subject subject{.data = std::move(data),
                                   .places = std::make_shared<const UserPlaces>(ratings, untold != nullptr),
                                   .periods = nullptr,
                                   .untold = std::move(untold)};
    if (settings.periods > 0) {
        subject.periods = std::make_shared<const RatingPeriods>(ratings, settings.periods);
    }
    return subject;
}

Result<std::shared_ptr<const Model>> fitBayesian(std::shared_ptr<const TrainingData> data,
                                                 const BayesianSettings& settings,
                                                 const SideFeatures* features,
                                                 const FitContext& context)
{
    const InteractionMatrix& ratings = data->target.interactions;
    if (ratings.size() == 0) {
        return noRatings(data->target);
    }
    const BayesianModel::Subject subject =
        bayesianSubject(data, settings, features != nullptr ? features->untold : nullptr);
    if (subject.periods != nullptr && subject.periods->count() == 0) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "method.time needs times, and the interactions of %1 have none. Import them "
                                 "with a time column, or switch it off."),
                    {data->target.name});
    }
    GibbsSampler sampler(ratings,
                         settings.chain,
                         context.seed,
                         {.users = features != nullptr ? &features->users : nullptr,
                          .items = features != nullptr ? &features->items : nullptr,
                          .periods = subject.periods.get()});
    if (context.start != nullptr) {
        sampler.startFrom(*context.start);
    }
    const Chain chain{.sweep = [&](int number) { return sampler.sweep(number, context.job); },
                      .keep = [&] { return keptSample(sampler, *subject.places); },
                      .squaredError = [&] { return sampler.squaredError(); },
                      .exchange = [&](TrainingState& state) { sampler.exchange(state); }};
    const std::size_t periods = subject.periods != nullptr ? subject.periods->count() : 0;
    return sampleModel(settings.sampling, subject, settings.chain.factors + periods, chain, context);
}

/// A sweep sums products of the factors of every rating and solves for every row, on both sides; the model of
/// a report scores with every sample that is kept by then.
SamplingLoad samplingLoad(const DataShape& shape, const BayesianSettings& settings, double users, double told)
{
    const DomainShape& target = shape.target;
    const auto factors = static_cast<double>(settings.chain.factors);
    const double numbers = workload::paddedFactors(factors);
    const double width = factors + static_cast<double>(settings.periods); // of what is kept
    const double rows = users + target.items;
    const double sampleBytes = workload::factorBytes(rows, width) + 3.0 * sizeof(float) * rows;
    const SampleSchedule schedule(settings.sampling, static_cast<std::size_t>(std::max(1.0, sampleBytes)));
    Work sweep{.products = 2.0 * target.interactions * numbers * numbers / 2.0 +
                           rows * factors * factors * (factors / 3.0 + 4.0),
               .scattered = 8.0 * target.interactions,
               .steps = rows * (12.0 * factors + 60.0)};
    if (settings.chain.implicit) {
        sweep += {.products = 2.0 * target.interactions * numbers, .scattered = 8.0 * target.interactions};
    }
    sweep += {.products = 2.0 * told * numbers}; // what is known of rows, summed and spread
    const double sweeps = settings.sampling.burnIn + static_cast<double>(schedule.count) * schedule.every;
    const double perReport = sweeps / schedule.reports();
    Workload load{.epochs = schedule.reports(), .ratings = true};
    load.start.alone = {.steps = 8.0 * factors * rows};
    load.epoch.shared = perReport * sweep;
    load.epoch.alone = perReport * Work{.streamed = 4.0 * rows * numbers, .scattered = 4.0 * rows};
    const auto kept = static_cast<double>(schedule.count);
    load.ranking = kept * (workload::dotScores(target.items, width) +
                           Work{.streamed = 3.0 * target.items, .steps = 0.33 * target.items});
    load.pair = kept * Work{.products = workload::paddedFactors(width), .scattered = 4.0, .steps = 6.0};
    load.validationShare = (kept + 1.0) / (2.0 * kept);
    load.modelBytes = kept * sampleBytes;
    load.modelsShare = true;
    load.trainBytes = 3.0 * workload::factorBytes(rows, factors) + 24.0 * rows;
    return {.load = load, .sweepsOfReport = perReport};
}

} // namespace transept
