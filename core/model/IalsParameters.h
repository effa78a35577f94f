#pragma once

#include "core/base/Parameter.h"

namespace transept {

/// The hyperparameters of ials, as its description lists them.
std::vector<Parameter> ialsParameters();

} // namespace transept
