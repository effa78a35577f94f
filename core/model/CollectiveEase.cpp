#include "core/model/EaseSolver.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <algorithm>

namespace transept {
namespace {

bool hasTerms(const ItemKnowledge& knowledge)
{
    return std::any_of(knowledge.termWeights.begin(), knowledge.termWeights.end(), [](const auto& terms) {
        return !terms.empty();
    });
}

class CollectiveEase final : public Method
{
public:
    explicit CollectiveEase(EaseOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        const ItemKnowledge* knowledge = data->target.knowledge.get();
        if (knowledge == nullptr) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "The method %1 needs a knowledge base for the domain %2."),
                        {"collective-ease", data->target.name});
        }
        if (m_options.features == FeatureRows::Terms && !hasTerms(*knowledge)) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The knowledge base has no term weights for the domain %1. Choose the features "
                             "\"vectors\", or a base of the extractor \"lexical\"."),
                {data->target.name});
        }
        return fitEase(std::move(data), m_options, context);
    }

private:
    EaseOptions m_options;
};

std::vector<Parameter> parametersOfCollectiveEase()
{
    std::vector<Parameter> parameters = easeParameters();
    parameters.push_back(
        {.name = "alpha",
         .type = Parameter::Type::Real,
         .preset = 20.0,
         .low = 0.01,
         .high = 10000.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Weight of the features"),
         .meaning = TRANSLATABLE("methods",
                                 "How much two items that share features are taken for a pair that people "
                                 "have together. Search it on validation, with the regularisation.")});
    parameters.push_back(
        {.name = "features",
         .type = Parameter::Type::Choice,
         .preset = "vectors",
         .choices = {"vectors", "terms"},
         .label = TRANSLATABLE("methods", "Features"),
         .meaning = TRANSLATABLE("methods",
                                 "vectors: the knowledge base's vector of each item. terms: the weighted "
                                 "words of its text.")});
    return parameters;
}

EaseOptions optionsFrom(const Parameters& parameters)
{
    EaseOptions options = easeOptionsFrom(parameters);
    options.alpha = parameters.real("alpha");
    options.features = parameters.text("features") == "terms" ? FeatureRows::Terms : FeatureRows::Vectors;
    return options;
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    return easeWorkload(shape, optionsFrom(parameters));
}

} // namespace

MethodDescription describeCollectiveEase()
{
    return {.name = "collective-ease",
            .title = TRANSLATABLE("methods", "Collective EASE"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Steck 2019; Jeunen, Van Balen, Goethals 2020",
            .meaning = TRANSLATABLE(
                "methods",
                "EASE that learns from people and from the items' knowledge at once: a shared feature "
                "counts like a person who has both items. Items without interactions get weights from "
                "what is known of them."),
            .needs = {.knowledge = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = parametersOfCollectiveEase(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<CollectiveEase>(optionsFrom(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
