#include "core/store/RunStore.h"

#include <array>

namespace transept {
namespace {

constexpr std::array<std::pair<RunState, std::string_view>, 7> stateWords{
    {{RunState::Queued, "queued"},
     {RunState::Running, "running"},
     {RunState::Paused, "paused"},
     {RunState::Interrupted, "interrupted"},
     {RunState::Failed, "failed"},
     {RunState::Cancelled, "cancelled"},
     {RunState::Finished, "finished"}}};

} // namespace

std::string_view wordOf(RunState state)
{
    for (const auto& [each, word] : stateWords) {
        if (each == state) {
            return word;
        }
    }
    return {};
}

RunState runStateFrom(std::string_view word)
{
    for (const auto& [state, each] : stateWords) {
        if (each == word) {
            return state;
        }
    }
    return RunState::Failed; // the table's own check lets no other word in
}

} // namespace transept
