#pragma once

#include "core/base/Job.h"
#include "core/base/Json.h"

#include <string>
#include <vector>

namespace transept::app {

/// Writes the error's sentence to standard error and returns the exit status that belongs to its code.
int complain(const Error& error);
int exitStatus(ErrorCode code);

/// One JSON document on standard output; NaN and infinities become null.
void print(const Json& document);

/// A table on standard output: the first row is the header, numbers are right-aligned.
void printTable(const std::vector<std::vector<std::string>>& rows);

/// Progress as one line that is rewritten, on standard error, only when that is a terminal.
std::function<void(const Progress&)> progressLine();

} // namespace transept::app
