#include "core/model/BlendWeights.h"
#include "core/model/Members.h"
#include "core/model/Methods.h"
#include "core/model/Neighbours.h"
#include "core/model/Registry.h"

namespace transept {
namespace {

/// From .01 on in steps of about a half, and no text at all.
constexpr double coarseWeights[] = {
    0.0, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0};

/// The part of that method: of its parameters those named as they are, the text's own with "text-" before,
/// defaults else.
Member partOf(const std::string& name, const Parameters& parameters)
{
    const MethodDescription* method = findMethod(name).value();
    Json values = Json::object();
    for (const Parameter& parameter : method->parameters) {
        const bool isOfText = name == "text-knn" && parameter.name != "text";
        values[parameter.name] =
            parameters.json().value(isOfText ? "text-" + parameter.name : parameter.name, parameter.preset);
    }
    return {.method = method, .parameters = Parameters(std::move(values))};
}

/// The base, the texts.
std::vector<Member> bothFrom(const Parameters& parameters)
{
    return {partOf(parameters.text("base"), parameters), partOf("text-knn", parameters)};
}

/// score(u, c) = z(base) + weight z(text), where z takes a user's mean over all items off and divides by the
/// spread.
class KnowledgeBlend final : public Method
{
public:
    explicit KnowledgeBlend(const Parameters& parameters) : m_parameters(parameters) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        constexpr double shareOfMembers = 0.8;
        const Result<Parts> parts = fitMembers(bothFrom(m_parameters), data, context, shareOfMembers);
        if (!parts) {
            return passOn(parts);
        }
        std::vector<std::vector<double>> candidates;
        for (const double weight : coarseWeights) {
            candidates.push_back({1.0, weight});
        }
        return blended(*parts,
                       {1.0, m_parameters.real("weight")},
                       m_parameters.flag("search") ? candidates : std::vector<std::vector<double>>{},
                       context);
    }

private:
    Parameters m_parameters;
};

Parameter onlyOn(Parameter parameter, const char* base)
{
    parameter.onlyWhen = std::string("base=") + base;
    return parameter;
}

std::vector<Parameter> parametersOfKnowledgeBlend()
{
    std::vector<Parameter> parameters{
        {.name = "base",
         .type = Parameter::Type::Choice,
         .preset = "ease",
         .choices = {"ease", "item-knn"},
         .label = TRANSLATABLE("methods", "Base"),
         .meaning = TRANSLATABLE(
             "methods",
             "The method without text that is blended with the texts. Take the strongest: a gain over a "
             "weak base says nothing.")},
        {.name = "search",
         .type = Parameter::Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Choose the weight on validation"),
         .meaning = TRANSLATABLE(
             "methods",
             "Tries weights from 0 to 2 and takes the best on the validation part; without one the weight "
             "below is used.")},
        {.name = "weight",
         .type = Parameter::Type::Real,
         .preset = 0.1,
         .low = 0.0,
         .high = 5.0,
         .label = TRANSLATABLE("methods", "Weight of the texts"),
         .meaning = TRANSLATABLE(
             "methods",
             "How much the similarity of texts counts against the base, both brought to the same spread; "
             "used when it is not chosen on validation.")}};
    for (const Parameter& parameter : describeEase().parameters) {
        parameters.push_back(parameter.name == "lambda" ? onlyOn(parameter, "ease") : parameter);
    }
    for (const Parameter& parameter : neighbourParameters()) {
        parameters.push_back(onlyOn(parameter, "item-knn"));
    }
    for (Parameter parameter : describeTextKnn().parameters) {
        if (parameter.name == "decay") {
            parameter.label = TRANSLATABLE("methods", "Recency for the texts");
        } else if (parameter.name == "values") {
            parameter.label = TRANSLATABLE("methods", "For the texts an interaction counts");
        }
        parameter.name = parameter.name == "text" ? "text" : "text-" + parameter.name;
        parameters.push_back(parameter);
    }
    return parameters;
}

} // namespace

MethodDescription describeKnowledgeBlend()
{
    return {.name = "knowledge-blend",
            .title = TRANSLATABLE("methods", "Knowledge blend"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Burke 2002 (weighted hybrid)",
            .meaning = TRANSLATABLE(
                "methods",
                "The strongest method without text plus a little of the similarity of texts. The plainest "
                "way to find out whether knowledge helps here."),
            .needs = {.terms = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = parametersOfKnowledgeBlend(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<KnowledgeBlend>(parameters);
            },
            .workload =
                [](const DataShape& shape, const Parameters& parameters) {
                    const double tries = parameters.flag("search") ? std::size(coarseWeights) : 0.0;
                    return blendWorkload(bothFrom(parameters), shape, tries);
                }};
}

} // namespace transept
