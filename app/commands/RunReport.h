#pragma once

#include "core/base/Json.h"
#include "core/store/RunStore.h"

#include <optional>
#include <string_view>

namespace transept::app {

/// {"run", "name", "state", "measures", "validation", "users", "seconds": {"load", "train", "evaluate"},
/// "memory_mb"}, and "reason" for a failed run. What is not known yet is null.
Json reportOf(const RunRecord& run);

/// {"seconds": {"load", "train", "evaluate"}, "memory_mb"}: as in reportOf().
Json costOf(const RunRecord& run);

/// "seconds: 0.02 load, 1.30 train, 0.10 evaluate; 80 MB"
std::string costText(const RunRecord& run);

/// As people read them: four digits behind the point, a dash for what does not apply.
std::string measureText(double value);

/// A header, then the values of the test set and of the validation part, by measure.
std::vector<std::vector<std::string>> measureTable(const RunRecord& run);

/// The run's number, its measures, users, seconds and memory, on standard output.
void printReport(const RunRecord& run);

} // namespace transept::app
