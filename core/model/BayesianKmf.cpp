#include "core/model/BayesianFit.h"
#include "core/model/HistoryMeans.h"
#include "core/model/Methods.h"
#include "core/model/PrincipalComponents.h"

#include <algorithm>

namespace transept {
namespace {

struct KnowledgeSettings
{
    std::size_t directions = 200;
    bool ofUsers = true;
};

/// The rows that a chain on these ratings has.
struct RowsWithRatings
{
    std::vector<std::uint32_t> users;
    std::vector<std::uint32_t> items;

    explicit RowsWithRatings(const InteractionMatrix& ratings)
    {
        for (std::uint32_t user = 0; user < ratings.userCount(); ++user) {
            if (!ratings.itemsOf(static_cast<UserRow>(user)).empty()) {
                users.push_back(user);
            }
        }
        for (std::uint32_t item = 0; item < ratings.itemCount(); ++item) {
            if (!ratings.usersOf(static_cast<ItemRow>(item)).empty()) {
                items.push_back(item);
            }
        }
    }
};

Status checkVectors(const TrainingDomain& target)
{
    if (target.knowledge != nullptr && target.knowledge->dimension() > 0) {
        return {};
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "The method %1 needs a knowledge base with vectors for the items of the domain %2."),
        {"bayesian-kmf", target.name});
}

class BayesianKmf final : public Method
{
public:
    BayesianKmf(const BayesianSettings& settings, const KnowledgeSettings& knowledge)
        : m_settings(settings)
        , m_knowledge(knowledge)
    {
    }

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        if (const Status told = checkVectors(data->target); !told) {
            return passOn(told);
        }
        const Result<SideFeatures> features = featuresOf(*data, context.job);
        return features ? fitBayesian(std::move(data), m_settings, &*features, context) : passOn(features);
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        Result<std::shared_ptr<const Untold>> untold = untoldIn(*data);
        if (!untold) {
            return passOn(untold);
        }
        return BayesianModel::restored(bayesianSubject(std::move(data), m_settings, std::move(*untold)),
                                       bytes);
    }

private:
    /// Of data without knowledge, as a warm start has it, nothing is told.
    Result<std::shared_ptr<const Untold>> untoldIn(const TrainingData& data) const
    {
        Untold untold{.users = std::vector<bool>(data.userCount, true),
                      .items = std::vector<bool>(data.target.interactions.itemCount(), true)};
        if (data.target.knowledge == nullptr) {
            return std::make_shared<const Untold>(std::move(untold));
        }
        Result<std::vector<bool>> users =
            m_knowledge.ofUsers ? usersWithoutHistory(data) : std::vector<bool>(data.userCount);
        if (!users) {
            return passOn(users);
        }
        untold.users = std::move(*users);
        const KnowledgeVectors& vectors = data.target.knowledge->vectors;
        for (std::size_t item = 0; item < untold.items.size(); ++item) {
            untold.items[item] = vectors.isZero(static_cast<Eigen::Index>(item));
        }
        return std::make_shared<const Untold>(std::move(untold));
    }

    Result<SideFeatures> featuresOf(const TrainingData& data, const JobContext& job) const
    {
        const RowsWithRatings rows(data.target.interactions);
        Result<Matrix> items =
            principalComponents(data.target.knowledge->vectors, rows.items, m_knowledge.directions, job);
        Result<std::shared_ptr<const Untold>> untold = items ? untoldIn(data) : passOn(items);
        if (!untold) {
            return passOn(untold);
        }
        SideFeatures features{.users = {}, .items = std::move(*items), .untold = std::move(*untold)};
        if (m_knowledge.ofUsers) {
            Result<Matrix> means = historyMeans(data, job);
            Result<Matrix> users =
                means ? principalComponents(std::move(*means), rows.users, m_knowledge.directions, job)
                      : passOn(means);
            if (!users) {
                return passOn(users);
            }
            features.users = std::move(*users);
        }
        return features;
    }

    BayesianSettings m_settings;
    KnowledgeSettings m_knowledge;
};

std::vector<Parameter> parametersOfBayesianKmf()
{
    std::vector<Parameter> all = bayesianParameters();
    all.push_back(
        {.name = "directions",
         .type = Parameter::Type::Integer,
         .preset = 200,
         .low = 1,
         .high = 256,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Directions of knowledge"),
         .meaning = TRANSLATABLE(
             "methods",
             "How many of the directions in which the items' vectors scatter most are learnt from.")});
    all.push_back({.name = "user-knowledge",
                   .type = Parameter::Type::Flag,
                   .preset = true,
                   .label = TRANSLATABLE("methods", "Knowledge of users"),
                   .meaning = TRANSLATABLE(
                       "methods",
                       "Learns from what each user's history in the source domains is about as well (without "
                       "sources, in the target): so it says something of users who are new to the target.")});
    return all;
}

KnowledgeSettings knowledgeFrom(const Parameters& values)
{
    return {.directions = static_cast<std::size_t>(values.integer("directions")),
            .ofUsers = values.flag("user-knowledge")};
}

/// The directions of the vectors of items and of users' histories are found first.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& values)
{
    const KnowledgeSettings knowledge = knowledgeFrom(values);
    const double dimension = shape.target.dimension;
    const double directions = std::min(static_cast<double>(knowledge.directions), dimension);
    const double rows = shape.target.items + (knowledge.ofUsers ? shape.users : 0.0);
    Workload load = samplingLoad(shape, bayesianSettingsFrom(values), shape.users, rows * directions).load;
    load.start.alone +=
        {.products = rows * dimension * (dimension + directions) + 20.0 * dimension * dimension * dimension};
    if (knowledge.ofUsers) {
        load.start.shared += {.streamed = 2.0 * shape.joined().interactions * dimension};
    }
    load.trainBytes += sizeof(float) * rows * (directions + dimension);
    return load;
}

} // namespace

MethodDescription describeBayesianKmf()
{
    return {.name = "bayesian-kmf",
            .title = TRANSLATABLE("methods", "Bayesian matrix factorisation with knowledge"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Simm, Arany, Zakeri et al. 2017",
            .meaning = TRANSLATABLE(
                "methods",
                "Bayesian matrix factorisation that expects of an item what its knowledge says and of a user "
                "what the history is about, as far as the ratings bear it out. Items and users without "
                "ratings get predictions too, with a deviation that says how far to trust them."),
            .needs = {.knowledge = true, .explicitFeedback = true},
            .usesSources = true,
            .usesKnowledge = true,
            .iterative = true,
            .startsWarm = true,
            .givesDeviations = true,
            .parameters = parametersOfBayesianKmf(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<BayesianKmf>(bayesianSettingsFrom(values), knowledgeFrom(values));
            },
            .workload = workloadOf};
}

} // namespace transept
