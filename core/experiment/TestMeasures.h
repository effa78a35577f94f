#pragma once

#include "core/experiment/Preparation.h"

namespace transept {

/// What a run keeps of the test part: measures, values of every user, lists and, of models of ratings,
/// predictions. The measures are the spec's, or what fits the model when it names none.
Result<RunStore::Outcome> measureTest(const Spec& spec,
                                      const Prepared& prepared,
                                      const Model& model,
                                      const JobContext& context);

} // namespace transept
