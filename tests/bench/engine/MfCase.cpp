#include "core/model/FactorTraining.h"
#include "tests/bench/engine/Bench.h"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace transept::bench {
namespace {

/// Of the ratings themselves: predictions are kept within the scale.
double rmse(const FactorParameters& parameters, const TrainingDomain& domain, std::span<const Event> tested)
{
    const FactorModel model(parameters);
    double sum = 0.0;
    for (const Event& event : tested) {
        float score = 0.0F;
        model.scoreItems(event.user, {&event.item, 1}, {&score, 1});
        const double off = std::clamp(static_cast<double>(score), domain.scaleMin, domain.scaleMax) -
                           static_cast<double>(event.value);
        sum += off * off;
    }
    return std::sqrt(sum / static_cast<double>(tested.size()));
}

} // namespace

/// Every 10th rating is tested. Options: factors, epochs, "parameters" of the method. Seconds are those of
/// the processor: "seconds a pass" the mean of all passes, "start" what comes before them.
Json benchMf(const std::filesystem::path& folder, const Json& options)
{
    const PartedInteractions parts =
        partInteractions(folder, [](std::size_t number) { return number % 10 == 0; });
    const TrainingData& training = *parts.training;
    Json values = options.value("parameters", Json::object());
    values["factors"] = options.at("factors");
    values["epochs"] = options.at("epochs");
    const FactorSettings settings =
        factorSettings(checkParameters(factorParameters(), values, "parameters").value());

    const auto seconds = [] { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
    const double begin = seconds();
    FactorTraining fit(FactorState::start(training.userCount,
                                          {factorDomain(training.target, training.target)},
                                          settings,
                                          UserBias::Shared,
                                          {})
                           .value());
    const double start = seconds();
    for (int epoch = 1; epoch <= settings.epochs; ++epoch) {
        fit.runEpoch(epoch, {}).value();
    }
    const double passes = seconds() - start;
    const auto ratings = static_cast<double>(training.target.interactions.size());
    return {{"seconds a pass", passes / settings.epochs},
            {"start", start - begin},
            {"million ratings a second", ratings * settings.epochs / passes / 1e6},
            {"rmse", rmse(fit.parameters(0), training.target, parts.tested)}};
}

} // namespace transept::bench
