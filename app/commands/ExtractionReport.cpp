#include "app/commands/ExtractionReport.h"

#include <fmt/format.h>

#include <span>

namespace transept::app {
namespace {

Json jsonOf(const Expected& figure)
{
    return {{"value", figure.value}, {"low", figure.low}, {"high", figure.high}};
}

/// "12,300 (11,800 to 12,900)"; without an interval when nothing was sampled.
std::string textOf(const Expected& figure, int digits = 0)
{
    return figure.low == figure.high ? fmt::format("{:.{}f}", figure.value, digits)
                                     : fmt::format("{:.{}f} ({:.{}f} to {:.{}f})",
                                                   figure.value,
                                                   digits,
                                                   figure.low,
                                                   digits,
                                                   figure.high,
                                                   digits);
}

std::string sentenceOf(const RejectedRow& row)
{
    return describe(Error{.sentence = row.sentence, .arguments = row.arguments});
}

void printRejects(const ExtractionReport& report)
{
    constexpr std::size_t rejectsShown = 3;
    if (report.rejected == 0) {
        return;
    }
    fmt::print(stderr, "{} rows of the file could not be taken:\n", report.rejected);
    for (const RejectedRow& row :
         std::span(report.rejects).first(std::min(rejectsShown, report.rejects.size()))) {
        fmt::print(stderr, "  {}\n", sentenceOf(row));
    }
    if (report.rejects.size() > rejectsShown) {
        fmt::print(stderr, "  --json lists the first thousand.\n");
    }
}

} // namespace

Json reportOf(const ExtractionForecast& cost)
{
    return {{"items", cost.items},
            {"from_cache", cost.fromCache},
            {"repeated", cost.repeated},
            {"calls", cost.calls},
            {"sampled", cost.sampled},
            {"tokens", {{"in", jsonOf(cost.tokensIn)}, {"out", jsonOf(cost.tokensOut)}}},
            {"seconds", cost.seconds ? jsonOf(*cost.seconds) : Json()},
            {"money", cost.money ? jsonOf(*cost.money) : Json()},
            {"currency", cost.currency}};
}

void printForecast(const ExtractionForecast& cost)
{
    fmt::print("{} items with text, {} answered already, {} like another one, {} calls left\n",
               cost.items,
               cost.fromCache,
               cost.repeated,
               cost.calls);
    fmt::print("about {} tokens in and {} out{}\n",
               textOf(cost.tokensIn),
               textOf(cost.tokensOut),
               cost.sampled > 0 ? fmt::format(", by {} calls made now", cost.sampled) : "");
    if (cost.seconds) {
        fmt::print("about {} s\n", textOf(*cost.seconds));
    }
    if (cost.money) {
        fmt::print("about {} {}\n", textOf(*cost.money, 4), cost.currency);
    }
}

Json reportOf(const ExtractionPreview& shown)
{
    Json steps = Json::array();
    for (const TextStep& step : shown.steps) {
        steps.push_back({{"name", step.name}, {"parts", step.parts}});
    }
    Json facets = Json::array();
    for (const StoredFacet& facet : shown.facets) {
        facets.push_back({{"name", facet.name}, {"text", facet.text}, {"weight", facet.weight}});
    }
    return {{"steps", steps},
            {"facets", facets},
            {"request", shown.request},
            {"reply", shown.reply},
            {"problem", shown.problem ? Json(describe(*shown.problem)) : Json()},
            {"redacted", shown.redactions.count()},
            {"tokens", {{"in", shown.tokensIn}, {"out", shown.tokensOut}}},
            {"money", shown.money ? Json(*shown.money) : Json()},
            {"seconds", shown.seconds}};
}

void printPreview(const ExtractionPreview& shown)
{
    for (const TextStep& step : shown.steps) {
        fmt::print("{}:\n  {}\n", step.name, fmt::join(step.parts, step.areLines ? "\n  " : ", "));
    }
    if (!shown.request.empty()) {
        fmt::print("{}\n{} pieces of personal data replaced; about {} tokens in, {} out\n",
                   shown.request,
                   shown.redactions.count(),
                   shown.tokensIn,
                   shown.tokensOut);
    }
    if (!shown.reply.empty()) {
        fmt::print("{}\n", shown.reply);
    }
    for (const StoredFacet& facet : shown.facets) {
        fmt::print("{}: {} ({:.3f})\n", facet.name, facet.text, facet.weight);
    }
    if (shown.problem) {
        fmt::print(stderr, "{}\n", describe(*shown.problem));
    }
}

Json reportOf(const ExtractionReport& report, const ExtractionRequest& request)
{
    Json rejects = Json::array();
    for (const RejectedRow& row : report.rejects) {
        rejects.push_back({{"line", row.line}, {"reason", sentenceOf(row)}});
    }
    return {{"knowledge", number(report.id)},
            {"name", request.name},
            {"items", report.items},
            {"added", report.added},
            {"without", report.without},
            {"failed", report.failed},
            {"rejected", report.rejected},
            {"rejects", rejects},
            {"calls", report.calls},
            {"retries", report.retries},
            {"repeated", report.repeated},
            {"repaired", report.repaired},
            {"shortened", report.shortened},
            {"valid", report.valid},
            {"unreadable", report.unreadable},
            {"tokens", {{"in", report.tokensIn}, {"out", report.tokensOut}}},
            {"money", report.money},
            {"from_cache", report.fromCache},
            {"budget_reached", report.budgetReached},
            {"seconds", report.seconds}};
}

void printExtraction(const ExtractionReport& report, const ExtractionRequest& request)
{
    fmt::print("{}: knowledge of {} items, {} without, {} failed, {:.1f} s\n",
               request.name,
               report.items,
               report.without,
               report.failed,
               report.seconds);
    if (request.extend) {
        fmt::print("{} of them are new; what was there stayed as it was\n", report.added);
    }
    if (report.calls + report.fromCache > 0) {
        fmt::print(
            "{} calls ({} retries, {} repairs), {} from the cache, {} like another item; {} tokens in, {} "
            "out\n",
            report.calls,
            report.retries,
            report.repaired,
            report.fromCache,
            report.repeated,
            report.tokensIn,
            report.tokensOut);
    }
    if (report.valid + report.unreadable > 0) {
        fmt::print(
            "{} of {} replies fitted as they first came\n", report.valid, report.valid + report.unreadable);
    }
    if (report.tokensAreBounds) {
        fmt::print("The server does not tell its tokens: the most that they can have been are counted.\n");
    }
    if (report.shortened > 0) {
        fmt::print("The text of {} items was too long for the model and was cut to a half, a quarter or an "
                   "eighth.\n",
                   report.shortened);
    }
    printRejects(report);
    if (report.budgetReached) {
        fmt::print(stderr, "The budget is spent; a higher one with --resume goes on.\n");
    }
}

} // namespace transept::app
