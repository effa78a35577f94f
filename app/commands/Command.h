#pragma once

#include "core/base/Job.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace transept::app {

/// What a subcommand does once its arguments are read: returns the exit status (0 done, 1 failed, 2 wrong
/// usage, 3 bad input, 130 stopped).
using Action = std::function<int(const JobContext&)>;

/// Each subcommand is one file that adds itself to the parser; when it is chosen it puts its action into
/// `chosen`. Commands.cpp lists them.
void addInspect(CLI::App& program, Action& chosen);
void addImport(CLI::App& program, Action& chosen);
void addImportResults(CLI::App& program, Action& chosen);
void addData(CLI::App& program, Action& chosen);
void addSample(CLI::App& program, Action& chosen);
void addKnowledge(CLI::App& program, Action& chosen);
void addPrice(CLI::App& program, Action& chosen);
void addPrompt(CLI::App& program, Action& chosen);
void addCheckKnowledge(CLI::App& program, Action& chosen);
void addFacets(CLI::App& program, Action& chosen);
void addMethods(CLI::App& program, Action& chosen);
void addRun(CLI::App& program, Action& chosen);
void addRuns(CLI::App& program, Action& chosen);
void addShow(CLI::App& program, Action& chosen);
void addSegments(CLI::App& program, Action& chosen);
void addCurves(CLI::App& program, Action& chosen);
void addCompare(CLI::App& program, Action& chosen);
void addAudit(CLI::App& program, Action& chosen);
void addRecommend(CLI::App& program, Action& chosen);
void addApply(CLI::App& program, Action& chosen);
void addExport(CLI::App& program, Action& chosen);
void addEdit(CLI::App& program, Action& chosen);
void addDelete(CLI::App& program, Action& chosen);
void addRestore(CLI::App& program, Action& chosen); ///< in Delete.cpp

} // namespace transept::app
