#include "core/base/Interruptible.h"
#include "core/model/BaselineModel.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <limits>
#include <vector>

namespace transept {
namespace {

/// Gives users without ratings in the target what carriedMean() has for them.
Status carryUserMeans(const TrainingData& data,
                      std::span<const double> sourceMeans,
                      double lambda,
                      const JobContext& job,
                      Baseline& baseline)
{
    for (std::size_t at = 0; at < data.userCount; ++at) {
        if (Status going = everyFewThousand(at, job); !going) {
            return going;
        }
        const auto user = static_cast<UserRow>(at);
        if (data.target.interactions.itemsOf(user).empty()) {
            baseline.user[at] = carriedMean(data, sourceMeans, user, lambda);
        }
    }
    return {};
}

std::vector<double> meansOfSources(const TrainingData& data)
{
    std::vector<double> means;
    for (const TrainingDomain& source : data.sources) {
        means.push_back(source.interactions.mean());
    }
    return means;
}

/// mean + b_u + b_i, or without one of the two or both.
class Bias final : public Method
{
public:
    Bias(const std::string& terms, BaselineOptions options)
        : m_options(options)
        , m_carriesUserMeans(terms == "user")
    {
        // Held at 0 by a penalty that no sum of ratings moves.
        constexpr double held = std::numeric_limits<double>::infinity();
        if (terms == "item" || terms == "none") {
            m_options.lambdaUser = held;
        }
        if (terms == "user" || terms == "none") {
            m_options.lambdaItem = held;
        }
    }

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<Baseline> baseline = fitBaseline(data->target.interactions, m_options, context.job);
        if (!baseline) {
            return passOn(baseline);
        }
        BaselineModel::Newcomers newcomers{.data = Newcomer(*data),
                                           .lambdaUser = m_options.lambdaUser,
                                           .lambdaItem = m_options.lambdaItem,
                                           .sourceMeans = {}};
        if (m_carriesUserMeans && data->target.kind == FeedbackKind::Explicit) {
            newcomers.sourceMeans = meansOfSources(*data);
            const Status carried =
                carryUserMeans(*data, newcomers.sourceMeans, m_options.lambdaUser, context.job, *baseline);
            if (!carried) {
                return passOn(carried);
            }
        }
        return std::make_shared<const BaselineModel>(
            std::move(*baseline), data->target.kind == FeedbackKind::Explicit, std::move(newcomers));
    }

private:
    BaselineOptions m_options;
    bool m_carriesUserMeans;
};

bool carriesUserMeans(const Parameters& parameters)
{
    return parameters.text("terms") == "user";
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    Effort start = workload::baseline(shape.target);
    if (carriesUserMeans(parameters)) {
        start.alone += {.streamed = 2.0 * (shape.joined().interactions - shape.target.interactions)};
    }
    return Workload{.start = start,
                    .ratings = shape.target.kind == FeedbackKind::Explicit,
                    .ranking = {.streamed = 2.0 * shape.target.items},
                    .pair = Work{.scattered = 2.0, .steps = 2.0},
                    .modelBytes = (shape.users + shape.target.items) * sizeof(double)};
}

} // namespace

MethodDescription describeBias()
{
    return {
        .name = "bias",
        .title = TRANSLATABLE("methods", "User and item bias"),
        .family = TRANSLATABLE("methods", "Controls"),
        .source = "Koren 2009",
        .meaning = TRANSLATABLE(
            "methods",
            "The mean rating, how much more or less this user gives than others, and how much "
            "more or less this item gets; or one of the two, or the mean alone. It knows no taste: what "
            "others must beat."),
        .parameters =
            {{.name = "terms",
              .type = Parameter::Type::Choice,
              .preset = "both",
              .choices = {"both", "user", "item", "none"},
              .label = TRANSLATABLE("methods", "Biases"),
              .meaning = TRANSLATABLE(
                  "methods",
                  "both: of users and of items. user: the user's own mean, in the source domains when "
                  "the target has no rating of the user. item: the item's mean. none: the mean of all "
                  "ratings for everything.")},
             {.name = "lambda-user",
              .type = Parameter::Type::Real,
              .preset = 3.0,
              .low = 0.01,
              .high = 1000.0,
              .scale = Parameter::Scale::Log,
              .label = TRANSLATABLE("methods", "User shrinkage"),
              .meaning = TRANSLATABLE(
                  "methods",
                  "Pulls a user's bias towards 0, as strongly as this many average ratings would."),
              .unit = TRANSLATABLE("methods", "ratings"),
              .onlyWhen = "terms=both,user"},
             {.name = "lambda-item",
              .type = Parameter::Type::Real,
              .preset = 2.0,
              .low = 0.01,
              .high = 1000.0,
              .scale = Parameter::Scale::Log,
              .label = TRANSLATABLE("methods", "Item shrinkage"),
              .meaning = TRANSLATABLE(
                  "methods",
                  "Pulls an item's bias towards 0, as strongly as this many average ratings would."),
              .unit = TRANSLATABLE("methods", "ratings"),
              .onlyWhen = "terms=both,item"}},
        .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
            return std::make_unique<Bias>(parameters.text("terms"),
                                          BaselineOptions{.lambdaUser = parameters.real("lambda-user"),
                                                          .lambdaItem = parameters.real("lambda-item")});
        },
        .traitsOf =
            [](const Parameters& parameters) { return Traits{.usesSources = carriesUserMeans(parameters)}; },
        .workload = workloadOf};
}

} // namespace transept
