#include "app/commands/FindingsReport.h"

#include "core/base/Words.h"

#include <fmt/format.h>

namespace transept::app {

Json reportOf(const std::vector<Finding>& findings)
{
    Json report = Json::array();
    for (const Finding& finding : findings) {
        Json runs = Json::array();
        for (const RunId run : finding.runs) {
            runs.push_back(number(run));
        }
        report.push_back({{"code", finding.code},
                          {"severity", wordOf(finding.severity)},
                          {"runs", std::move(runs)},
                          {"sentence", describe(finding)},
                          {"arguments", finding.arguments},
                          {"figures", finding.figures.is_null() ? Json::object() : finding.figures}});
    }
    return report;
}

void printFindings(const std::vector<Finding>& findings)
{
    if (findings.empty()) {
        fmt::print("The audit found nothing.\n");
    }
    for (const Finding& finding : findings) {
        std::vector<std::string> runs;
        for (const RunId run : finding.runs) {
            runs.push_back(std::to_string(number(run)));
        }
        fmt::print("{}  {}  run {}\n    {}\n",
                   wordOf(finding.severity),
                   finding.code,
                   listed(runs),
                   describe(finding));
    }
}

} // namespace transept::app
