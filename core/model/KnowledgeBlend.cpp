#include "core/model/Contributions.h"
#include "core/model/EaseSolver.h"
#include "core/model/Methods.h"
#include "core/model/Neighbours.h"
#include "core/model/Workload.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace transept {
namespace {

struct MeanAndSpread
{
    double mean = 0.0;
    double spread = 0.0; ///< standard deviation
};

MeanAndSpread meanAndSpread(std::span<const float> scores)
{
    double sum = 0.0;
    double squares = 0.0;
    for (const float score : scores) {
        sum += static_cast<double>(score);
        squares += static_cast<double>(score) * static_cast<double>(score);
    }
    const double count = std::max<double>(1.0, static_cast<double>(scores.size()));
    const double mean = sum / count;
    return {.mean = mean, .spread = std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

/// What a score is multiplied by to have the spread 1; 0 when all are equal.
float unitOf(const MeanAndSpread& scores)
{
    return scores.spread > 1e-12 ? static_cast<float>(1.0 / scores.spread) : 0.0F;
}

/// score(u, c) = z(base) + weight z(text), where z takes a user's mean over all items off and divides by the
/// spread.
class BlendModel final : public Model
{
public:
    BlendModel(std::shared_ptr<const Model> base, std::shared_ptr<const Model> text, float weight)
        : m_base(std::move(base))
        , m_text(std::move(text))
        , m_weight(weight)
    {
    }

    std::size_t itemCount() const noexcept override { return m_base->itemCount(); }

    void score(UserRow user, std::span<float> scores) const override
    {
        std::vector<float> texts(scores.size());
        m_base->score(user, scores);
        m_text->score(user, texts);
        const MeanAndSpread ofBase = meanAndSpread(scores);
        const MeanAndSpread ofText = meanAndSpread(texts);
        const float baseUnit = unitOf(ofBase);
        const float textUnit = m_weight * unitOf(ofText);
        const auto baseMean = static_cast<float>(ofBase.mean);
        const auto textMean = static_cast<float>(ofText.mean);
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = baseUnit * (scores[item] - baseMean) + textUnit * (texts[item] - textMean);
        }
    }

    /// In units of the blended score; they add up to the score except for the same constant for all of a
    /// user's items.
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        std::vector<float> scores(itemCount());
        std::map<std::pair<int, ItemRow>, float> sums;
        for (const bool isText : {false, true}) {
            const Model& model = isText ? *m_text : *m_base;
            model.score(user, scores);
            const float unit = unitOf(meanAndSpread(scores)) * (isText ? m_weight : 1.0F);
            for (const Contribution& each : model.contributions(user, item)) {
                sums[{each.domain, each.item}] += unit * each.weight;
            }
        }
        std::vector<Contribution> result;
        result.reserve(sums.size());
        for (const auto& [from, weight] : sums) {
            result.push_back({.domain = from.first, .item = from.second, .weight = weight});
        }
        return strongestFirst(std::move(result));
    }

private:
    std::shared_ptr<const Model> m_base;
    std::shared_ptr<const Model> m_text;
    float m_weight;
};

/// From .01 on in steps of about a half, and no text at all.
constexpr double coarseWeights[] = {
    0.0, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0};

/// The values of a part's parameters: those named as they are, the text's own with "text-" before, defaults
/// else.
Parameters partOf(const MethodDescription& part, const Parameters& all)
{
    Json values = Json::object();
    for (const Parameter& parameter : part.parameters) {
        const std::string own =
            part.name == "text-knn" && parameter.name != "text" ? "text-" + parameter.name : parameter.name;
        values[parameter.name] = all.json().value(own, parameter.preset);
    }
    return Parameters(std::move(values));
}

class KnowledgeBlend final : public Method
{
public:
    explicit KnowledgeBlend(const Parameters& parameters) : m_parameters(parameters) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        FitContext part = context;
        part.onEpoch = [](const EpochReport&, const std::shared_ptr<const Model>&) {
            return Verdict::Continue;
        };
        const MethodDescription ofBase =
            m_parameters.text("base") == "ease" ? describeEase() : describeItemKnn();
        const MethodDescription ofText = describeTextKnn();
        const auto base = ofBase.create(partOf(ofBase, m_parameters))->fit(data, part);
        if (!base) {
            return passOn(base);
        }
        const auto text = ofText.create(partOf(ofText, m_parameters))->fit(data, part);
        if (!text) {
            return passOn(text);
        }
        double weight = m_parameters.real("weight");
        if (m_parameters.flag("search") && context.validate) {
            const Result<double> best = bestWeight(*base, *text, context);
            if (!best) {
                return passOn(best);
            }
            weight = *best;
        }
        return std::make_shared<const BlendModel>(*base, *text, static_cast<float>(weight));
    }

private:
    static Result<double> bestWeight(const std::shared_ptr<const Model>& base,
                                     const std::shared_ptr<const Model>& text,
                                     const FitContext& context)
    {
        double best = 0.0;
        double quality = -INFINITY;
        std::size_t tried = 0;
        for (const double weight : coarseWeights) {
            if (const Status status = context.job.checkpoint(); !status) {
                return passOn(status);
            }
            context.job.progress(
                {.fraction = static_cast<double>(tried) / static_cast<double>(std::size(coarseWeights)),
                 .stage = TRANSLATABLE("stages", "Choosing the weight of the texts"),
                 .done = static_cast<std::int64_t>(tried),
                 .total = static_cast<std::int64_t>(std::size(coarseWeights))});
            ++tried;
            const double value = context.validate(BlendModel(base, text, static_cast<float>(weight)));
            if (value > quality) {
                quality = value;
                best = weight;
            }
        }
        return best;
    }

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

Workload workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const MethodDescription base = parameters.text("base") == "ease" ? describeEase() : describeItemKnn();
    const MethodDescription text = describeTextKnn();
    Workload load = base.workload(shape, partOf(base, parameters));
    const Workload ofText = text.workload(shape, partOf(text, parameters));
    load.start += ofText.start;
    load.ranking += ofText.ranking + Work{.streamed = 6.0 * shape.target.items};
    load.pair.reset();
    load.ratings = false;
    load.validations = parameters.flag("search") ? static_cast<int>(std::size(coarseWeights)) : 0;
    load.trainBytes = std::max(load.trainBytes, load.modelBytes + ofText.trainBytes);
    load.modelBytes += ofText.modelBytes;
    return load;
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
            .workload = workloadOf};
}

} // namespace transept
