#pragma once

#include "core/recommend/Export.h"
#include "core/recommend/ExportTable.h"

namespace transept {

// What exportRun() chooses from; each writes what RunExport says.

// Of the results: ExportResults.cpp.

Result<Paths> exportPredictions(const Workspace& workspace,
                                const RunRecord& run,
                                const Spec& spec,
                                const std::filesystem::path& to,
                                const JobContext& context);
Result<Paths> exportLists(const Workspace& workspace,
                          const RunRecord& run,
                          const Spec& spec,
                          const std::filesystem::path& to,
                          const JobContext& context);
Result<Paths> exportCurves(const Workspace& workspace,
                           const RunRecord& run,
                           const std::filesystem::path& to,
                           const JobContext& context);
Result<Paths> exportMeasures(const RunRecord& run,
                             const std::filesystem::path& to,
                             const JobContext& context);
Result<Paths> exportRoc(const Workspace& workspace,
                        RunId run,
                        const std::filesystem::path& to,
                        const JobContext& context);
Result<Paths> exportCalibration(const Workspace& workspace,
                                RunId run,
                                const std::filesystem::path& to,
                                const JobContext& context);

/// Train, Validation, Test or Sources: ExportInteractions.cpp.
Result<Paths> exportInteractions(const Workspace& workspace,
                                 const RunRecord& run,
                                 RunExport what,
                                 const std::filesystem::path& to,
                                 const JobContext& context);

// Of the model: ExportModel.cpp.

Result<Paths> exportFactors(const Workspace& workspace,
                            const RunRecord& run,
                            const Spec& spec,
                            const std::filesystem::path& to,
                            const JobContext& context);
Result<Paths> exportModel(const Workspace& workspace,
                          const RunRecord& run,
                          const std::filesystem::path& to,
                          const JobContext& context);

} // namespace transept
