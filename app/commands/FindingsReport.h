#pragma once

#include "core/experiment/Audit.h"

namespace transept::app {

/// [{"code", "severity", "runs", "sentence", "arguments", "figures"}]
Json reportOf(const std::vector<Finding>& findings);

/// Severity, code and runs in one line, the sentence below; a line that says so when there is none.
void printFindings(const std::vector<Finding>& findings);

} // namespace transept::app
