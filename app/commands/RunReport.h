#pragma once

#include "core/base/Json.h"
#include "core/store/RunStore.h"

#include <optional>
#include <string_view>

namespace transept::app {

/// {"run", "name", "state", "measures", "validation", "diagnostics", "users"}, what costOf() says, and
/// "reason" for a failed run. What is not known yet is null.
Json reportOf(const RunRecord& run);

/// {"seconds": {"load", "train", "evaluate"}, "memory_mb": the most, "phase_mb": {"load", "train",
/// "evaluate"}}
Json costOf(const RunRecord& run);

/// "load 0.02 s, 40 MB; train 1.30 s, 80 MB; evaluate 0.10 s, 61 MB; 80 MB at most"
std::string costText(const RunRecord& run);

/// As people read them: four digits behind the point, a dash for what does not apply.
std::string measureText(double value);

/// A header, then the values of the test set and of the validation part, by measure.
std::vector<std::vector<std::string>> measureTable(const RunRecord& run);

/// The run's number, its measures, users, seconds and memory, on standard output.
void printReport(const RunRecord& run);

} // namespace transept::app
