#include "core/model/Registry.h"
#include "tests/bench/engine/Bench.h"

#include <algorithm>
#include <cmath>

namespace transept::bench {

/// Rows whose number leaves the rest "fold" when divided by "folds" are tested, as the folds of a k-fold
/// split in file order.
Json benchBayesianMf(const std::filesystem::path& folder, const Json& options)
{
    const auto all = readInteractions(folder);
    auto training = std::make_shared<TrainingData>();
    training->userCount = all->userCount;
    training->target.name = all->target.name;
    training->target.scaleMin = all->target.scaleMin;
    training->target.scaleMax = all->target.scaleMax;
    std::vector<Event> tested;
    for (const Event& event : all->target.events) {
        const bool isTested = event.place % options.at("folds").get<int>() == options.at("fold").get<int>();
        (isTested ? tested : training->target.events).push_back(event);
    }
    const std::size_t items = all->target.interactions.itemCount();
    training->target.interactions = InteractionMatrix(training->userCount, items, training->target.events);
    Json values = options;
    for (const char* ours : {"fold", "folds", "threads"}) {
        values.erase(ours);
    }
    values.emplace("implicit", false); // the peer does without, unless the options say otherwise
    const MethodDescription& description = **findMethod("bayesian-mf");
    const Parameters parameters = checkParameters(description.parameters, values, "options").value();

    const Stopwatch watch;
    const auto model = description.create(parameters)->fit(training, {}).value();
    const double seconds = watch.seconds();

    double sum = 0.0;
    for (const Event& event : tested) {
        float score = 0.0F;
        model->scoreItems(event.user, {&event.item, 1}, {&score, 1});
        const double predicted =
            std::clamp(static_cast<double>(score), training->target.scaleMin, training->target.scaleMax);
        const double off = predicted - static_cast<double>(event.value);
        sum += off * off;
    }
    const int sweeps = parameters.integer("burn-in") + parameters.integer("samples");
    return {{"seconds", seconds},
            {"samples per second", sweeps / seconds},
            {"rmse", std::sqrt(sum / static_cast<double>(tested.size()))}};
}

} // namespace transept::bench
