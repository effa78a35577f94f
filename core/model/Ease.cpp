#include "core/model/EaseSolver.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

namespace transept {
namespace {

class Ease final : public Method
{
public:
    explicit Ease(EaseOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        return fitEase(std::move(data), m_options, context);
    }

private:
    EaseOptions m_options;
};

std::vector<Parameter> parametersOfEase()
{
    std::vector<Parameter> parameters = easeParameters();
    parameters.push_back(
        {.name = "solver",
         .type = Parameter::Type::Choice,
         .preset = "auto",
         .choices = {"auto", "exact", "neighbourhood"},
         .label = TRANSLATABLE("methods", "Solver"),
         .meaning = TRANSLATABLE(
             "methods",
             "exact: one system of all items, or of all users where they are fewer, of at most 20,000. "
             "neighbourhood: an approximation, one small system an item; the run tells how far it is off. "
             "auto: exact where it can be.")});
    parameters.push_back(
        {.name = "neighbourhood",
         .type = Parameter::Type::Integer,
         .preset = 300,
         .low = 1,
         .high = 2000,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Neighbourhood"),
         .meaning = TRANSLATABLE(
             "methods",
             "How many items may speak for each one when it is solved by neighbourhoods: those that explain "
             "best who has it. More are closer to the exact weights and take longer, eight times for twice "
             "as many."),
         .unit = TRANSLATABLE("methods", "items"),
         .onlyWhen = "solver=auto,neighbourhood"});
    return parameters;
}

EaseSystem systemFrom(const Parameters& parameters)
{
    const std::string solver = parameters.text("solver");
    return solver == "exact"           ? EaseSystem::Exact
           : solver == "neighbourhood" ? EaseSystem::Neighbourhood
                                       : EaseSystem::Auto;
}

EaseOptions optionsFrom(const Parameters& parameters)
{
    EaseOptions options = easeOptionsFrom(parameters);
    options.solver = systemFrom(parameters);
    options.neighbourhood = parameters.integer("neighbourhood");
    return options;
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    return easeWorkload(shape, optionsFrom(parameters));
}

} // namespace

MethodDescription describeEase()
{
    return {.name = "ease",
            .title = TRANSLATABLE("methods", "EASE"),
            .family = TRANSLATABLE("methods", "Linear"),
            .source = "Steck 2019",
            .meaning = TRANSLATABLE(
                "methods",
                "Weights between all pairs of items, learnt in one step: how strongly having one item "
                "speaks for another. Items of source domains speak for the target's as well. Among the "
                "strongest methods for rankings. Above 20,000 items and as many users each item is explained "
                "by its strongest neighbours alone, and the run tells how far that is from the exact "
                "weights."),
            .usesSources = true,
            .parameters = parametersOfEase(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Ease>(optionsFrom(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
