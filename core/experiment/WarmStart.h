#pragma once

#include "core/experiment/Spec.h"
#include "core/store/RunStore.h"

namespace transept {

/// Checks what a spec says of its start against the workspace, and writes down the fingerprint of the run it
/// names where the spec has none, so that the spec is complete; a spec without a start stays as it is.
/// NotFound and InvalidInput name the path: a run that is not there or not finished or of another method or
/// with another number of factors, a method that cannot go on from a model, another fingerprint.
Result<Spec> withStart(const Workspace& workspace, Spec spec);

/// The finished run that a start names. NotFound and InvalidInput name the path: a run that is not there or
/// not finished, another fingerprint.
Result<RunRecord> startingRun(const Workspace& workspace, const StartRule& start);

/// What the earlier model of the spec's start learnt, by the rows of the present data: people and items are
/// found again by their ids, domains by their names. Null when the spec has none.
Result<std::shared_ptr<const StartingPoint>> startingPoint(const Workspace& workspace,
                                                           const Spec& spec,
                                                           const Dataset& data);

} // namespace transept
