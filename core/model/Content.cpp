#include "core/model/ItemVectors.h"
#include "core/model/Methods.h"
#include "core/model/ProfileModel.h"

namespace transept {
namespace {

/// With w_j the ratings of the user's items j in all domains (as shares of the highest) times the recency:
///
///   profile = sum_j w_j x_j / sum_j w_j,      score(u, c) = cos(profile, x_c)
///
/// The divisor does not change the cosine and is left out.
class Content final : public Method
{
public:
    Content(EntryValue values, double decay) : m_values(values), m_decay(decay) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        const Result<const ItemKnowledge*> target = requiredVectors(*data, "content");
        if (!target) {
            return passOn(target);
        }
        Result<ScoredHistory> scored = ScoredHistory::of(*data, m_values, m_decay, context.job);
        if (!scored) {
            return passOn(scored);
        }
        KnowledgeVectors vectors = columnVectors(*data, scored->history);
        return std::make_shared<const ProfileModel>(
            std::move(*scored),
            ProfileModel::Vectors{.history = std::move(vectors), .items = (*target)->vectors},
            ProfileModel::Length::One);
    }

private:
    EntryValue m_values;
    double m_decay;
};

} // namespace

MethodDescription describeContent()
{
    Parameter values = entryValueParameter();
    values.preset = "values";
    return {.name = "content",
            .title = TRANSLATABLE("methods", "Content profile"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Pazzani, Billsus 2007; Lops, de Gemmis, Semeraro 2011",
            .meaning = TRANSLATABLE(
                "methods",
                "The mean of the vectors of all that the user had, in every domain, weighted by the ratings; "
                "recommended is what points the same way. The classic of recommending by content: it needs "
                "nobody else's interactions and serves new items."),
            .needs = {.knowledge = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = {std::move(values), decayParameter()},
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Content>(entryValueFrom(parameters), parameters.real("decay"));
            },
            .workload =
                [](const DataShape& shape, const Parameters& parameters) {
                    return std::optional(profileWorkload(shape, parameters));
                }};
}

} // namespace transept
