#include "core/base/Memory.h"
#include "core/experiment/Preparation.h"
#include "tests/bench/engine/Bench.h"

namespace transept::bench {

/// Everything of one domain of a workspace, as a run sees it; "prepared" is with the split.
Json benchLoading(const std::filesystem::path& folder, const Json& /*options*/)
{
    const Result<Workspace> workspace = Workspace::open(folder / "ratings.transept");
    const Result<Spec> spec = specFrom({{"data", {{"target", "films"}}}, {"method", {{"name", "bias"}}}});
    const MemoryPeak peak;
    const Stopwatch loading;
    const std::size_t events =
        loadDataset(workspace.value(), spec.value().data, {}).value().target.events.size();
    const double seconds = loading.seconds();
    const double megabytes = peak.megabytes();
    const Stopwatch preparing;
    const Result<Prepared> prepared = prepare(*workspace, *spec, {});
    return {{"seconds", seconds},
            {"rows", events},
            {"megabytes", megabytes},
            {"prepared", prepared ? preparing.seconds() : -1.0}};
}

} // namespace transept::bench
