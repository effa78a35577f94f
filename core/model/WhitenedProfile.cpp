#include "core/model/ItemVectors.h"
#include "core/model/Methods.h"
#include "core/model/ProfileModel.h"
#include "core/model/Workload.h"

namespace transept {
namespace {

struct WhitenedProfileOptions
{
    double gamma = 10.0;
    EntryValue values = EntryValue::Liked;
    double decay = 0.9;
};

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
        const Result<const ItemKnowledge*> target = requiredVectors(*data, "whitened-profile");
        if (!target) {
            return passOn(target);
        }
        Result<ScoredHistory> scored =
            ScoredHistory::of(*data, m_options.values, m_options.decay, context.job);
        if (!scored) {
            return passOn(scored);
        }
        KnowledgeVectors vectors = columnVectors(*data, scored->history);
        const Result<Eigen::MatrixXd> inverse = inverseMoments(vectors, m_options.gamma, context.job);
        if (!inverse) {
            return passOn(inverse);
        }
        // <V' h, x_c' (V'V + gamma I)^-1> instead of solving for every user
        const Matrix map = inverse->cast<float>();
        const KnowledgeVectors& items = (*target)->vectors;
        Matrix whitened(items.rows(), items.cols());
        forRowsOf(items, [&](Eigen::Index first, const VectorReader::Rows& rows) {
            whitened.middleRows(first, rows.rows()).noalias() = rows * map;
        });
        return std::make_shared<const ProfileModel>(
            std::move(*scored),
            ProfileModel::Vectors{.history = std::move(vectors), .items = std::move(whitened)},
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

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const double dimension = shape.target.dimension;
    Workload load = profileWorkload(shape, parameters);
    load.start.alone += {.products = dimension * dimension * (2.0 * shape.joined().items + 2.0 * dimension)};
    load.start.alone += {.products = shape.target.items * dimension * dimension};
    load.trainBytes = 4.0 * sizeof(double) * dimension * dimension;
    load.modelBytes += sizeof(float) * dimension * shape.target.items; // of the whitened vectors
    return load;
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
            },
            .workload = workloadOf};
}

} // namespace transept
