#include "app/commands/RunReport.h"

#include "core/base/Words.h"

#include <fmt/format.h>

#include <cmath>

namespace transept::app {
namespace {

template<typename T>
Json orNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json();
}

} // namespace

Result<RunId> runNumber(std::string_view text)
{
    const auto number = parseInteger(text);
    if (!number) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 is no run: runs are named by their number, as \"transept runs\" shows it."),
            {std::string(text)});
    }
    return RunId{*number};
}

Json reportOf(const RunRecord& run)
{
    Json report{{"run", number(run.id)},
                {"name", run.name},
                {"state", wordOf(run.state)},
                {"measures", Json::object()},
                {"users", orNull(run.users)},
                {"seconds",
                 {{"load", orNull(run.loadSeconds)},
                  {"train", orNull(run.trainSeconds)},
                  {"evaluate", orNull(run.evaluateSeconds)}}},
                {"memory_mb", orNull(run.memoryMb)}};
    for (const auto& [name, value] : run.measures) {
        report["measures"][name] = value;
    }
    if (!run.reason.sentence.empty()) {
        report["reason"] = describe(run.reason);
    }
    return report;
}

std::string measureText(double value)
{
    return std::isfinite(value) ? fmt::format("{:.4f}", value) : "-";
}

} // namespace transept::app
