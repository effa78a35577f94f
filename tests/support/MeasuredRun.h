#pragma once

#include "core/base/Memory.h"
#include "core/base/Parallel.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/EpochWatch.h"
#include "core/experiment/Estimate.h"

#include <algorithm>
#include <ctime>
#include <stdexcept>

namespace transept::test {

/// What a run took, by the processor's time: other programs hardly disturb it. With one thread that is the
/// time of an undisturbed machine.
struct MeasuredRun
{
    RunShape shape; ///< exact
    int epochs = 0; ///< 0: the method has none
    double loadSeconds = 0.0;
    double trainSeconds = 0.0;
    double evaluateSeconds = 0.0;
    double residentBytes = 0.0; ///< of the process before
    double peakMb = 0.0;
};

inline double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template<typename T>
T orThrow(Result<T> result)
{
    if (!result) {
        throw std::runtime_error(describe(result.error()));
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

/// What a method that combines others hears of the validation part, as from the runner; both outlive it.
inline Validation validationOf(const Spec& spec, const SplitData& parts)
{
    return {.events = parts.validation.events,
            .positive = spec.data.positive,
            .patience = spec.stop.patience,
            .ofUsers = [&](const Model& model, std::span<const UserRow> users) {
                HeldOut some{.events = {}, .negatives = parts.validation.negatives};
                std::ranges::copy_if(
                    parts.validation.events, std::back_inserter(some.events), [&](const Event& event) {
                        return std::ranges::binary_search(users, event.user);
                    });
                return validationScore(model, *parts.training, some, spec, {}).value_or(0.0);
            }};
}

/// The phases of a run as the runner has them, one after the other, on one thread.
inline MeasuredRun measuredRun(const Workspace& workspace, const Spec& spec)
{
    setThreadCount(1);
    MeasuredRun measured{.residentBytes = heldMemory().resident};
    const MemoryPeak peak;
    double begin = processorSeconds();
    const auto lap = [&] {
        const double now = processorSeconds();
        return now - std::exchange(begin, now);
    };
    Prepared prepared = orThrow(prepare(workspace, spec, {}));
    measured.loadSeconds = lap();
    releaseEvents(prepared);
    const RunId run = orThrow(RunStore(workspace).add("measured", toJson(spec)));
    const SplitData& parts = prepared.parts;
    measured.shape = shapeOf(parts, spec.data);
    EpochWatch watch(workspace, run, spec, parts, {});
    FitContext context{.seed = spec.seed};
    context.onEpoch = [&](const EpochReport& report, std::shared_ptr<const Model> model) {
        measured.epochs = report.epoch;
        return watch.epochDone(report, std::move(model));
    };
    if (!parts.validation.events.empty()) {
        context.validate = [&](const Model& model) {
            return validationScore(model, *parts.training, parts.validation, spec, {}).value_or(0.0);
        };
        context.validation = validationOf(spec, parts);
    }
    lap();
    const std::unique_ptr<Method> method = orThrow(findMethod(spec.method))->create(spec.parameters);
    std::shared_ptr<const Model> model = orThrow(method->fit(parts.training, context));
    orThrow(watch.fitDone(*model));
    model = watch.bestModel() != nullptr ? watch.bestModel() : model;
    measured.trainSeconds = lap();
    const std::vector<std::string> measures = measuresOf(spec, model->predictsRatings());
    orThrow(evaluate(*model,
                     *parts.training,
                     parts.test,
                     &parts.validation,
                     {.measures = measures, .positive = spec.data.positive, .listLength = 20},
                     {}));
    static_cast<void>(model->serialised());
    measured.evaluateSeconds = lap();
    measured.peakMb = peak.megabytes();
    return measured;
}

} // namespace transept::test
