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
                                       bool hasFeatures)
{
    const InteractionMatrix& ratings = data->target.interactions;
    BayesianModel::Subject subject{.data = std::move(data),
                                   .places = std::make_shared<const UserPlaces>(ratings, hasFeatures),
                                   .periods = nullptr};
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
    const BayesianModel::Subject subject = bayesianSubject(data, settings, features != nullptr);
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
    const Chain chain{.sweep = [&](int number) { return sampler.sweep(number, context.job); },
                      .keep = [&] { return keptSample(sampler, *subject.places); },
                      .squaredError = [&] { return sampler.squaredError(); },
                      .exchange = [&](TrainingState& state) { sampler.exchange(state); }};
    const std::size_t periods = subject.periods != nullptr ? subject.periods->count() : 0;
    return sampleModel(settings.sampling, subject, settings.chain.factors + periods, chain, context);
}

} // namespace transept
