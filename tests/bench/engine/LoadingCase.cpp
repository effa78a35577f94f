#include "core/experiment/Preparation.h"
#include "tests/bench/engine/Bench.h"

#include <fstream>
#include <string>

namespace transept::bench {
namespace {

/// As Linux counts it.
double peakMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:") {
            double kibibytes = 0.0;
            status >> kibibytes;
            return kibibytes / 1024.0;
        }
    }
    return 0.0;
}

} // namespace

/// Everything of one domain of a workspace, as a run sees it; "prepared" is with the split.
Json benchLoading(const std::filesystem::path& folder, const Json& /*options*/)
{
    const Result<Workspace> workspace = Workspace::open(folder / "ratings.transept", Access::ReadOnly);
    const Result<Spec> spec = specFrom({{"data", {{"target", "films"}}}, {"method", {{"name", "bias"}}}});
    const Stopwatch loading;
    const std::size_t events =
        loadDataset(workspace.value(), spec.value().data, {}).value().target.events.size();
    const double seconds = loading.seconds();
    const double megabytes = peakMegabytes();
    const Stopwatch preparing;
    const Result<Prepared> prepared = prepare(*workspace, *spec, {});
    return {{"seconds", seconds},
            {"rows", events},
            {"megabytes", megabytes},
            {"prepared", prepared ? preparing.seconds() : -1.0}};
}

} // namespace transept::bench
