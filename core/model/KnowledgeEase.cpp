#include "core/model/EaseSolver.h"
#include "core/model/ItemVectors.h"
#include "core/model/Methods.h"

namespace transept {
namespace {

/// B and S as in EaseSolver.h and SemanticMap.h.
class KnowledgeEase final : public Method
{
public:
    explicit KnowledgeEase(EaseOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        if (const auto knowledge = requiredVectors(*data, "knowledge-ease"); !knowledge) {
            return passOn(knowledge);
        }
        return fitEase(std::move(data), m_options, context);
    }

private:
    EaseOptions m_options;
};

std::vector<Parameter> parametersOfKnowledgeEase()
{
    std::vector<Parameter> parameters = easeParameters();
    parameters.push_back(
        {.name = "kappa",
         .type = Parameter::Type::Real,
         .preset = 200.0,
         .low = 0.01,
         .high = 100000.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Pull to the semantic map"),
         .meaning = TRANSLATABLE(
             "methods",
             "How strongly the weights are held near those that the items' knowledge suggests, beside the "
             "regularisation, which holds them near nothing. Search both on validation.")});
    parameters.push_back({.name = "ridge",
                          .type = Parameter::Type::Real,
                          .preset = 1.0,
                          .low = 0.01,
                          .high = 1000.0,
                          .scale = Parameter::Scale::Log,
                          .label = TRANSLATABLE("methods", "Regularisation of the semantic map"),
                          .meaning = TRANSLATABLE(
                              "methods",
                              "Larger: the map between the items' vectors comes near their plain similarity, "
                              "and small. Smaller: what many items have in common counts less in it.")});
    return parameters;
}

EaseOptions optionsFrom(const Parameters& parameters)
{
    EaseOptions options = easeOptionsFrom(parameters);
    options.kappa = parameters.real("kappa");
    options.ridge = parameters.real("ridge");
    return options;
}

} // namespace

MethodDescription describeKnowledgeEase()
{
    return {.name = "knowledge-ease",
            .title = TRANSLATABLE("methods", "Knowledge-regularised EASE"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Moon, Park, Lee 2025 (L3AE); Steck 2019",
            .meaning = TRANSLATABLE(
                "methods",
                "EASE whose weights are not held near nothing alone but near a map of meanings: how well "
                "each item's knowledge vector is explained by the others', learnt first and in the same way. "
                "Where people tell much about two items their weight follows the people; where they tell "
                "little, as for rare and new items, it follows the knowledge. Items of source domains take "
                "part on both sides."),
            .needs = {.knowledge = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = parametersOfKnowledgeEase(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<KnowledgeEase>(optionsFrom(parameters));
            },
            .workload =
                [](const DataShape& shape, const Parameters& parameters) {
                    return easeWorkload(shape, optionsFrom(parameters));
                }};
}

} // namespace transept
