#include "core/model/BprTraining.h"
#include "core/model/Epochs.h"
#include "core/model/FactorState.h"
#include "core/model/FactorWorkload.h"
#include "core/model/History.h"
#include "core/model/LightGcnTraining.h"
#include "core/model/Methods.h"
#include "core/model/StoredFactorModel.h"

#include <algorithm>

namespace transept {
namespace {

using Type = Parameter::Type;
using Scale = Parameter::Scale;

constexpr std::string_view mark = "TLG2";

class LightGcn final : public Method
{
public:
    explicit LightGcn(const LightGcnSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<LightGcnTraining> training = LightGcnTraining::start(*data, m_settings, context);
        if (!training) {
            return passOn(training);
        }
        std::shared_ptr<const Model> latest;
        const auto train = [&](int epoch) -> Result<double> {
            Result<double> loss = training->runEpoch(epoch, context);
            if (!loss) {
                return loss;
            }
            Result<FactorParameters> propagated = training->parameters(context.job);
            if (!propagated) {
                return passOn(propagated);
            }
            latest = std::make_shared<const StoredFactorModel>(
                std::move(*propagated), mark, training->ownVectors());
            return loss;
        };
        return runEpochs(
            m_settings.epochs,
            context,
            train,
            [&] { return latest; },
            [&](TrainingState& numbers) { training->exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return StoredFactorModel::restore(*data, bytes, mark);
    }

private:
    LightGcnSettings m_settings;
};

std::vector<Parameter> parameters()
{
    const std::vector<Parameter> all = bprParameters();
    return {
        sharedParameter(all, "factors", 64),
        {.name = "layers",
         .type = Type::Integer,
         .preset = 3,
         .low = 0,
         .high = 10,
         .label = TRANSLATABLE("methods", "Layers"),
         .meaning = TRANSLATABLE(
             "methods",
             "How far a vector spreads from a user to items, to their users, and so on; 0: not at all, as "
             "plain matrix factorisation.")},
        sharedParameter(all, "epochs", 100),
        {.name = "batch",
         .type = Type::Integer,
         .preset = 2048,
         .low = 1,
         .high = 1'000'000,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Batch"),
         .meaning = TRANSLATABLE(
             "methods",
             "How many interactions make a step. The whole graph is gone through for every step: larger "
             "batches are faster, smaller ones learn more from an epoch."),
         .unit = TRANSLATABLE("methods", "interactions")},
        sharedParameter(all, "learning-rate", 0.005),
        sharedParameter(all, "regularisation", 1e-4),
        sharedParameter(all, "deviation", 0.1),
        sharedParameter(all, "values", "binary"),
        sharedParameter(all, "source-weight", 0.2),
    };
}

/// Every batch goes through the whole graph twice, and Adam through all vectors.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& values)
{
    const DomainShape all = shape.joined();
    const double positives = workload::countedShare(values.text("values")) * all.interactions;
    const double factors = values.integer("factors");
    const double numbers = workload::paddedFactors(factors);
    const double nodes = shape.users + all.items;
    const double batches = std::max(1.0, positives / values.integer("batch"));
    const Work propagation =
        values.integer("layers") *
        (workload::gatheredAmong(2.0 * positives * numbers, workload::factorBytes(nodes, factors)) +
         Work{.streamed = 4.0 * nodes * numbers, .scattered = 4.0 * positives});
    Workload load{.epochs = values.integer("epochs")};
    load.start.alone = {.scattered = 8.0 * all.interactions, .steps = 12.0 * all.interactions};
    load.start.shared = {.steps = 8.0 * factors * nodes};
    load.epoch.shared =
        (2.0 * batches + 1.0) * propagation + batches * Work{.streamed = 12.0 * nodes * numbers};
    load.epoch.alone = positives * Work{.products = 12.0 * numbers, .scattered = 8.0, .steps = 15.0};
    load.ranking = workload::dotScores(shape.target.items, factors);
    load.pair = Work{.products = numbers, .scattered = 4.0, .steps = 4.0};
    load.modelBytes = factorModelBytes(shape.users, shape.target.items, factors) +
                      workload::factorBytes(nodes, factors); // before propagation
    load.trainBytes = 8.0 * workload::factorBytes(nodes, factors) + 28.0 * positives;
    return load;
}

} // namespace

MethodDescription describeLightGcn()
{
    return {.name = "lightgcn",
            .title = TRANSLATABLE("methods", "LightGCN"),
            .family = TRANSLATABLE("methods", "Factorisation"),
            .source = "He, Deng, Wang, Li, Zhang, Wang 2020",
            .meaning = TRANSLATABLE(
                "methods",
                "Vectors of users and items are smoothed over the graph of who has what, so that users with "
                "like neighbours come to lie together; learnt by ranking what a user has above what the "
                "user has not. The graph spans the target and the sources."),
            .usesSources = true,
            .iterative = true,
            .startsWarm = true,
            .parameters = parameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<LightGcn>(
                    LightGcnSettings{.factors = values.integer("factors"),
                                     .layers = values.integer("layers"),
                                     .epochs = values.integer("epochs"),
                                     .batch = values.integer("batch"),
                                     .learningRate = values.real("learning-rate"),
                                     .regularisation = values.single("regularisation"),
                                     .deviation = values.single("deviation"),
                                     .likedOnly = entryValueFrom(values) == EntryValue::Liked,
                                     .sourceWeight = values.single("source-weight")});
            },
            .workload = workloadOf};
}

} // namespace transept
