#include "core/model/Epochs.h"
#include "core/model/FactorReasons.h"
#include "core/model/FactorTraining.h"
#include "core/model/FactorWorkload.h"
#include "core/model/Mapping.h"
#include "core/model/Methods.h"

#include <algorithm>

namespace transept {
namespace {

struct EmcdrSettings
{
    FactorSettings factors;
    bool network = false;
    double mapRegularisation = 1.0;
    int mapPasses = 20;
    float mapRate = 0.003F;
    int leastEvents = 5;
    bool mapEverybody = false;
};

/// A user's vector as the mapping sees it: the factors, then the bias. The bias is mapped with the taste,
/// because the two domains' habits of rating go together just as tastes do.
Matrix extended(const FactorParameters& domain, std::span<const std::size_t> users)
{
    const auto width = static_cast<Eigen::Index>(domain.users.width);
    Matrix rows(static_cast<Eigen::Index>(users.size()), width + 1);
    for (std::size_t at = 0; at < users.size(); ++at) {
        const auto row = static_cast<Eigen::Index>(at);
        rows.row(row).head(width) = Eigen::Map<const Vector>(domain.users.at(users[at]), width).transpose();
        rows(row, width) = domain.userBiases[users[at]];
    }
    return rows;
}

/// Who teaches the mapping, and whose target vectors come from it.
struct MappingUsers
{
    std::vector<std::size_t> teachers;
    std::vector<std::size_t> mapped;
};

MappingUsers mappingUsers(const TrainingData& data, const EmcdrSettings& settings)
{
    MappingUsers users;
    const auto least = static_cast<std::size_t>(settings.leastEvents);
    for (std::size_t user = 0; user < data.userCount; ++user) {
        const auto row = static_cast<UserRow>(user);
        const std::size_t inTarget = data.target.interactions.itemsOf(row).size();
        std::size_t inSources = 0;
        for (const TrainingDomain& source : data.sources) {
            inSources += source.interactions.itemsOf(row).size();
        }
        if (inTarget >= least && inSources >= least) {
            users.teachers.push_back(user);
        }
        if (inSources > 0 && (inTarget == 0 || settings.mapEverybody)) {
            users.mapped.push_back(user);
        }
    }
    return users;
}

/// The same surroundings for the first or second half of an epoch.
FitContext halfOf(const FitContext& context, int half)
{
    FitContext part = context;
    part.job.progress = [tell = context.job.progress, half](const Progress& progress) {
        const auto total = static_cast<double>(std::max<std::int64_t>(progress.total, 1));
        const double within = progress.fraction - static_cast<double>(progress.done) / total;
        Progress whole = progress;
        whole.fraction = static_cast<double>(progress.done) / total + (within + half / total) / 2.0;
        tell(whole);
    };
    return part;
}

/// Factorisations of the sources and of the target that advance together, and the mapping between them,
/// fitted anew after every epoch: so each epoch has a complete model to be judged by.
class EmcdrTraining
{
public:
    EmcdrTraining(FactorTraining source,
                  FactorTraining target,
                  std::unique_ptr<Mapping> mapping,
                  MappingUsers users,
                  double rate)
        : m_source(std::move(source))
        , m_target(std::move(target))
        , m_mapping(std::move(mapping))
        , m_users(std::move(users))
        , m_rate(rate)
    {
    }

    Result<double> runEpoch(int epoch, const FitContext& context)
    {
        if (const Result<double> loss = m_source.runEpoch(epoch, halfOf(context, 0)); !loss) {
            return loss;
        }
        const Result<double> loss = m_target.runEpoch(epoch, halfOf(context, 1));
        if (!loss) {
            return loss;
        }
        const FactorParameters source = m_source.parameters(0);
        m_parameters = m_target.parameters(0);
        const MappingExamples examples{.inputs = extended(source, m_users.teachers),
                                       .outputs = extended(m_parameters, m_users.teachers)};
        if (const Status status = m_mapping->fit(examples, context.job); !status) {
            return passOn(status);
        }
        const Matrix mapped = m_mapping->learnt().map(extended(source, m_users.mapped));
        if (!mapped.allFinite()) {
            return diverged(epoch, m_rate);
        }
        for (std::size_t at = 0; at < m_users.mapped.size(); ++at) {
            const auto row = mapped.row(static_cast<Eigen::Index>(at));
            const std::size_t user = m_users.mapped[at];
            std::ranges::copy(row.head(row.size() - 1), m_parameters.users.row(user).begin());
            m_parameters.userBiases[user] = row(row.size() - 1);
        }
        return loss;
    }

    const FactorParameters& parameters() const { return m_parameters; }

    /// What is known of the items of every source.
    std::vector<FactorParameters> sources(std::size_t count) const
    {
        std::vector<FactorParameters> all;
        for (std::size_t source = 0; source < count; ++source) {
            all.push_back(m_source.itemParameters(source));
        }
        return all;
    }

    LearntMap map() const { return m_mapping->learnt(); }

    /// What changes from epoch to epoch.
    void exchange(TrainingState& state)
    {
        m_source.exchange(state);
        m_target.exchange(state);
        m_mapping->exchange(state);
    }

private:
    FactorTraining m_source;
    FactorTraining m_target;
    std::unique_ptr<Mapping> m_mapping;
    MappingUsers m_users;
    double m_rate;
    FactorParameters m_parameters;
};

class Emcdr final : public Method
{
public:
    explicit Emcdr(const EmcdrSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        std::vector<FactorDomain> sources;
        for (const TrainingDomain& source : data->sources) {
            sources.push_back(factorDomain(source, data->target));
        }
        const FactorDomain target = factorDomain(data->target, data->target);
        const FactorSettings& factors = m_settings.factors;
        Result<FactorState> ofSources =
            FactorState::start(data->userCount, std::move(sources), factors, UserBias::Shared, context);
        if (!ofSources) {
            return passOn(ofSources);
        }
        Result<FactorState> ofTarget =
            FactorState::start(data->userCount, {target}, factors, UserBias::Shared, context);
        if (!ofTarget) {
            return passOn(ofTarget);
        }
        EmcdrTraining training(FactorTraining(std::move(*ofSources)),
                               FactorTraining(std::move(*ofTarget)),
                               mapping(context.seed),
                               mappingUsers(*data, m_settings),
                               m_settings.network ? static_cast<double>(m_settings.mapRate)
                                                  : factors.learningRate);
        return runEpochs(
            factors.epochs,
            context,
            [&](int epoch) { return training.runEpoch(epoch, context); },
            [&] {
                FactorBackground known = background();
                known.sources = training.sources(data->sources.size());
                known.map = training.map();
                return std::make_shared<const ExplainedFactorModel>(
                    training.parameters(), std::move(known), data, factors);
            },
            [&](TrainingState& numbers) { training.exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return restoreExplainedModel(std::move(data), bytes, background(), m_settings.factors);
    }

private:
    FactorBackground background() const { return {.mapsEverybody = m_settings.mapEverybody}; }

    std::unique_ptr<Mapping> mapping(std::uint64_t seed) const
    {
        return m_settings.network ? networkMapping({.passes = m_settings.mapPasses,
                                                    .learningRate = m_settings.mapRate,
                                                    .decay = static_cast<float>(m_settings.mapRegularisation),
                                                    .seed = seed})
                                  : linearMapping(m_settings.mapRegularisation);
    }

    EmcdrSettings m_settings;
};

std::vector<Parameter> mapParameters()
{
    using Type = Parameter::Type;
    return {{.name = "map",
             .type = Type::Choice,
             .preset = "linear",
             .choices = {"linear", "mlp"},
             .label = TRANSLATABLE("methods", "Mapping"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "What carries a user's vector and bias from the sources to the target: a linear map "
                 "in closed form, or a network with one layer of tanh units.")},
            {.name = "map-regularisation",
             .type = Type::Real,
             .preset = 2.0,
             .low = 1e-6,
             .high = 1000.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Regularisation of the mapping"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Pulls the mapping towards the mean user. For the linear map in units of the vectors' "
                 "variance, for the network the weight decay.")}};
}

std::vector<Parameter> networkParameters()
{
    using Type = Parameter::Type;
    using Scale = Parameter::Scale;
    return {{.name = "map-epochs",
             .type = Type::Integer,
             .preset = 2,
             .low = 1,
             .high = 1000,
             .scale = Scale::Log,
             .label = TRANSLATABLE("methods", "Passes of the mapping"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "How often the network sees the shared users after each epoch of the factorisations."),
             .onlyWhen = "map=mlp"},
            {.name = "map-rate",
             .type = Type::Real,
             .preset = 0.001,
             .low = 1e-5,
             .high = 0.1,
             .scale = Scale::Log,
             .label = TRANSLATABLE("methods", "Learning rate of the mapping"),
             .meaning = TRANSLATABLE("methods", "The step of Adam, which trains the network."),
             .onlyWhen = "map=mlp"}};
}

std::vector<Parameter> peopleParameters()
{
    using Type = Parameter::Type;
    return {{.name = "least-events",
             .type = Type::Integer,
             .preset = 5,
             .low = 1,
             .high = 100,
             .label = TRANSLATABLE("methods", "Fewest interactions"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "The mapping learns from users with at least so many training interactions in the "
                 "target and in the sources."),
             .unit = TRANSLATABLE("methods", "interactions")},
            {.name = "map-everybody",
             .type = Type::Flag,
             .preset = false,
             .label = TRANSLATABLE("methods", "Map everybody"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Users with training interactions in the target are scored by their mapped vector as "
                 "well, instead of their own.")}};
}

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = factorParameters();
    for (auto part : {mapParameters(), networkParameters(), peopleParameters()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

/// Both factorisations, and the mapping, which is fitted after every epoch.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& values)
{
    const FactorSettings settings = factorSettings(values);
    Workload load = factorWorkload(shape.users, {&shape.target, 1}, settings);
    const Workload sources = factorWorkload(shape.users, shape.sources, settings);
    load.start += sources.start;
    load.epoch += sources.epoch;
    const double width = settings.factors + 1.0;
    const double teachers = shape.shared;
    const double mapped = values.flag("map-everybody") ? shape.users : shape.users - shape.target.users;
    if (values.text("map") == "mlp") {
        load.epoch.alone += {.products = 24.0 * teachers * width * width * values.integer("map-epochs")};
    }
    load.epoch.alone += {.products = 8.0 * (teachers + mapped / 4.0) * width * width + width * width * width,
                         .streamed = 4.0 * (teachers + mapped) * width};
    load.trainBytes += sources.trainBytes + sources.modelBytes + 32.0 * teachers * width;
    for (const DomainShape& source : shape.sources) {
        load.modelBytes += factorModelBytes(0.0, source.items, settings.factors) + 4.0 * shape.users;
    }
    return load;
}

} // namespace

MethodDescription describeEmcdr()
{
    return {.name = "emcdr",
            .title = TRANSLATABLE("methods", "Embedding and mapping"),
            .family = TRANSLATABLE("methods", "Cross-domain"),
            .source = "Man, Shen, Jin, Cheng 2017",
            .meaning = TRANSLATABLE(
                "methods",
                "Factorises the sources and the target apart, learns from the users they share how "
                "a vector of the one becomes a vector of the other, and so knows users who are new "
                "in the target."),
            .needs = {.sources = true, .overlap = true},
            .usesSources = true,
            .iterative = true,
            .parameters = parameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<Emcdr>(
                    EmcdrSettings{.factors = factorSettings(values),
                                  .network = values.text("map") == "mlp",
                                  .mapRegularisation = values.real("map-regularisation"),
                                  .mapPasses = values.integer("map-epochs"),
                                  .mapRate = values.single("map-rate"),
                                  .leastEvents = values.integer("least-events"),
                                  .mapEverybody = values.flag("map-everybody")});
            },
            .workload = workloadOf};
}

} // namespace transept
