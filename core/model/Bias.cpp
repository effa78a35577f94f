#include "core/model/BaselineModel.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <limits>
#include <vector>

namespace transept {
namespace {

/// Gives users without ratings in the target the bias that their ratings in the source domains show, in parts
/// of the scales' widths:
///
///   b_u = width_t sum_(s, j) (r_uj - mean_s) / width_s / (n + lambda)
///
/// with the n ratings of the user in all sources.
void carryUserMeans(const TrainingData& data, double lambda, Baseline& baseline)
{
    const auto widthOf = [](const TrainingDomain& domain) { return domain.scaleMax - domain.scaleMin; };
    std::vector<double> sums(data.userCount);
    std::vector<double> counts(data.userCount);
    for (const TrainingDomain& source : data.sources) {
        if (source.kind != FeedbackKind::Explicit || widthOf(source) <= 0.0) {
            continue;
        }
        const double mean = source.interactions.mean();
        for (std::size_t user = 0; user < data.userCount; ++user) {
            for (const float value : source.interactions.valuesOf(static_cast<UserRow>(user))) {
                sums[user] += (static_cast<double>(value) - mean) / widthOf(source);
                counts[user] += 1.0;
            }
        }
    }
    for (std::size_t user = 0; user < data.userCount; ++user) {
        if (counts[user] > 0.0 && data.target.interactions.itemsOf(static_cast<UserRow>(user)).empty()) {
            baseline.user[user] = widthOf(data.target) * sums[user] / (counts[user] + lambda);
        }
    }
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
        if (m_carriesUserMeans && data->target.kind == FeedbackKind::Explicit) {
            carryUserMeans(*data, m_options.lambdaUser, *baseline);
        }
        return std::make_shared<const BaselineModel>(
            std::move(*baseline),
            data->target.kind == FeedbackKind::Explicit,
            BaselineModel::Newcomers{.data = Newcomer(*data), .lambdaUser = m_options.lambdaUser});
    }

private:
    BaselineOptions m_options;
    bool m_carriesUserMeans;
};

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& /*parameters*/)
{
    return Workload{.start = workload::baseline(shape.target),
                    .ratings = shape.target.kind == FeedbackKind::Explicit,
                    .ranking = {.streamed = 2.0 * shape.target.items},
                    .pair = Work{.scattered = 2.0, .steps = 2.0},
                    .modelBytes = (shape.users + shape.target.items) * sizeof(double)};
}

} // namespace

MethodDescription describeBias()
{
    return {.name = "bias",
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
            .workload = workloadOf};
}

} // namespace transept
