#include "core/model/BprTraining.h"
#include "core/model/Epochs.h"
#include "core/model/FactorState.h"
#include "core/model/FactorWorkload.h"
#include "core/model/History.h"
#include "core/model/Methods.h"
#include "core/model/StoredFactorModel.h"

#include <algorithm>

namespace transept {
namespace {

using Type = Parameter::Type;
using Scale = Parameter::Scale;

constexpr std::string_view mark = "TBP1";

class Bpr final : public Method
{
public:
    explicit Bpr(const BprSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<BprTraining> training = BprTraining::start(*data, m_settings, context);
        if (!training) {
            return passOn(training);
        }
        return runEpochs(
            m_settings.epochs,
            context,
            [&](int epoch) { return training->runEpoch(epoch, context); },
            [&] { return std::make_shared<const StoredFactorModel>(training->parameters(), mark); },
            [&](TrainingState& numbers) { training->exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return StoredFactorModel::restore(*data, bytes, mark);
    }

private:
    BprSettings m_settings;
};

std::vector<Parameter> stepParameters()
{
    const std::vector<Parameter> all = factorParameters();
    return {sharedParameter(all, "factors", 64),
            sharedParameter(all, "epochs", 30),
            sharedParameter(all, "optimizer", "sgd"),
            {.name = "learning-rate",
             .type = Type::Real,
             .preset = 0.03,
             .low = 1e-5,
             .high = 1.0,
             .scale = Scale::Log,
             .label = TRANSLATABLE("methods", "Learning rate"),
             .meaning = TRANSLATABLE(
                 "methods", "The length of a step. Too high a rate diverges, too low a one crawls.")},
            sharedParameter(all, "learning-rate-decay", 0.0),
            {.name = "regularisation",
             .type = Type::Real,
             .preset = 0.02,
             .low = 1e-6,
             .high = 10.0,
             .scale = Scale::Log,
             .label = TRANSLATABLE("methods", "Regularisation"),
             .meaning = TRANSLATABLE("methods",
                                     "Pulls the vectors and biases of the user and of both items towards 0 "
                                     "with every step.")},
            sharedParameter(all, "deviation", 0.1)};
}

std::vector<Parameter> choiceParameters()
{
    Parameter values = entryValueParameter();
    values.choices = {"binary", "liked"};
    values.meaning =
        TRANSLATABLE("methods",
                     "binary: every interaction says that the user likes the item. liked: only ratings of at "
                     "least the user's own mean do; items rated lower count as not had.");
    return {
        std::move(values),
        {.name = "negatives",
         .type = Type::Choice,
         .preset = "popularity",
         .choices = {"uniform", "popularity"},
         .label = TRANSLATABLE("methods", "Items to compare with"),
         .meaning = TRANSLATABLE(
             "methods",
             "How the items that the user does not have are drawn, one for each interaction in every "
             "epoch. uniform: all alike. popularity: popular items more often, which sharpens the top of "
             "the lists.")},
        {.name = "exponent",
         .type = Type::Real,
         .preset = 0.5,
         .low = 0.0,
         .high = 2.0,
         .label = TRANSLATABLE("methods", "Exponent of popularity"),
         .meaning = TRANSLATABLE("methods",
                                 "An item is drawn in proportion to this power of the number of its users."),
         .onlyWhen = "negatives=popularity"},
        {.name = "item-biases",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Biases of items"),
         .meaning = TRANSLATABLE("methods", "Whether an item can be liked more than others by everybody.")},
        {.name = "source-weight",
         .type = Type::Real,
         .preset = 0.2,
         .low = 0.001,
         .high = 10.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Weight of the sources"),
         .meaning = TRANSLATABLE(
             "methods", "How much an interaction of a source domain counts; one of the target counts 1.")}};
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const BprSettings settings = bprSettings(parameters);
    const DomainShape all = shape.joined();
    const double positives = workload::countedShare(parameters.text("values")) * all.interactions;
    const double numbers = workload::paddedFactors(settings.factors);
    Workload load{.epochs = settings.epochs};
    load.start.alone = {.scattered = 4.0 * all.interactions, .steps = 12.0 * all.interactions};
    load.start.shared = {.steps = 8.0 * settings.factors * (shape.users + all.items)};
    load.epoch.shared = positives * Work{.products = 8.0 * numbers, .scattered = 8.0, .steps = 20.0};
    if (settings.optimizer != OptimizerKind::Sgd) {
        load.epoch.shared += positives * Work{.products = 30.0 * numbers, .scattered = 10.0, .steps = 30.0};
    }
    load.epoch.shared += {.streamed = 2.0 * numbers * (shape.users + all.items)};
    load.ranking = workload::dotScores(shape.target.items, settings.factors);
    load.pair = Work{.products = numbers, .scattered = 4.0, .steps = 4.0};
    load.modelBytes = factorModelBytes(shape.users, shape.target.items, settings.factors);
    load.trainBytes = (1.0 + momentsOf(settings.optimizer)) *
                          workload::factorBytes(shape.users + all.items, settings.factors) +
                      16.0 * positives + 24.0 * (shape.users + all.items);
    return load;
}

} // namespace

std::vector<Parameter> bprParameters()
{
    std::vector<Parameter> all = stepParameters();
    std::ranges::move(choiceParameters(), std::back_inserter(all));
    return all;
}

BprSettings bprSettings(const Parameters& parameters)
{
    BprSettings settings{.itemBiases = parameters.flag("item-biases"),
                         .likedOnly = entryValueFrom(parameters) == EntryValue::Liked,
                         .negativesExponent =
                             parameters.text("negatives") == "popularity" ? parameters.real("exponent") : 0.0,
                         .sourceWeight = parameters.single("source-weight")};
    readSteps(parameters, settings);
    return settings;
}

MethodDescription describeBpr()
{
    return {.name = "bpr",
            .title = TRANSLATABLE("methods", "Bayesian personalised ranking"),
            .family = TRANSLATABLE("methods", "Factorisation"),
            .source = "Rendle, Freudenthaler, Gantner, Schmidt-Thieme 2009",
            .meaning = TRANSLATABLE(
                "methods",
                "Every user and every item becomes a short vector, learnt so that what a user has is ranked "
                "above what the user has not. Users have one vector for the target and the sources."),
            .usesSources = true,
            .iterative = true,
            .startsWarm = true,
            .parameters = bprParameters(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Bpr>(bprSettings(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
