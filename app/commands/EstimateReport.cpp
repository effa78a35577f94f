#include "app/commands/EstimateReport.h"

#include "app/commands/Console.h"
#include "core/base/Parallel.h"

#include <fmt/format.h>

#include <cmath>

namespace transept::app {
namespace {

constexpr double mib = 1024.0 * 1024.0;

Json numberOrNull(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json documentOf(const Spec& spec, const std::optional<RunEstimate>& estimate, double available)
{
    Json document{{"method", spec.method},
                  {"known", estimate.has_value()},
                  {"epochs", nullptr},
                  {"seconds", nullptr},
                  {"memory_mb", nullptr},
                  {"available_mb", numberOrNull(available / mib)},
                  {"threads", threadCount()}};
    if (!estimate) {
        return document;
    }
    if (estimate->epochs > 0) {
        document["epochs"] = {{"least", estimate->leastEpochs}, {"most", estimate->epochs}};
    }
    document["seconds"] = {{"load", estimate->loadSeconds},
                           {"train", estimate->trainSeconds},
                           {"train_least", estimate->leastTrainSeconds},
                           {"evaluate", estimate->evaluateSeconds}};
    document["memory_mb"] = {{"load", estimate->loadMb},
                             {"train", estimate->trainMb},
                             {"evaluate", estimate->evaluateMb},
                             {"peak", estimate->memoryMb()}};
    return document;
}

std::string secondsText(double seconds)
{
    return fmt::format("{:.{}f} s", seconds, seconds < 1.0 ? 2 : seconds < 100.0 ? 1 : 0);
}

std::string rangeText(double least, double most)
{
    return least < 0.95 * most ? secondsText(least) + " to " + secondsText(most) : secondsText(most);
}

std::string memoryText(double megabytes)
{
    return fmt::format("{:.0f} MB", megabytes);
}

} // namespace

void printEstimate(const Spec& spec, const std::optional<RunEstimate>& estimate, double available, bool json)
{
    if (json) {
        print(documentOf(spec, estimate, available));
        return;
    }
    if (!estimate) {
        fmt::print("{}: time and memory are unknown before a first run\n", spec.method);
        return;
    }
    const auto train = rangeText(estimate->leastTrainSeconds, estimate->trainSeconds);
    printTable({{"phase", "time", "memory"},
                {"load", secondsText(estimate->loadSeconds), memoryText(estimate->loadMb)},
                {"train", train, memoryText(estimate->trainMb)},
                {"evaluate", secondsText(estimate->evaluateSeconds), memoryText(estimate->evaluateMb)},
                {"in all",
                 rangeText(estimate->leastSeconds(), estimate->seconds()),
                 memoryText(estimate->memoryMb())}});
    if (estimate->leastEpochs < estimate->epochs) {
        fmt::print("\n{} to {} epochs: validation decides.\n", estimate->leastEpochs, estimate->epochs);
    }
}

} // namespace transept::app
