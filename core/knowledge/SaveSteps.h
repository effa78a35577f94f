#pragma once

#include "core/base/Job.h"

#include <cstddef>
#include <functional>

namespace transept {

inline constexpr std::size_t itemsPerStep = 500; ///< committed together

/// Saves the knowledge of `count` items in steps: calls `save` with the first and the end of each, and says
/// how far it is.
Status saveInSteps(std::size_t count,
                   const JobContext& context,
                   const std::function<Status(std::size_t first, std::size_t end)>& save);

} // namespace transept
