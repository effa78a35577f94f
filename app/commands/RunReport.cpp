#include "app/commands/RunReport.h"

#include "app/commands/Console.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace transept::app {
namespace {

template<typename T>
Json orNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json();
}

} // namespace

Json reportOf(const RunRecord& run)
{
    Json report{{"run", number(run.id)},
                {"name", run.name},
                {"state", wordOf(run.state)},
                {"measures", Json::object()},
                {"validation", Json::object()},
                {"diagnostics", Json::object()},
                {"users", orNull(run.users)}};
    report.update(costOf(run));
    for (const auto& [name, value] : run.measures) {
        report["measures"][name] = value;
    }
    for (const auto& [name, value] : run.validation) {
        report["validation"][name] = value;
    }
    for (const auto& [name, value] : run.diagnostics) {
        report["diagnostics"][name] = value;
    }
    if (!run.reason.sentence.empty()) {
        report["reason"] = describe(run.reason);
    }
    return report;
}

Json costOf(const RunRecord& run)
{
    return {{"seconds",
             {{"load", orNull(run.loadSeconds)},
              {"train", orNull(run.trainSeconds)},
              {"evaluate", orNull(run.evaluateSeconds)}}},
            {"memory_mb", orNull(run.memoryMb)}};
}

std::string costText(const RunRecord& run)
{
    return fmt::format("seconds: {:.2f} load, {:.2f} train, {:.2f} evaluate; {:.0f} MB",
                       run.loadSeconds.value_or(0.0),
                       run.trainSeconds.value_or(0.0),
                       run.evaluateSeconds.value_or(0.0),
                       run.memoryMb.value_or(0.0));
}

std::string measureText(double value)
{
    return std::isfinite(value) ? fmt::format("{:.4f}", value) : "-";
}

std::vector<std::vector<std::string>> measureTable(const RunRecord& run)
{
    std::set<std::string> names;
    for (const auto* values : {&run.measures, &run.validation}) {
        for (const auto& [name, value] : *values) {
            names.insert(name);
        }
    }
    const auto textIn = [](const std::map<std::string, double>& values, const std::string& name) {
        const auto value = values.find(name);
        return value == values.end() ? "-" : measureText(value->second);
    };
    std::vector<std::vector<std::string>> rows{{"measure", "test", "validation"}};
    for (const std::string& name : names) {
        rows.push_back({name, textIn(run.measures, name), textIn(run.validation, name)});
    }
    return rows;
}

void printReport(const RunRecord& run)
{
    fmt::print("run {}\n", number(run.id));
    printTable(measureTable(run));
    fmt::print("\n{} test users; seconds: {:.2f} load, {:.2f} train, {:.2f} evaluate; {:.0f} MB\n",
               run.users.value_or(0),
               run.loadSeconds.value_or(0.0),
               run.trainSeconds.value_or(0.0),
               run.evaluateSeconds.value_or(0.0),
               run.memoryMb.value_or(0.0));
}

} // namespace transept::app
