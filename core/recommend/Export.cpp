#include "core/recommend/Export.h"

#include "core/recommend/ExportRun.h"

namespace transept {

Result<Paths> exportRun(const Workspace& workspace,
                        RunId id,
                        RunExport what,
                        const std::filesystem::path& to,
                        const JobContext& context)
{
    const Result<RunRecord> run = RunStore(workspace).find(id);
    if (!run) {
        return passOn(run);
    }
    const Result<Spec> spec = specFrom(run->spec);
    if (!spec) {
        return passOn(spec);
    }
    switch (what) {
    case RunExport::Predictions:
        return exportPredictions(workspace, *run, *spec, to, context);
    case RunExport::Lists:
        return exportLists(workspace, *run, *spec, to, context);
    case RunExport::Train:
    case RunExport::Validation:
    case RunExport::Test:
    case RunExport::Sources:
        return exportInteractions(workspace, *run, what, to, context);
    case RunExport::Model:
        return exportModel(workspace, *run, to, context);
    case RunExport::Factors:
        return exportFactors(workspace, *run, *spec, to, context);
    case RunExport::Curves:
        return exportCurves(workspace, *run, to, context);
    case RunExport::Measures:
        return exportMeasures(*run, to, context);
    case RunExport::Roc:
        return exportRoc(workspace, id, to, context);
    case RunExport::Calibration:
        return exportCalibration(workspace, id, to, context);
    }
    return Paths{};
}

} // namespace transept
