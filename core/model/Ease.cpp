#include "core/model/EaseSolver.h"
#include "core/model/Methods.h"
#include "core/model/Workload.h"

namespace transept {
namespace {

class Ease final : public Method
{
public:
    explicit Ease(EaseOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        return fitEase(*data, m_options, context.job);
    }

private:
    EaseOptions m_options;
};

Workload workloadOf(const DataShape& shape, const Parameters& parameters)
{
    return easeWorkload(shape, easeOptionsFrom(parameters));
}

} // namespace

MethodDescription describeEase()
{
    return {.name = "ease",
            .title = TRANSLATABLE("methods", "EASE"),
            .family = TRANSLATABLE("methods", "Linear"),
            .source = "Steck 2019",
            .meaning = TRANSLATABLE(
                "methods",
                "Weights between all pairs of items, learnt in one step: how strongly having one item "
                "speaks for another. Items of source domains speak for the target's as well. Among the "
                "strongest methods for rankings."),
            .usesSources = true,
            .parameters = easeParameters(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Ease>(easeOptionsFrom(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
