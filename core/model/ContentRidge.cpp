#include "core/model/ContentRidgeModel.h"
#include "core/model/ItemVectors.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <algorithm>

namespace transept {
namespace {

class ContentRidge final : public Method
{
public:
    explicit ContentRidge(const ContentRidgeOptions& options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        if (const Status fits = check(*data); !fits) {
            return passOn(fits);
        }
        ContentRidgeFit fit(*data, m_options);
        if (const Status done = fit.run(context.job); !done) {
            return passOn(done);
        }
        return std::make_shared<const ContentRidgeModel>(
            std::move(data), std::move(fit).domains(), m_options);
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        if (const Status fits = check(*data); !fits) {
            return passOn(fits);
        }
        return ContentRidgeModel::restore(std::move(data), bytes, m_options);
    }

private:
    static Status check(const TrainingData& data)
    {
        if (const auto knowledge = requiredVectors(data, "content-ridge"); !knowledge) {
            return passOn(knowledge);
        }
        if (data.target.kind != FeedbackKind::Explicit) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The method content-ridge explains ratings, and the domain %1 has none."),
                {data.target.name});
        }
        return {};
    }

    ContentRidgeOptions m_options;
};

Parameter shrinkage(const char* name, double preset, const char* label, const char* meaning)
{
    return {.name = name,
            .type = Parameter::Type::Real,
            .preset = preset,
            .low = 0.01,
            .high = 100000.0,
            .scale = Parameter::Scale::Log,
            .label = label,
            .meaning = meaning,
            .unit = TRANSLATABLE("methods", "ratings")};
}

std::vector<Parameter> parametersOfContentRidge()
{
    const ContentRidgeOptions preset;
    return {
        shrinkage("lambda",
                  preset.lambda,
                  TRANSLATABLE("methods", "Shrinkage of what all share"),
                  TRANSLATABLE("methods",
                               "Pulls what a text is worth to everybody towards nothing, as strongly as this "
                               "many ratings would.")),
        shrinkage(
            "lambda-taste",
            preset.lambdaTaste,
            TRANSLATABLE("methods", "Shrinkage of a user's taste"),
            TRANSLATABLE("methods",
                         "Pulls how a user's taste differs from everybody's towards nothing, as strongly "
                         "as this many ratings would.")),
        shrinkage("lambda-user",
                  preset.lambdaUser,
                  TRANSLATABLE("methods", "User shrinkage"),
                  TRANSLATABLE("methods",
                               "Pulls how high a user rates towards the mean of all ratings, as strongly as "
                               "this many average ratings would.")),
        shrinkage(
            "lambda-item",
            preset.lambdaItem,
            TRANSLATABLE("methods", "Item shrinkage"),
            TRANSLATABLE("methods",
                         "Pulls an item's mean towards what its text is worth, as strongly as this many "
                         "ratings would. Large values serve items that nobody rated yet, small ones "
                         "items with many ratings.")),
        {.name = "source-weight",
         .type = Parameter::Type::Real,
         .preset = preset.sourceWeight,
         .low = 0.01,
         .high = 10.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Weight of the sources"),
         .meaning = TRANSLATABLE("methods", "What a rating in a source counts, against one in the target.")}};
}

/// Both ways to solve a user's ridge regression cost; the cheaper one is taken.
Effort usersOf(const DomainShape& all)
{
    const double dimension = all.dimension;
    const double users = std::max(all.users, 1.0);
    const double length = all.interactions / users;
    const double overRatings = all.userSquares * (0.5 * dimension + length / 6.0);
    const double overDimensions = 0.5 * dimension * dimension * (all.interactions + users * dimension / 3.0);
    return {.shared = {.products = std::min(overRatings, overDimensions),
                       .scattered = all.interactions * dimension},
            .alone = {}};
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& /*parameters*/)
{
    constexpr double usualRounds = 6.0;
    const double dimension = shape.target.dimension;
    DomainShape all = shape.joined();
    all.dimension = dimension;
    Effort round = usersOf(all);
    round.shared += {.scattered = all.interactions * dimension};
    round.alone += {.streamed = 2.0 * all.items * dimension};
    Effort start{.shared = usualRounds * round.shared, .alone = usualRounds * round.alone};
    start.alone += {.products = 0.5 * all.items * dimension * dimension};
    const double vectors = workload::factorBytes(all.items, dimension);
    const double tastes = workload::factorBytes(shape.users, dimension);
    return Workload{.start = start,
                    .ratings = true,
                    .ranking = workload::dotScores(shape.target.items, dimension),
                    .pair = Work{.scattered = 2.0, .steps = workload::paddedFactors(dimension)},
                    .trainBytes = 2.0 * sizeof(double) * dimension * dimension,
                    .modelBytes = vectors + tastes};
}

} // namespace

MethodDescription describeContentRidge()
{
    return {.name = "content-ridge",
            .title = TRANSLATABLE("methods", "Ridge regression on content"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Hoerl, Kennard 1970; Zhang, Zhou, Ma, Chen, Zhang, Agarwal 2016 (GLMix)",
            .meaning = TRANSLATABLE(
                "methods",
                "Explains ratings by the items' vectors: what a text is worth to everybody, and how each "
                "user's taste differs from that, learnt from the user's ratings in all domains. Rates items "
                "that nobody rated yet, and its reasons are exact."),
            .needs = {.knowledge = true, .explicitFeedback = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = parametersOfContentRidge(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<ContentRidge>(
                    ContentRidgeOptions{.lambda = parameters.real("lambda"),
                                        .lambdaTaste = parameters.real("lambda-taste"),
                                        .lambdaUser = parameters.real("lambda-user"),
                                        .lambdaItem = parameters.real("lambda-item"),
                                        .sourceWeight = parameters.real("source-weight")});
            },
            .workload = workloadOf};
}

} // namespace transept
