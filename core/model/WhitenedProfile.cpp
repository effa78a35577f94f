#include "core/model/Methods.h"
#include "core/model/ProfileModel.h"

#include <Eigen/Dense>

#include <algorithm>

namespace transept {
namespace {

struct WhitenedProfileOptions
{
    double gamma = 10.0;
    EntryValue values = EntryValue::Liked;
    double decay = 0.9;
};

/// V'V in double, by blocks that are added in order.
Result<Eigen::MatrixXd> secondMoments(const Matrix& vectors, const JobContext& job)
{
    constexpr Eigen::Index rowsAtATime = 512;
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(vectors.cols(), vectors.cols());
    for (Eigen::Index first = 0; first < vectors.rows(); first += rowsAtATime) {
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        const Eigen::Index count = std::min(rowsAtATime, vectors.rows() - first);
        const Eigen::MatrixXd block = vectors.middleRows(first, count).cast<double>();
        sum.selfadjointView<Eigen::Lower>().rankUpdate(block.transpose());
    }
    return sum;
}

/// With V the vectors of all domains' items and h the user's weighted history:
///
///   v = (V'V + gamma I)^-1 V' h,      score(u, c) = <v, x_c>
///
/// Directions that all texts share count little, which raw cosine is led astray by.
class WhitenedProfile final : public Method
{
public:
    explicit WhitenedProfile(WhitenedProfileOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<History> history = History::of(*data, m_options.values, context.job);
        if (!history) {
            return passOn(history);
        }
        Result<Matrix> vectors = historyVectors(*data, *history, "whitened-profile");
        if (!vectors) {
            return passOn(vectors);
        }
        Result<Eigen::MatrixXd> moments = secondMoments(*vectors, context.job);
        if (!moments) {
            return passOn(moments);
        }
        moments->diagonal().array() += m_options.gamma;
        const Eigen::MatrixXd inverse = moments->selfadjointView<Eigen::Lower>().llt().solve(
            Eigen::MatrixXd::Identity(moments->rows(), moments->cols()));
        // <V' h, x_c' (V'V + gamma I)^-1> instead of solving for every user
        Matrix whitened = data->target.knowledge->vectors * inverse.cast<float>();
        SparseRows queries = history->recent(m_options.decay);
        return std::make_shared<const ProfileModel>(std::move(*history),
                                                    std::move(queries),
                                                    std::move(*vectors),
                                                    std::move(whitened),
                                                    ProfileModel::Length::Kept);
    }

private:
    WhitenedProfileOptions m_options;
};

std::vector<Parameter> parametersOfWhitenedProfile()
{
    Parameter values = entryValueParameter();
    values.preset = "liked";
    Parameter decay = decayParameter();
    decay.preset = 0.9;
    return {{.name = "gamma",
             .type = Parameter::Type::Real,
             .preset = 10.0,
             .low = 0.01,
             .high = 100000.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Whitening"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Small: what all texts have in common counts nothing. Very large: plain similarity of "
                 "vectors.")},
            values,
            decay};
}

} // namespace

MethodDescription describeWhitenedProfile()
{
    return {.name = "whitened-profile",
            .title = TRANSLATABLE("methods", "Whitened text profile"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Su, Cao, Liu, Ou 2021 (whitening)",
            .meaning = TRANSLATABLE(
                "methods",
                "The vectors of the user's history are added up and compared with each item's vector, "
                "after directions that all texts share were made small. For sentence vectors."),
            .needs = {.knowledge = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = parametersOfWhitenedProfile(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<WhitenedProfile>(
                    WhitenedProfileOptions{.gamma = parameters.real("gamma"),
                                           .values = entryValueFrom(parameters),
                                           .decay = parameters.real("decay")});
            }};
}

} // namespace transept
