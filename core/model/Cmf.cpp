#include "core/model/Epochs.h"
#include "core/model/FactorReasons.h"
#include "core/model/FactorTraining.h"
#include "core/model/FactorWorkload.h"
#include "core/model/Methods.h"

namespace transept {
namespace {

struct CmfSettings
{
    FactorSettings factors;
    float sourceWeight = 0.2F;
    UserBias userBias = UserBias::Shared;
};

class Cmf final : public Method
{
public:
    explicit Cmf(const CmfSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        std::vector<FactorDomain> domains{factorDomain(data->target, data->target)};
        for (const TrainingDomain& source : data->sources) {
            domains.push_back(factorDomain(source, data->target, m_settings.sourceWeight));
        }
        Result<FactorState> state = FactorState::start(
            data->userCount, std::move(domains), m_settings.factors, m_settings.userBias, context);
        if (!state) {
            return passOn(state);
        }
        FactorTraining training(std::move(*state));
        return runEpochs(
            m_settings.factors.epochs,
            context,
            [&](int epoch) { return training.runEpoch(epoch, context); },
            [&] {
                FactorBackground sources = background();
                for (std::size_t source = 1; source <= data->sources.size(); ++source) {
                    sources.sources.push_back(training.itemParameters(source));
                }
                return std::make_shared<const ExplainedFactorModel>(
                    training.parameters(0), std::move(sources), data, m_settings.factors);
            },
            [&](TrainingState& numbers) { training.exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return restoreExplainedModel(std::move(data), bytes, background(), m_settings.factors);
    }

private:
    FactorBackground background() const
    {
        return {.sourceWeight = m_settings.sourceWeight, .areJoint = true, .userBias = m_settings.userBias};
    }

    CmfSettings m_settings;
};

std::vector<Parameter> parameters()
{
    std::vector<Parameter> all = factorParameters();
    all.push_back(
        {.name = "source-weight",
         .type = Parameter::Type::Real,
         .preset = 0.2,
         .low = 0.001,
         .high = 10.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Weight of the sources"),
         .meaning = TRANSLATABLE(
             "methods", "How much an interaction of a source domain counts; one of the target counts 1.")});
    all.push_back({.name = "user-bias",
                   .type = Parameter::Type::Choice,
                   .preset = "shared",
                   .choices = {"shared", "own"},
                   .label = TRANSLATABLE("methods", "Bias of users"),
                   .meaning = TRANSLATABLE(
                       "methods",
                       "Whether a user's habit of giving high or low ratings is one for all domains, "
                       "so that it is known for users who are new in the target, or its own in each.")});
    return all;
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& values)
{
    std::vector<DomainShape> domains{shape.target};
    domains.insert(domains.end(), shape.sources.begin(), shape.sources.end());
    const FactorSettings settings = factorSettings(values);
    Workload load = factorWorkload(shape.users, domains, settings);
    for (const DomainShape& source : shape.sources) { // for reasons
        load.modelBytes += factorModelBytes(0.0, source.items, settings.factors) + 4.0 * shape.users;
    }
    return load;
}

} // namespace

MethodDescription describeCmf()
{
    return {
        .name = "cmf",
        .title = TRANSLATABLE("methods", "Collective matrix factorisation"),
        .family = TRANSLATABLE("methods", "Cross-domain"),
        .source = "Singh, Gordon 2008",
        .meaning =
            TRANSLATABLE("methods",
                         "Factorises the target and the sources together: a user has one vector in all of "
                         "them, each domain has its own mean and its own items."),
        .needs = {.sources = true},
        .usesSources = true,
        .iterative = true,
        .startsWarm = true,
        .parameters = parameters(),
        .create = [](const Parameters& values) -> std::unique_ptr<Method> {
            return std::make_unique<Cmf>(CmfSettings{
                .factors = factorSettings(values),
                .sourceWeight = values.single("source-weight"),
                .userBias = values.text("user-bias") == "own" ? UserBias::OwnPerDomain : UserBias::Shared});
        },
        .workload = workloadOf};
}

} // namespace transept
