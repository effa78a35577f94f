#pragma once

#include "core/data/Dataset.h"

namespace transept {

/// Fills in what tells one selection of interactions from another: Dataset::fingerprint and
/// Dataset::targetFingerprint. Fails with Cancelled when `context` is asked to stop.
Status addFingerprints(const Database& database, Dataset& data, const JobContext& context);

} // namespace transept
