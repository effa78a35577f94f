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
    const auto all = readInteractions(folder);
    TrainingData training;
    training.userCount = all->userCount;
    training.target.scaleMin = all->target.scaleMin;
    training.target.scaleMax = all->target.scaleMax;
    std::vector<Event> tested;
    std::vector<Event> trained;
    for (const Event& event : all->target.events) {
        (event.place % 10 == 0 ? tested : trained).push_back(event);
    }
    training.target.interactions =
        InteractionMatrix(training.userCount, all->target.interactions.itemCount(), trained);
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
    const auto ratings = static_cast<double>(trained.size());
    return {{"seconds a pass", passes / settings.epochs},
            {"start", start - begin},
            {"million ratings a second", ratings * settings.epochs / passes / 1e6},
            {"rmse", rmse(fit.parameters(0), training.target, tested)}};
}

} // namespace transept::bench
