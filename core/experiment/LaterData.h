#pragma once

#include "core/experiment/Runner.h"

namespace transept {

/// What a run is worth on what was imported after it had read its data.
struct LaterResult
{
    std::size_t interactions = 0; ///< later ones of the target that it is measured on
    std::size_t people = 0;       ///< whose they are
    /// Later interactions that are left out: of people, or else with items, that the run does not know.
    std::size_t ofNewPeople = 0;
    std::size_t withNewItems = 0;
    std::map<std::string, double> measures;
};

/// Measures the model as it is, without training, by the measures of the run's spec; what the person had in
/// any part of the run's split is no candidate. InvalidInput when nothing came later that it could be
/// measured on, or it is not known what came later.
Result<LaterResult> measureLater(const Workspace& workspace,
                                 const RunRecord& record,
                                 const FittedRun& run,
                                 const JobContext& context);

} // namespace transept
