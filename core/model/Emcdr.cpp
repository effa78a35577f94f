#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/Epochs.h"
#include "core/model/FactorReasons.h"
#include "core/model/FactorTraining.h"
#include "core/model/FactorWorkload.h"
#include "core/model/Mapping.h"
#include "core/model/Methods.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t rowsPerBlock = 256;

struct EmcdrSettings
{
    FactorSettings factors;
    bool network = false;
    double mapRegularisation = 1.0;
    int mapPasses = 20;
    float mapRate = 0.003F;
    int leastEvents = 5;
    bool mapEverybody = false;
    bool carriesHabits = true; ///< where a source and the target have ratings
    double habitShrinkage = 10.0;
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

/// Makes room for the numbers of CarriedHabits at the end of the vectors, and sets those of the items; users
/// have 0 there.
void addHabits(FactorParameters& domain, TaskGuard& guard)
{
    const auto widen = [&](FactorMatrix& matrix) {
        FactorMatrix rows(matrix.rows, matrix.width + CarriedHabits::width);
        forEachBlock(rows.rows, rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
                std::ranges::copy(matrix.row(row), rows.row(row).begin());
            }
        });
        matrix = std::move(rows);
    };
    widen(domain.users);
    widen(domain.items);
    for (std::size_t item = 0; item < domain.items.rows; ++item) {
        std::ranges::copy(CarriedHabits::itemNumbers(domain.itemBiases[item]),
                          domain.items.row(item).last(CarriedHabits::width).begin());
    }
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

/// Where the target's factorisation starts: with the vectors that it learnt, where everybody was mapped.
StartingPoint startOfTarget(const StartingPoint& start)
{
    StartingPoint target{.factors = {}, .users = start.users, .items = {start.items.front()}};
    for (const std::string name : {"users", "user-biases", "items", "item-biases"}) {
        const auto own = start.factors.find("own-" + name);
        const auto found = own != start.factors.end() ? own : start.factors.find(name);
        if (found != start.factors.end()) {
            target.factors.insert({name, found->second});
        }
    }
    return target;
}

/// Where that of the sources starts, of which the first has the place of the target here.
StartingPoint startOfSources(const StartingPoint& start)
{
    StartingPoint sources{.factors = {}, .users = start.users, .items = {}};
    sources.items.assign(start.items.begin() + 1, start.items.end());
    const auto take = [&](const std::string& from, const std::string& to) {
        if (const auto found = start.factors.find(from); found != start.factors.end()) {
            sources.factors.emplace(to, found->second);
        }
    };
    take("source-users", "users");
    for (std::size_t source = 1; source < start.items.size(); ++source) {
        for (const char* name : {"items", "item-biases", "user-biases"}) {
            take(fmt::format("source-{}-{}", source, name),
                 source == 1 ? name : fmt::format("source-{}-{}", source - 1, name));
        }
    }
    return sources;
}

/// The same surroundings with another start.
FitContext from(const FitContext& context, StartingPoint (*startOf)(const StartingPoint&))
{
    FitContext part = context;
    if (context.start != nullptr) {
        part.start = std::make_shared<const StartingPoint>(startOf(*context.start));
    }
    return part;
}

/// What the settings say of a model, without what it learns.
FactorBackground backgroundOf(const EmcdrSettings& settings)
{
    return {.mapsEverybody = settings.mapEverybody, .habitShrinkage = settings.habitShrinkage};
}

/// Factorisations of the sources and of the target that advance together, and the mapping between them,
/// fitted anew after every epoch: so each epoch has a complete model to be judged by.
class EmcdrTraining
{
public:
    EmcdrTraining(FactorTraining source,
                  FactorTraining target,
                  std::unique_ptr<Mapping> mapping,
                  std::shared_ptr<const TrainingData> data,
                  const EmcdrSettings& settings)
        : m_source(std::move(source))
        , m_target(std::move(target))
        , m_mapping(std::move(mapping))
        , m_data(std::move(data))
        , m_settings(settings)
        , m_users(mappingUsers(*m_data, settings))
        , m_background(backgroundOf(settings))
    {
        const auto rated = [](const TrainingDomain& each) { return each.kind == FeedbackKind::Explicit; };
        if (settings.carriesHabits && rated(m_data->target) && std::ranges::any_of(m_data->sources, rated)) {
            m_background.habits.emplace();
        }
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
        FactorParameters source = m_source.parameters(0);
        m_parameters = m_target.parameters(0);
        if (m_settings.mapEverybody) {
            m_background.ownUsers = m_parameters.users;
            m_background.ownUserBiases = m_parameters.userBiases;
        }
        m_background.sources.clear();
        for (std::size_t at = 0; at < m_data->sources.size(); ++at) {
            m_background.sources.push_back(m_source.itemParameters(at));
        }
        const MappingExamples examples{.inputs = extended(source, m_users.teachers),
                                       .outputs = extended(m_parameters, m_users.teachers)};
        if (const Status status = m_mapping->fit(examples, context.job); !status) {
            return passOn(status);
        }
        m_background.map = m_mapping->learnt();
        const Matrix mapped = m_background.map.map(extended(source, m_users.mapped));
        if (!mapped.allFinite()) {
            return diverged(epoch,
                            m_settings.network ? static_cast<double>(m_settings.mapRate)
                                               : m_settings.factors.learningRate);
        }
        const Status carried = m_background.habits ? carryHabits(context.job) : Status{};
        if (!carried) {
            return passOn(carried);
        }
        takeOver(mapped);
        m_background.sourceUsers = std::move(source.users);
        return loss;
    }

    const FactorParameters& parameters() const { return m_parameters; }
    const FactorBackground& background() const { return m_background; }

    /// What changes from epoch to epoch.
    void exchange(TrainingState& state)
    {
        m_source.exchange(state);
        m_target.exchange(state);
        m_mapping->exchange(state);
    }

private:
    /// The biases of those who are mapped, and what the items' biases are worth for them.
    Status carryHabits(const JobContext& job)
    {
        const std::vector<ReasonDomain> sources = sourceDomains(*m_data, m_background);
        const double meanSquare = meanSquareOfBiases(sources);
        const SourceHabits habits(sources, m_background.habitShrinkage, meanSquare);
        Result<CarriedHabits> learnt = learnCarriedHabits(habits,
                                                          m_data->target.interactions,
                                                          m_parameters,
                                                          m_users.teachers,
                                                          m_settings.factors.itemBiasRegularisation,
                                                          job);
        if (!learnt) {
            return passOn(learnt);
        }
        learnt->meanSquare = static_cast<float>(meanSquare);
        m_background.habits = *learnt;
        TaskGuard guard(job);
        addHabits(m_parameters, guard);
        const std::vector<std::size_t>& mapped = m_users.mapped;
        forEachBlock(mapped.size(), rowsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                const RatingHabits known = habits.of(static_cast<UserRow>(mapped[at]));
                m_parameters.userBiases[mapped[at]] = static_cast<float>(learnt->userBias(known));
                std::ranges::transform(learnt->userNumbers(known),
                                       m_parameters.users.row(mapped[at]).last(CarriedHabits::width).begin(),
                                       [](double number) { return static_cast<float>(number); });
            }
        });
        return guard.status();
    }

    /// The vectors of those who are mapped, and their biases where these are mapped as well.
    void takeOver(const Matrix& mapped)
    {
        const Eigen::Index width = mapped.cols() - 1;
        for (std::size_t at = 0; at < m_users.mapped.size(); ++at) {
            const auto row = mapped.row(static_cast<Eigen::Index>(at));
            const std::size_t user = m_users.mapped[at];
            std::ranges::copy(row.head(width), m_parameters.users.row(user).begin());
            if (!m_background.habits) {
                m_parameters.userBiases[user] = row(width);
            }
        }
    }

    FactorTraining m_source;
    FactorTraining m_target;
    std::unique_ptr<Mapping> m_mapping;
    std::shared_ptr<const TrainingData> m_data;
    EmcdrSettings m_settings;
    MappingUsers m_users;
    FactorParameters m_parameters;
    FactorBackground m_background;
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
        Result<FactorState> ofSources = FactorState::start(
            data->userCount, std::move(sources), factors, UserBias::Shared, from(context, startOfSources));
        if (!ofSources) {
            return passOn(ofSources);
        }
        Result<FactorState> ofTarget = FactorState::start(
            data->userCount, {target}, factors, UserBias::Shared, from(context, startOfTarget));
        if (!ofTarget) {
            return passOn(ofTarget);
        }
        EmcdrTraining training(FactorTraining(std::move(*ofSources)),
                               FactorTraining(std::move(*ofTarget)),
                               mapping(context.seed),
                               data,
                               m_settings);
        return runEpochs(
            factors.epochs,
            context,
            [&](int epoch) { return training.runEpoch(epoch, context); },
            [&] {
                return std::make_shared<const ExplainedFactorModel>(
                    training.parameters(), training.background(), data, factors);
            },
            [&](TrainingState& numbers) { training.exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return restoreExplainedModel(std::move(data), bytes, backgroundOf(m_settings), m_settings.factors);
    }

private:
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
                 "What carries a user's vector, and with user-bias mapped the bias, from the sources to the "
                 "target: a linear map in closed form, or a network with one layer of tanh units.")},
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
    return {
        {.name = "least-events",
         .type = Type::Integer,
         .preset = 5,
         .low = 1,
         .high = 100,
         .label = TRANSLATABLE("methods", "Fewest interactions"),
         .meaning =
             TRANSLATABLE("methods",
                          "The mapping learns from users with at least so many training interactions in the "
                          "target and in the sources."),
         .unit = TRANSLATABLE("methods", "interactions")},
        {.name = "user-bias",
         .type = Type::Choice,
         .preset = "carried",
         .choices = {"carried", "mapped"},
         .label = TRANSLATABLE("methods", "Bias of users"),
         .meaning = TRANSLATABLE(
             "methods",
             "How it is known how a new user rates. carried: the user's bias in the sources, and how far "
             "the user goes along with the items' biases there, with weights learned from the ratings of "
             "shared users, each taken as if it were not known. mapped: by the mapping, with the vector; "
             "so it always is unless the target and a source have ratings.")},
        {.name = "habit-shrinkage",
         .type = Type::Real,
         .preset = 10.0,
         .low = 0.01,
         .high = 1000.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Shrinkage of habits"),
         .meaning = TRANSLATABLE(
             "methods",
             "Pulls what a user's ratings in the sources tell of the user's bias, and of how far the user "
             "goes along with the items' biases, towards the average user, as strongly as this many "
             "ratings would."),
         .unit = TRANSLATABLE("methods", "ratings"),
         .onlyWhen = "user-bias=carried"},
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

/// The ratings are gone through once an epoch, and the vectors become longer.
void addHabitsTo(Workload& load, const DataShape& shape, double factors)
{
    bool isCarried = false;
    for (const DomainShape& source : shape.sources) {
        if (source.kind == FeedbackKind::Explicit) {
            load.epoch.shared += source.interactions * Work{.scattered = 1.0, .steps = 4.0};
            isCarried = true;
        }
    }
    if (isCarried) {
        load.epoch.shared +=
            shape.target.interactions * Work{.products = factors, .scattered = 2.0, .steps = 16.0};
        const double width = factors + double{CarriedHabits::width};
        const double rows = shape.users + shape.target.items;
        load.ranking = workload::dotScores(shape.target.items, width);
        load.pair = Work{.products = workload::paddedFactors(width), .scattered = 4.0, .steps = 4.0};
        load.modelBytes += workload::factorBytes(rows, width) - workload::factorBytes(rows, factors);
        load.trainBytes += workload::factorBytes(rows, factors); // until they are copied to wider rows
    }
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
    if (values.text("user-bias") == "carried" && load.ratings) {
        addHabitsTo(load, shape, settings.factors);
    }
    if (values.text("map") == "mlp") {
        load.epoch.alone += {.products = 24.0 * teachers * width * width * values.integer("map-epochs")};
    }
    load.epoch.alone += {.products = 8.0 * (teachers + mapped / 4.0) * width * width + width * width * width,
                         .streamed = 4.0 * (teachers + mapped) * width};
    const double kept = (values.flag("map-everybody") ? 2.0 : 1.0) *
                        workload::factorBytes(shape.users, settings.factors); // for a start from the model
    load.trainBytes += sources.trainBytes + sources.modelBytes + 32.0 * teachers * width + kept;
    load.modelBytes += kept;
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
            .source = "Man, Shen, Jin, Cheng 2017; user bias and scale: Koren 2009",
            .meaning = TRANSLATABLE(
                "methods",
                "Factorises the sources and the target apart, learns from the users they share how "
                "a vector of the one becomes a vector of the other, and so knows users who are new "
                "in the target. How they rate in general is carried over beside it, unless user-bias is "
                "mapped: then the mapping does that too, as published."),
            .needs = {.sources = true, .overlap = true},
            .usesSources = true,
            .iterative = true,
            .startsWarm = true,
            .parameters = parameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<Emcdr>(
                    EmcdrSettings{.factors = factorSettings(values),
                                  .network = values.text("map") == "mlp",
                                  .mapRegularisation = values.real("map-regularisation"),
                                  .mapPasses = values.integer("map-epochs"),
                                  .mapRate = values.single("map-rate"),
                                  .leastEvents = values.integer("least-events"),
                                  .mapEverybody = values.flag("map-everybody"),
                                  .carriesHabits = values.text("user-bias") == "carried",
                                  .habitShrinkage = values.real("habit-shrinkage")});
            },
            .workload = workloadOf};
}

} // namespace transept
