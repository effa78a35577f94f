#pragma once

#include "core/data/Dataset.h"

namespace transept {

/// Reads what the user's files give interactions of the target to be ranked among, as far as the extent of
/// the data. Fills `negatives` and `negativesFingerprint`. Fails with InvalidInput when some of them are no
/// items of the selection, with Cancelled when asked to stop.
Status loadNegatives(const Workspace& workspace, Dataset& data, const JobContext& context);

} // namespace transept
