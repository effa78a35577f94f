#include "core/experiment/Runner.h"
#include "tests/support/MeasuredRun.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <set>

/// `./dev bench estimates`: every method on a workspace, what was expected of it before and what it took.
///
///   EstimateBench WORKSPACE SPEC.json [METHOD...]
///
/// The spec says data, split and knowledge; each method is run with its defaults, and with the values that
/// the spec's "settings" give it, an object by method.
namespace transept {
namespace {

constexpr double notable = 0.02; ///< seconds: below, who cares

std::string ratio(double expected, double took, double least)
{
    return took < least && expected < least ? "     -" : fmt::format("{:6.2f}", expected / took);
}

void bench(const Workspace& workspace, const Spec& spec)
{
    const RunShape shape = test::orThrow(expectedShape(workspace, spec, {}));
    const test::MeasuredRun took = test::measuredRun(workspace, spec);
    Machine machine = thisMachine();
    machine.threads = 1;
    machine.residentBytes = took.residentBytes;
    const auto report = [&](const char* basis, const RunShape& from) {
        Spec same = spec;
        Json values = spec.parameters.json();
        if (took.epochs > 0 && values.contains("epochs")) {
            values["epochs"] = took.epochs;
        }
        same.parameters = Parameters(values);
        const auto expected = estimate(same, from, machine);
        if (!expected) {
            fmt::print("{:18} unknown\n", spec.method);
            return;
        }
        fmt::print("{:18} {:9} {:4d} | load {:8.3f} {:8.3f} {} | train {:8.3f} {:8.3f} {} | evaluate {:8.3f} "
                   "{:8.3f} {} | MB {:7.0f} {:7.0f} {}\n",
                   spec.method,
                   basis,
                   took.epochs,
                   expected->loadSeconds,
                   took.loadSeconds,
                   ratio(expected->loadSeconds, took.loadSeconds, notable),
                   expected->trainSeconds,
                   took.trainSeconds,
                   ratio(expected->trainSeconds, took.trainSeconds, notable),
                   expected->evaluateSeconds,
                   took.evaluateSeconds,
                   ratio(expected->evaluateSeconds, took.evaluateSeconds, notable),
                   expected->memoryMb(),
                   took.peakMb,
                   ratio(expected->memoryMb(), took.peakMb, 0.0));
        std::fflush(stdout);
    };
    report("counted", took.shape);
    report("expected", shape);
}

int run(std::span<char*> arguments)
{
    const Workspace workspace = test::orThrow(Workspace::open(arguments[1]));
    std::ifstream file(arguments[2]);
    Json document = Json::parse(file);
    const Json settings = document.value("settings", Json::object());
    document.erase("settings");
    const Speeds& speeds = machineSpeeds();
    fmt::print("a unit takes: product {:.3f} ns, streamed {:.3f} ns, scattered {:.3f} ns, nearby {:.3f} ns, "
               "step {:.3f} ns\n",
               1e9 * speeds.product,
               1e9 * speeds.streamed,
               1e9 * speeds.scattered,
               1e9 * speeds.nearby,
               1e9 * speeds.step);
    const std::set<std::string> wanted(arguments.begin() + 3, arguments.end());
    for (const MethodDescription& method : methods()) {
        if (!wanted.empty() && !wanted.contains(method.name)) {
            continue;
        }
        document["method"] = settings.value(method.name, Json::object());
        document["method"]["name"] = method.name;
        const Result<Spec> spec = specFrom(document);
        const Status met = spec ? checkNeeds(workspace, *spec) : passOn(spec);
        if (!met) {
            fmt::print("{:18} {}\n", method.name, describe(met.error()));
            continue;
        }
        try {
            bench(workspace, *spec);
        } catch (const std::exception& error) {
            fmt::print("{:18} {}\n", method.name, error.what());
        }
    }
    return 0;
}

} // namespace
} // namespace transept

int main(int count, char** arguments)
{
    if (count < 3) {
        std::cerr << "usage: EstimateBench WORKSPACE SPEC.json [METHOD...]\n";
        return 2;
    }
    return transept::run({arguments, static_cast<std::size_t>(count)});
}
