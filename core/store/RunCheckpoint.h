#pragma once

#include "core/store/RunStore.h"

namespace transept {

/// Where an unfinished run goes on when its process was killed or it was stopped.
struct RunCheckpoint
{
    int epoch = 0;                   ///< the last one that is part of it
    std::string basis;               ///< what it was trained by and on: it is worth nothing on another one
    double trainSeconds = 0.0;       ///< until then
    std::string training;            ///< as EpochReport::state() gave it
    std::string watch;               ///< what is known of the epochs so far
    std::optional<std::string> best; ///< the best model so far; nothing: as it was at the last checkpoint
};

/// Takes the place of the run's last one.
Status putCheckpoint(const Workspace& workspace, RunId run, const RunCheckpoint& checkpoint);

Result<std::optional<RunCheckpoint>> checkpointOf(const Workspace& workspace, RunId run);

} // namespace transept
