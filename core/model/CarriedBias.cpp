#include "core/model/BaselineModel.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

struct CarriedBiasOptions
{
    double lambdaUser = 3.0;
    double lambdaItem = 2.0;
    double lambdaSource = 5.0;
};

/// Minimises
///
///   sum_(u,i in target) (r_ui - mean - b_i - b_u)^2 + lambdaItem sum_i b_i^2 + lambdaUser sum_u (b_u -
///   <slopes, s_u>)^2
///
/// where s_u are the user's shrunk biases in the source domains. A user without target ratings gets <slopes,
/// s_u>. The b_u can be eliminated, which leaves weighted least squares for the slopes with weights n lambda
/// / (n + lambda).
class CarriedBiasFit
{
public:
    CarriedBiasFit(const InteractionMatrix& ratings,
                   Eigen::MatrixXd sourceBiases,
                   const CarriedBiasOptions& options)
        : m_ratings(ratings)
        , m_sources(std::move(sourceBiases))
        , m_options(options)
    {
        m_baseline.mean = ratings.mean();
        m_baseline.user.resize(ratings.userCount());
        m_baseline.item.resize(ratings.itemCount());
    }

    Result<Baseline> run(const JobContext& job)
    {
        constexpr int mostSweeps = 500;
        for (int sweep = 0; sweep < mostSweeps; ++sweep) {
            if (const Status status = job.checkpoint(); !status) {
                return passOn(status);
            }
            const double itemMove = improveItems();
            if (std::max(itemMove, improveUsers()) < 1e-6) {
                break;
            }
        }
        return m_baseline;
    }

private:
    double improveItems()
    {
        double move = 0.0;
        for (std::size_t item = 0; item < m_baseline.item.size(); ++item) {
            const auto users = m_ratings.usersOf(static_cast<ItemRow>(item));
            const auto values = m_ratings.itemValuesOf(static_cast<ItemRow>(item));
            double sum = 0.0;
            for (std::size_t at = 0; at < users.size(); ++at) {
                sum += static_cast<double>(values[at]) - m_baseline.mean - m_baseline.user[index(users[at])];
            }
            const double best = sum / (static_cast<double>(users.size()) + m_options.lambdaItem);
            move = std::max(move, std::abs(best - m_baseline.item[item]));
            m_baseline.item[item] = best;
        }
        return move;
    }

    double improveUsers()
    {
        const auto users = m_sources.rows();
        Eigen::VectorXd sums = Eigen::VectorXd::Zero(users);
        Eigen::VectorXd counts = Eigen::VectorXd::Zero(users);
        Eigen::MatrixXd left = 1e-9 * Eigen::MatrixXd::Identity(m_sources.cols(), m_sources.cols());
        Eigen::VectorXd right = Eigen::VectorXd::Zero(m_sources.cols());
        for (Eigen::Index user = 0; user < users; ++user) {
            const auto items = m_ratings.itemsOf(static_cast<UserRow>(user));
            const auto values = m_ratings.valuesOf(static_cast<UserRow>(user));
            if (items.empty()) {
                continue;
            }
            for (std::size_t at = 0; at < items.size(); ++at) {
                sums(user) +=
                    static_cast<double>(values[at]) - m_baseline.mean - m_baseline.item[index(items[at])];
            }
            counts(user) = static_cast<double>(items.size());
            const double weight = m_options.lambdaUser / (counts(user) + m_options.lambdaUser);
            left += weight * counts(user) * m_sources.row(user).transpose() * m_sources.row(user);
            right += weight * sums(user) * m_sources.row(user).transpose();
        }
        const Eigen::VectorXd slopes = left.ldlt().solve(right);
        double move = 0.0;
        for (Eigen::Index user = 0; user < users; ++user) {
            const double carried = m_sources.row(user).dot(slopes);
            const double best =
                (sums(user) + m_options.lambdaUser * carried) / (counts(user) + m_options.lambdaUser);
            double& bias = m_baseline.user[static_cast<std::size_t>(user)];
            move = std::max(move, std::abs(best - bias));
            bias = best;
        }
        return move;
    }

    const InteractionMatrix& m_ratings;
    Eigen::MatrixXd m_sources; ///< users x source domains with ratings
    CarriedBiasOptions m_options;
    Baseline m_baseline;
};

class CarriedBias final : public Method
{
public:
    explicit CarriedBias(CarriedBiasOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        std::vector<Baseline> sources;
        for (const TrainingDomain& source : data->sources) {
            if (source.kind != FeedbackKind::Explicit) {
                continue;
            }
            Result<Baseline> baseline =
                fitBaseline(source.interactions, {.lambdaUser = m_options.lambdaSource}, context.job);
            if (!baseline) {
                return passOn(baseline);
            }
            sources.push_back(std::move(*baseline));
        }
        if (sources.empty() || data->target.kind != FeedbackKind::Explicit) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "The method carried-bias carries a user's bias from the ratings of a source domain to "
                    "the ratings of %1. Choose a target and a source with ratings."),
                {data->target.name});
        }
        Eigen::MatrixXd biases(static_cast<Eigen::Index>(data->userCount),
                               static_cast<Eigen::Index>(sources.size()));
        for (std::size_t at = 0; at < sources.size(); ++at) {
            biases.col(static_cast<Eigen::Index>(at)) =
                Eigen::Map<const Eigen::VectorXd>(sources[at].user.data(), biases.rows());
        }
        Result<Baseline> carried =
            CarriedBiasFit(data->target.interactions, std::move(biases), m_options).run(context.job);
        if (!carried) {
            return passOn(carried);
        }
        return std::make_shared<const BaselineModel>(std::move(*carried), true);
    }

private:
    CarriedBiasOptions m_options;
};

Parameter shrinkage(const char* name, double preset, const char* label, const char* meaning)
{
    return {.name = name,
            .type = Parameter::Type::Real,
            .preset = preset,
            .low = 0.01,
            .high = 1000.0,
            .scale = Parameter::Scale::Log,
            .label = label,
            .meaning = meaning,
            .unit = TRANSLATABLE("methods", "ratings")};
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& /*parameters*/)
{
    Effort start;
    start.alone = workload::baseline(shape.target).shared; // with the slopes, by one thread
    for (const DomainShape& source : shape.sources) {
        start += source.kind == FeedbackKind::Explicit ? workload::baseline(source) : Effort{};
    }
    const double biases = shape.users * static_cast<double>(1 + shape.sources.size()) + shape.target.items;
    return Workload{.start = start,
                    .ratings = true,
                    .ranking = {.streamed = 2.0 * shape.target.items},
                    .pair = Work{.scattered = 2.0, .steps = 2.0},
                    .trainBytes = 2.0 * biases * sizeof(double),
                    .modelBytes = biases * sizeof(double)};
}

} // namespace

MethodDescription describeCarriedBias()
{
    return {
        .name = "carried-bias",
        .title = TRANSLATABLE("methods", "Bias carried from the source"),
        .family = TRANSLATABLE("methods", "Controls"),
        .source = "Koren 2009",
        .meaning = TRANSLATABLE(
            "methods",
            "The item's mean rating plus how high this user rates in the source domains, times a learned "
            "slope; ratings in the target count as well. What every method for new users must beat."),
        .needs = {.sources = true, .overlap = true, .explicitFeedback = true},
        .usesSources = true,
        .parameters =
            {shrinkage(
                 "lambda-user",
                 3.0,
                 TRANSLATABLE("methods", "User shrinkage"),
                 TRANSLATABLE(
                     "methods",
                     "Pulls a user's bias in the target towards the carried one, as strongly as this many "
                     "ratings would.")),
             shrinkage(
                 "lambda-item",
                 2.0,
                 TRANSLATABLE("methods", "Item shrinkage"),
                 TRANSLATABLE(
                     "methods",
                     "Pulls an item's mean towards the mean of all ratings, as strongly as this many average "
                     "ratings would.")),
             shrinkage(
                 "lambda-source",
                 5.0,
                 TRANSLATABLE("methods", "Source shrinkage"),
                 TRANSLATABLE(
                     "methods",
                     "Pulls a user's bias in a source domain towards 0, as strongly as this many average "
                     "ratings would."))},
        .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
            return std::make_unique<CarriedBias>(
                CarriedBiasOptions{.lambdaUser = parameters.real("lambda-user"),
                                   .lambdaItem = parameters.real("lambda-item"),
                                   .lambdaSource = parameters.real("lambda-source")});
        },
        .workload = workloadOf};
}

} // namespace transept
