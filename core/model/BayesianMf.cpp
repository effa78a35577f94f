#include "core/model/BayesianFit.h"
#include "core/model/Methods.h"

namespace transept {
namespace {

class BayesianMf final : public Method
{
public:
    explicit BayesianMf(const BayesianSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        return fitBayesian(std::move(data), m_settings, nullptr, context);
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return BayesianModel::restored(bayesianSubject(std::move(data), m_settings, nullptr), bytes);
    }

private:
    BayesianSettings m_settings;
};

} // namespace

MethodDescription describeBayesianMf()
{
    return {.name = "bayesian-mf",
            .title = TRANSLATABLE("methods", "Bayesian matrix factorisation"),
            .family = TRANSLATABLE("methods", "Factorisation"),
            .source = "Salakhutdinov, Mnih 2008; Rendle, Zhang, Koren 2019",
            .meaning = TRANSLATABLE(
                "methods",
                "Draws many factorisations that explain the ratings, each as often as it is probable, and "
                "predicts their mean: hardly anything to tune, and it knows how unsure every prediction is."),
            .needs = {.explicitFeedback = true},
            .iterative = true,
            .startsWarm = true,
            .givesDeviations = true,
            .parameters = bayesianParameters(),
            .create = [](const Parameters& values) -> std::unique_ptr<Method> {
                return std::make_unique<BayesianMf>(bayesianSettingsFrom(values));
            },
            .workload =
                [](const DataShape& shape, const Parameters& values) {
                    const BayesianSettings settings = bayesianSettingsFrom(values);
                    return std::optional(samplingLoad(shape, settings, shape.target.users, 0.0).load);
                }};
}

} // namespace transept
