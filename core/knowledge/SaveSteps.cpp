#include "core/knowledge/SaveSteps.h"

#include "core/base/Words.h"

#include <algorithm>

namespace transept {

Status saveInSteps(std::size_t count,
                   const JobContext& context,
                   const std::function<Status(std::size_t first, std::size_t end)>& save)
{
    for (std::size_t first = 0; first < count; first += itemsPerStep) {
        const std::size_t end = std::min(count, first + itemsPerStep);
        if (const Status saved = context.checkpoint().and_then([&] { return save(first, end); }); !saved) {
            return saved;
        }
        context.progress({.fraction = static_cast<double>(end) / static_cast<double>(count),
                          .stage = TRANSLATABLE("stages", "Saving knowledge"),
                          .done = static_cast<std::int64_t>(end),
                          .total = static_cast<std::int64_t>(count)});
    }
    return {};
}

} // namespace transept
