#pragma once

#include <limits>

namespace transept {

/// What a measure gives where it has no meaning.
inline constexpr double notApplicable = std::numeric_limits<double>::quiet_NaN();

} // namespace transept
