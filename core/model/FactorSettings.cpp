#include "core/model/FactorState.h"

#include <algorithm>

namespace transept {

namespace {

using Type = Parameter::Type;
using Scale = Parameter::Scale;

std::vector<Parameter> stepParameters()
{
    return {
        {.name = "factors",
         .type = Type::Integer,
         .preset = 64,
         .low = 1,
         .high = 512,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Factors"),
         .meaning = TRANSLATABLE("methods", "The length of the vectors that stand for users and items.")},
        {.name = "epochs",
         .type = Type::Integer,
         .preset = 30,
         .low = 1,
         .high = 1000,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Epochs"),
         .meaning = TRANSLATABLE("methods", "How often the training interactions are gone through at most.")},
        {.name = "optimizer",
         .type = Type::Choice,
         .preset = "sgd",
         .choices = {"sgd", "adagrad", "adam"},
         .label = TRANSLATABLE("methods", "Optimiser"),
         .meaning = TRANSLATABLE(
             "methods",
             "How a gradient becomes a step: plain stochastic gradient descent (the fastest), or "
             "with a rate of its own for every number.")},
        {.name = "learning-rate",
         .type = Type::Real,
         .preset = 0.04,
         .low = 1e-5,
         .high = 1.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Learning rate"),
         .meaning =
             TRANSLATABLE("methods",
                          "The length of a step in domains with ratings. Too high a rate diverges, too "
                          "low a one crawls. For adagrad 0.02 is a good one, for adam 0.001.")},
        {.name = "learning-rate-decay",
         .type = Type::Real,
         .preset = 0.0,
         .low = 0.0,
         .high = 1.0,
         .label = TRANSLATABLE("methods", "Decay of the learning rate"),
         .meaning = TRANSLATABLE("methods", "In epoch n the rate is divided by 1 + decay x (n - 1).")},
    };
}

std::vector<Parameter> ratingParameters()
{
    return {
        {.name = "regularisation",
         .type = Type::Real,
         .preset = 0.08,
         .low = 1e-5,
         .high = 10.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Regularisation of factors"),
         .meaning = TRANSLATABLE("methods", "Pulls the factors towards 0 with every rating.")},
        {.name = "user-bias-regularisation",
         .type = Type::Real,
         .preset = 3.0,
         .low = 0.01,
         .high = 1000.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Regularisation of user biases"),
         .meaning = TRANSLATABLE(
             "methods",
             "Pulls a user's bias towards 0, as strongly as this many average interactions would."),
         .unit = TRANSLATABLE("methods", "interactions")},
        {.name = "item-bias-regularisation",
         .type = Type::Real,
         .preset = 2.0,
         .low = 0.01,
         .high = 1000.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Regularisation of item biases"),
         .meaning = TRANSLATABLE(
             "methods",
             "Pulls an item's bias towards 0, as strongly as this many average interactions would."),
         .unit = TRANSLATABLE("methods", "interactions")},
        {.name = "deviation",
         .type = Type::Real,
         .preset = 0.01,
         .low = 1e-4,
         .high = 1.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Initial deviation"),
         .meaning = TRANSLATABLE("methods",
                                 "The standard deviation of the random numbers that factors start with.")},
    };
}

std::vector<Parameter> implicitParameters()
{
    return {
        {.name = "loss",
         .type = Type::Choice,
         .preset = "logistic",
         .choices = {"logistic", "squared"},
         .label = TRANSLATABLE("methods", "Loss of implicit feedback"),
         .meaning = TRANSLATABLE(
             "methods",
             "What is made small for domains without ratings, where events count as 1 and sampled "
             "items as 0. Ratings always have squared error.")},
        {.name = "implicit-rate",
         .type = Type::Real,
         .preset = 0.05,
         .low = 1e-5,
         .high = 1.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Learning rate of implicit feedback"),
         .meaning = TRANSLATABLE("methods", "The length of a step in domains without ratings.")},
        {.name = "implicit-regularisation",
         .type = Type::Real,
         .preset = 0.01,
         .low = 1e-5,
         .high = 10.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Regularisation of implicit feedback"),
         .meaning = TRANSLATABLE(
             "methods", "Pulls the factors towards 0 with every event of a domain without ratings.")},
        {.name = "negatives",
         .type = Type::Integer,
         .preset = 10,
         .low = 0,
         .high = 100,
         .label = TRANSLATABLE("methods", "Sampled items per event"),
         .meaning = TRANSLATABLE(
             "methods",
             "For domains without ratings: how many items that the user did not have are drawn for "
             "each event, anew in every epoch.")},
    };
}

} // namespace

std::vector<Parameter> factorParameters()
{
    std::vector<Parameter> all = stepParameters();
    for (auto part : {ratingParameters(), implicitParameters()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

FactorSettings factorSettings(const Parameters& parameters)
{
    FactorSettings settings{.userBiasRegularisation = parameters.real("user-bias-regularisation"),
                            .itemBiasRegularisation = parameters.real("item-bias-regularisation"),
                            .implicitLoss =
                                parameters.text("loss") == "squared" ? PairLoss::Squared : PairLoss::Logistic,
                            .implicitRate = parameters.real("implicit-rate"),
                            .implicitRegularisation = parameters.single("implicit-regularisation"),
                            .negatives = parameters.integer("negatives")};
    readSteps(parameters, settings);
    return settings;
}

Parameter sharedParameter(const std::vector<Parameter>& all, std::string_view name, const Json& preset)
{
    Parameter parameter = *std::ranges::find(all, name, &Parameter::name);
    parameter.preset = preset;
    return parameter;
}

} // namespace transept
