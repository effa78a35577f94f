#include "core/model/Registry.h"
#include "tests/bench/engine/Bench.h"

#include <algorithm>
#include <cmath>

namespace transept::bench {

/// Rows whose number leaves the rest "fold" when divided by "folds" are tested, as the folds of a k-fold
/// split in file order.
Json benchBayesianMf(const std::filesystem::path& folder, const Json& options)
{
    const auto folds = options.at("folds").get<std::size_t>();
    const auto fold = options.at("fold").get<std::size_t>();
    const auto [training, tested] =
        partInteractions(folder, [&](std::size_t number) { return number % folds == fold; });
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
