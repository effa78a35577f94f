#include "core/model/Epochs.h"
#include "core/model/FactorReasons.h"
#include "core/model/FactorTraining.h"
#include "core/model/FactorWorkload.h"
#include "core/model/Methods.h"

namespace transept {
namespace {

class Mf final : public Method
{
public:
    explicit Mf(const FactorSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<FactorState> state = FactorState::start(data->userCount,
                                                       {factorDomain(data->target, data->target)},
                                                       m_settings,
                                                       UserBias::Shared,
                                                       context);
        if (!state) {
            return passOn(state);
        }
        FactorTraining training(std::move(*state));
        return runEpochs(
            m_settings.epochs,
            context,
            [&](int epoch) { return training.runEpoch(epoch, context); },
            [&] {
                return std::make_shared<const ExplainedFactorModel>(
                    training.parameters(0), FactorBackground{}, data, m_settings);
            },
            [&](TrainingState& numbers) { training.exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return restoreExplainedModel(std::move(data), bytes, {}, m_settings);
    }

private:
    FactorSettings m_settings;
};

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    return factorWorkload(shape.users, {&shape.target, 1}, factorSettings(parameters));
}

} // namespace

MethodDescription describeMf()
{
    return {.name = "mf",
            .title = TRANSLATABLE("methods", "Matrix factorisation"),
            .family = TRANSLATABLE("methods", "Factorisation"),
            .source = "Koren, Bell, Volinsky 2009",
            .meaning = TRANSLATABLE(
                "methods",
                "Every user and every item becomes a short vector learnt from the interactions of "
                "one domain; a rating is the mean, both biases and the product of the vectors."),
            .iterative = true,
            .startsWarm = true,
            .parameters = factorParameters(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Mf>(factorSettings(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
