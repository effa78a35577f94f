#include "core/evaluation/Measures.h"
#include "core/model/BprTraining.h"
#include "core/model/StoredFactorModel.h"
#include "tests/bench/engine/Bench.h"

namespace transept::bench {

/// Every 5th interaction is tested, the others are trained on. Options: "parameters" of the method; "groups"
/// of items, where not those that the method chooses. A model is copied after every epoch, as in a run.
Json benchBpr(const std::filesystem::path& folder, const Json& options)
{
    PartedInteractions parts = partInteractions(folder, [](std::size_t number) { return number % 5 == 0; });
    TrainingData training = *parts.training;
    training.target.kind = FeedbackKind::Implicit;
    const HeldOut test{.events = std::move(parts.tested)};
    const Result<Parameters> parameters =
        checkParameters(bprParameters(), options.value("parameters", Json::object()), "parameters");
    BprSettings settings = bprSettings(parameters.value());
    settings.groups = options.value("groups", std::size_t{0});

    const FitContext context{.seed = options.value("seed", std::uint64_t{1})};

    const Stopwatch watch;
    BprTraining fit = BprTraining::start(training, settings, context).value();
    const double preparation = watch.seconds();
    FactorParameters latest;
    double loss = 0.0;
    for (int epoch = 1; epoch <= settings.epochs; ++epoch) {
        loss = fit.runEpoch(epoch, context).value();
        latest = fit.parameters();
    }
    const double seconds = watch.seconds();

    const StoredFactorModel model(std::move(latest), "TBP1");
    const Evaluation evaluation =
        evaluate(model, training, test, nullptr, {.measures = {"ndcg@10"}}, {}).value();
    return {{"seconds", seconds},
            {"seconds an epoch", (seconds - preparation) / settings.epochs},
            {"ndcg@10", evaluation.values.at("ndcg@10")},
            {"loss", loss}};
}

} // namespace transept::bench
