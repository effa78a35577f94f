#pragma once

#include "core/experiment/Audit.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace transept::test {

inline std::set<std::string> codesOf(const std::vector<Finding>& findings)
{
    std::set<std::string> codes;
    for (const Finding& finding : findings) {
        codes.insert(finding.code);
    }
    return codes;
}

/// What the auditor says of one run, or of several side by side.
inline std::vector<Finding> auditOf(const Workspace& workspace, const std::vector<RunId>& runs)
{
    Result<std::vector<Finding>> findings =
        runs.size() == 1 ? audit(workspace, runs.front(), {}) : audit(workspace, runs, {});
    if (!findings) {
        throw std::runtime_error(describe(findings.error()));
    }
    return std::move(*findings);
}

/// The only finding with this code.
inline Finding findingOf(const std::vector<Finding>& findings, const std::string& code)
{
    if (std::ranges::count(findings, code, &Finding::code) != 1) {
        throw std::runtime_error("not exactly one " + code);
    }
    return *std::ranges::find(findings, code, &Finding::code);
}

} // namespace transept::test
