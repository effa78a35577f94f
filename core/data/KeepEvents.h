#pragma once

#include "core/base/Interruptible.h"
#include "core/data/Interactions.h"

namespace transept {

/// Moves those events together for which `stays(event)`, and their parts, where there are any. Fails with
/// Cancelled alone; then neither is of use any more.
template<typename Stays>
Status keepEvents(std::vector<Event>& events,
                  std::vector<Part>& parts,
                  const Stays& stays,
                  const JobContext& context)
{
    std::size_t kept = 0;
    Status done = interruptible(context, events.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            if (stays(events[at])) {
                events[kept] = events[at];
                if (!parts.empty()) {
                    parts[kept] = parts[at];
                }
                ++kept;
            }
        }
    });
    if (done) {
        events.resize(kept);
        parts.resize(std::min(kept, parts.size()));
    }
    return done;
}

} // namespace transept
