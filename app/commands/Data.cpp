#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "core/base/Words.h"
#include "core/store/Statistics.h"

#include <fmt/format.h>

#include <chrono>

namespace transept::app {
namespace {

struct DataArguments
{
    std::string workspace;
    std::string domain;
    bool json = false;
};

Json scaleOf(const Domain& domain)
{
    return domain.scaleMin && domain.scaleMax ? Json{*domain.scaleMin, *domain.scaleMax} : Json();
}

Json jsonOf(const DomainStatistics& statistics)
{
    return {{"name", statistics.domain.name},
            {"platform", statistics.domain.platformName},
            {"kind", wordOf(statistics.domain.kind)},
            {"users", statistics.users},
            {"items", statistics.items},
            {"interactions", statistics.interactions},
            {"density", statistics.density},
            {"scale", scaleOf(statistics.domain)},
            {"texts", statistics.texts}};
}

/// The day in UTC; the bare number where it lies outside the calendar's four-digit years.
std::string dayOf(const std::optional<std::int64_t>& time)
{
    constexpr std::int64_t yearZero = -62'167'219'200;
    constexpr std::int64_t yearTenThousand = 253'402'300'800;
    if (!time) {
        return "-";
    }
    if (*time < yearZero || *time >= yearTenThousand) {
        return std::to_string(*time);
    }
    const std::chrono::sys_seconds moment{std::chrono::seconds(*time)};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(moment));
    return fmt::format("{:04}-{:02}-{:02}",
                       static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::vector<std::string> rowOf(const DomainStatistics& statistics)
{
    const Domain& domain = statistics.domain;
    const bool hasScale = domain.scaleMin && domain.scaleMax;
    return {domain.name,
            domain.platformName,
            std::string(wordOf(domain.kind)),
            std::to_string(statistics.users),
            std::to_string(statistics.items),
            std::to_string(statistics.interactions),
            fmt::format("{:.3g} %", statistics.density * 100.0),
            hasScale ? fmt::format("{:g} to {:g}", *domain.scaleMin, *domain.scaleMax) : "-",
            std::to_string(statistics.texts),
            dayOf(statistics.firstTime),
            dayOf(statistics.lastTime)};
}

void printTables(const WorkspaceStatistics& found)
{
    if (found.domains.empty()) {
        fmt::print(
            "The workspace is empty. Import data with: transept import WORKSPACE FILE --domain NAME\n");
        return;
    }
    std::vector<std::vector<std::string>> domains{{"domain",
                                                   "platform",
                                                   "kind",
                                                   "users",
                                                   "items",
                                                   "interactions",
                                                   "density",
                                                   "scale",
                                                   "texts",
                                                   "first",
                                                   "last"}};
    for (const DomainStatistics& domain : found.domains) {
        domains.push_back(rowOf(domain));
    }
    printTable(domains);
    std::vector<std::string> given;
    for (const DomainStatistics& each : found.domains) {
        if (each.domain.hasNegatives) {
            given.push_back(each.domain.name);
        }
    }
    if (!given.empty()) {
        fmt::print("\nWith negatives for measures such as ndcg@10~given: {}\n", listed(given));
    }
    if (found.overlap.empty()) {
        return;
    }
    std::vector<std::vector<std::string>> overlap{{"overlap", "", "users", "items"}};
    for (const Overlap& pair : found.overlap) {
        overlap.push_back({pair.a, pair.b, std::to_string(pair.users), std::to_string(pair.items)});
    }
    fmt::print("\n");
    printTable(overlap);
    fmt::print("\n{} users in the whole workspace, {} of them in several domains\n",
               found.persons,
               found.sharedPersons);
}

void keepOnly(const std::string& name, WorkspaceStatistics& found)
{
    std::erase_if(found.domains, [&](const DomainStatistics& each) { return each.domain.name != name; });
    std::erase_if(found.overlap, [&](const Overlap& each) { return each.a != name && each.b != name; });
}

int showData(const DataArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    if (!options.domain.empty()) {
        if (const Result<Domain> domain = Catalog(*workspace).domain(options.domain); !domain) {
            return complain(domain.error());
        }
    }
    Result<WorkspaceStatistics> found = statistics(*workspace, context);
    if (!found) {
        return complain(found.error());
    }
    if (!options.domain.empty()) {
        keepOnly(options.domain, *found);
    }
    if (!options.json) {
        printTables(*found);
        return 0;
    }
    Json document{{"domains", Json::array()}, {"overlap", Json::array()}};
    for (const DomainStatistics& domain : found->domains) {
        document["domains"].push_back(jsonOf(domain));
    }
    for (const Overlap& pair : found->overlap) {
        document["overlap"].push_back(
            {{"a", pair.a}, {"b", pair.b}, {"users", pair.users}, {"items", pair.items}});
    }
    print(document);
    return 0;
}

} // namespace

void addData(CLI::App& program, Action& chosen)
{
    CLI::App* command =
        program.add_subcommand("data", "Counts, density, scales and overlap of the domains of a workspace");
    const auto options = std::make_shared<DataArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("domain", options->domain, "One domain, with its overlaps; all when left out");
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept data films.transept --json");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return showData(*options, context); };
    });
}

} // namespace transept::app
