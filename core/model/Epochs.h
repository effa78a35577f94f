#pragma once

#include "core/model/Method.h"
#include "core/model/TrainingState.h"

#include <functional>

namespace transept {

/// Runs epochs 1 ... `epochs`: trains, reports with a copy of the model, ends early when told so. `train`
/// returns the epoch's loss; `model` the model as it is now; `exchange` names the numbers that the training
/// consists of, so that it can be resumed.
Result<std::shared_ptr<const Model>> runEpochs(int epochs,
                                               const FitContext& context,
                                               const std::function<Result<double>(int)>& train,
                                               const std::function<std::shared_ptr<const Model>()>& model,
                                               const std::function<void(TrainingState&)>& exchange);

/// Tells how far the epoch `epoch` (from 1) of `epochs` is.
void reportEpoch(const JobContext& job, int epoch, int epochs, double fraction);

/// The error of a fit that was told to go on from bytes of another training, or damaged ones.
tl::unexpected<Error> unusableCheckpoint();

/// The error of a training whose numbers ran away.
tl::unexpected<Error> diverged(int epoch, double learningRate);

} // namespace transept
