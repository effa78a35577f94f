#include "app/commands/RunReport.h"

#include "app/commands/Console.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <set>

namespace transept::app {
namespace {

template<typename T>
Json orNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json();
}

using Phases = std::array<std::pair<const char*, std::optional<double>>, 3>;

/// With the seconds of each.
Phases phasesOf(const RunRecord& run)
{
    return {{{"load", run.loadSeconds}, {"train", run.trainSeconds}, {"evaluate", run.evaluateSeconds}}};
}

std::optional<double> peakOf(const RunRecord& run, const char* phase)
{
    const auto found = run.phaseMb.find(phase);
    return found == run.phaseMb.end() ? std::nullopt : std::optional(found->second);
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
    Json cost{{"seconds", Json::object()}, {"memory_mb", orNull(run.memoryMb)}, {"phase_mb", Json::object()}};
    for (const auto& [phase, seconds] : phasesOf(run)) {
        cost["seconds"][phase] = orNull(seconds);
        cost["phase_mb"][phase] = orNull(peakOf(run, phase));
    }
    return cost;
}

std::string costText(const RunRecord& run)
{
    std::string text;
    for (const auto& [phase, seconds] : phasesOf(run)) {
        const std::optional<double> peak = peakOf(run, phase);
        text += fmt::format("{} {:.2f} s{}; ",
                            phase,
                            seconds.value_or(0.0),
                            peak ? fmt::format(", {:.0f} MB", *peak) : std::string());
    }
    return text + fmt::format("{:.0f} MB at most", run.memoryMb.value_or(0.0));
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
    fmt::print("\n{} test users; {}\n", run.users.value_or(0), costText(run));
}

} // namespace transept::app
