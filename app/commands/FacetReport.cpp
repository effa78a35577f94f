#include "app/commands/FacetReport.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

Json orNull(const std::optional<std::string>& text)
{
    return text ? Json(*text) : Json();
}

std::string_view wordOf(FacetState state)
{
    switch (state) {
    case FacetState::Extracted:
        return "extracted";
    case FacetState::Edited:
        return "edited";
    case FacetState::StruckOut:
        return "struck out";
    case FacetState::Added:
        break;
    }
    return "added";
}

std::string_view wordOf(FacetVectorOf vector)
{
    return vector == FacetVectorOf::Own ? "own" : vector == FacetVectorOf::SameText ? "same text" : "none";
}

std::string shareOf(std::int64_t part, std::int64_t whole)
{
    return whole == 0
               ? "-"
               : fmt::format("{:.3g} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

Json jsonOf(const SourcedFacts& facts, const KeptReplies& replies)
{
    Json facets = Json::array();
    for (const SourcedFacet& each : facts.facets) {
        facets.push_back({{"facet", each.facet.name},
                          {"nth", each.facet.place.nth},
                          {"text", orNull(each.facet.text)},
                          {"extracted", orNull(each.facet.extracted)},
                          {"state", wordOf(stateOf(each.facet))},
                          {"weight", each.facet.weight},
                          {"vector", wordOf(each.vector)},
                          {"verdict", each.verdict ? Json(transept::wordOf(*each.verdict)) : Json()}});
    }
    const auto reply = replies.find(facts.base.name);
    return {{"knowledge", facts.base.name},
            {"extractor", facts.base.extractor},
            {"model", facts.model.empty() ? Json() : Json(facts.model)},
            {"facets", std::move(facets)},
            {"vector", facts.hasVector},
            {"terms", facts.terms},
            {"failure",
             facts.failure ? Json(describe(Error{.code = ErrorCode::InvalidInput,
                                                 .sentence = facts.failure->reason,
                                                 .arguments = facts.failure->arguments}))
                           : Json()},
            {"reply", reply == replies.end() ? Json() : Json(reply->second)}};
}

void printFacts(const SourcedFacts& facts)
{
    fmt::print("\n{}, by {}{}{}; {} vector, {} weighted words\n",
               facts.base.name,
               facts.base.extractor,
               facts.model.empty() ? "" : " from ",
               facts.model,
               facts.hasVector ? "a" : "no",
               facts.terms);
    if (facts.failure) {
        fmt::print("failed: {}\n",
                   describe(Error{.code = ErrorCode::InvalidInput,
                                  .sentence = facts.failure->reason,
                                  .arguments = facts.failure->arguments}));
    }
    std::vector<std::vector<std::string>> rows{
        {"facet", "nth", "text", "source", "extracted", "vector", "verdict"}};
    for (const SourcedFacet& each : facts.facets) {
        const bool isChanged = each.facet.edited > 0 && each.facet.extracted;
        rows.push_back({each.facet.name,
                        std::to_string(each.facet.place.nth),
                        each.facet.text.value_or("-"),
                        std::string(wordOf(stateOf(each.facet))),
                        isChanged ? *each.facet.extracted : std::string(),
                        std::string(wordOf(each.vector)),
                        each.verdict ? std::string(transept::wordOf(*each.verdict)) : std::string()});
    }
    if (rows.size() > 1) {
        printTable(rows);
    }
}

} // namespace

std::string_view stateWord(const FacetRow& row)
{
    return row.isOfOther() ? "other" : wordOf(stateOf(row.facet));
}

Json reportOf(const FoundFacets& found)
{
    Json rows = Json::array();
    for (const FacetRow& row : found.rows) {
        Json& made = rows.emplace_back(Json{{"domain", found.domains.at(row.domain)},
                                            {"item", row.key},
                                            {"title", row.title},
                                            {"facet", row.facet.name},
                                            {"nth", row.isOfOther() ? Json() : Json(row.facet.place.nth)},
                                            {"text", orNull(row.facet.text)},
                                            {"extracted", orNull(row.facet.extracted)},
                                            {"state", stateWord(row)},
                                            {"weight", row.facet.weight}});
        if (found.isCompared) {
            made["other"] = orNull(row.other);
        }
        made["conflict"] = row.conflict;
    }
    return {{"facets", std::move(rows)}, {"count", found.count}};
}

void printFacets(const FoundFacets& found)
{
    std::vector<std::vector<std::string>> rows{{"item", "title", "facet", "nth", "text"}};
    if (found.isCompared) {
        rows.front().insert(rows.front().end(), {"other", "conflict"});
    }
    rows.front().emplace_back("source");
    for (const FacetRow& row : found.rows) {
        rows.push_back({row.key,
                        row.title,
                        row.facet.name,
                        row.isOfOther() ? std::string() : std::to_string(row.facet.place.nth),
                        row.facet.text.value_or("-")});
        if (found.isCompared) {
            rows.back().push_back(row.other.value_or("-"));
            rows.back().emplace_back(row.conflict ? "conflict" : "");
        }
        rows.back().emplace_back(stateWord(row));
    }
    printTable(rows);
    fmt::print("{} of {} facets\n", found.rows.size(), found.count);
}

Json reportOf(const FacetFigures& figures)
{
    Json facets = Json::array();
    for (const FacetFigure& each : figures.byName) {
        facets.push_back({{"facet", each.name},
                          {"items", each.items},
                          {"facets", each.facets},
                          {"texts", each.texts},
                          {"commonest", each.commonest},
                          {"commonest_facets", each.commonestFacets},
                          {"mean_length", each.meanLength},
                          {"items_with_several", each.several},
                          {"edited", each.edited}});
    }
    return {{"items", figures.items},
            {"items_with_facets", figures.withFacets},
            {"facets", figures.facets},
            {"edited", figures.edited},
            {"failures", figures.failures},
            {"calls", figures.answers.calls},
            {"retries", figures.answers.retries},
            {"valid", figures.answers.valid},
            {"unreadable", figures.answers.unreadable},
            {"tokens_in", figures.tokensIn},
            {"tokens_out", figures.tokensOut},
            {"money", figures.money ? Json(*figures.money) : Json()},
            {"currency", figures.money ? Json(figures.currency) : Json()},
            {"by_facet", std::move(facets)}};
}

void printFigures(const FacetFigures& figures)
{
    std::vector<std::vector<std::string>> rows{
        {"facet", "items", "coverage", "texts", "commonest", "share", "mean length", "edited"}};
    for (const FacetFigure& each : figures.byName) {
        rows.push_back({each.name,
                        std::to_string(each.items),
                        shareOf(each.items, figures.items),
                        std::to_string(each.texts),
                        each.commonest,
                        shareOf(each.commonestFacets, each.facets),
                        fmt::format("{:.1f}", each.meanLength),
                        std::to_string(each.edited)});
    }
    printTable(rows);
    fmt::print("{} of {} items with facets, {} facets, {} edited, {} items failed\n{} tokens in, {} out{}\n",
               figures.withFacets,
               figures.items,
               figures.facets,
               figures.edited,
               figures.failures,
               figures.tokensIn,
               figures.tokensOut,
               figures.money ? fmt::format(", {:.4g} {}", *figures.money, figures.currency) : "");
    const AnswerCounts& answers = figures.answers;
    if (answers.calls > 0) {
        fmt::print("{} calls, {} retries; {} of {} replies fitted as they first came\n",
                   answers.calls,
                   answers.retries,
                   answers.valid,
                   answers.valid + answers.unreadable);
    }
}

Json reportOf(const std::vector<FacetComparison>& compared)
{
    Json report = Json::array();
    for (const FacetComparison& each : compared) {
        report.push_back({{"facet", each.name},
                          {"both", each.both},
                          {"agree", each.agree},
                          {"conflicts", each.conflicts()},
                          {"only_this", each.onlyOne},
                          {"only_other", each.onlyOther}});
    }
    return report;
}

void printComparison(const std::vector<FacetComparison>& compared)
{
    std::vector<std::vector<std::string>> rows{
        {"facet", "items of both", "agree", "share", "conflicts", "only this", "only other"}};
    for (const FacetComparison& each : compared) {
        rows.push_back({each.name,
                        std::to_string(each.both),
                        std::to_string(each.agree),
                        shareOf(each.agree, each.both),
                        std::to_string(each.conflicts()),
                        std::to_string(each.onlyOne),
                        std::to_string(each.onlyOther)});
    }
    printTable(rows);
}

Json reportOf(const FacetVocabulary& vocabulary)
{
    const auto listed = [](const std::vector<VocabularyText>& texts) {
        Json list = Json::array();
        for (const VocabularyText& each : texts) {
            list.push_back({{"text", each.text}, {"items", each.items}});
        }
        return list;
    };
    Json alike = Json::array();
    for (const auto& group : vocabulary.alike) {
        alike.push_back(listed(group));
    }
    return {{"texts", vocabulary.texts}, {"common", listed(vocabulary.common)}, {"alike", std::move(alike)}};
}

void printVocabulary(const FacetVocabulary& vocabulary)
{
    std::vector<std::vector<std::string>> rows{{"text", "items"}};
    for (const VocabularyText& each : vocabulary.common) {
        rows.push_back({each.text, std::to_string(each.items)});
    }
    printTable(rows);
    fmt::print("{} of {} texts\n", vocabulary.common.size(), vocabulary.texts);
    for (const auto& group : vocabulary.alike) {
        std::vector<std::string> texts;
        for (const VocabularyText& each : group) {
            texts.push_back(fmt::format("{} ({})", each.text, each.items));
        }
        fmt::print("alike: {}\n", fmt::join(texts, "; "));
    }
}

Json reportOf(const std::vector<FacetChange>& history)
{
    Json changes = Json::array();
    for (const FacetChange& each : history) {
        changes.push_back({{"change", each.number},
                           {"created", each.created},
                           {"facets", each.facets},
                           {"struck_out", each.struck},
                           {"added", each.added},
                           {"undone", each.undone},
                           {"item", each.item},
                           {"facet", each.name},
                           {"text", orNull(each.text)}});
    }
    return {{"changes", std::move(changes)}};
}

void printHistory(const std::vector<FacetChange>& history)
{
    std::vector<std::vector<std::string>> rows{
        {"change", "facets", "struck out", "added", "first item", "facet", "text", ""}};
    for (const FacetChange& each : history) {
        rows.push_back({std::to_string(each.number),
                        std::to_string(each.facets),
                        std::to_string(each.struck),
                        std::to_string(each.added),
                        each.item,
                        each.name,
                        each.text.value_or("-"),
                        each.undone ? "undone" : ""});
    }
    printTable(rows);
}

Json reportOf(const ItemPage& page, const KeptReplies& replies)
{
    Json fields = Json::object();
    for (const auto& [name, value] : page.item.fields) {
        fields[name] = value;
    }
    Json bases = Json::array();
    for (const SourcedFacts& facts : page.bases) {
        bases.push_back(jsonOf(facts, replies));
    }
    return {{"domain", page.domain},
            {"item", page.item.key},
            {"title", page.item.title.empty() ? Json() : Json(page.item.title)},
            {"file", page.file.empty() ? Json() : Json(page.file)},
            {"line", page.line == 0 ? Json() : Json(page.line)},
            {"interactions", page.item.interactions},
            {"fields", std::move(fields)},
            {"knowledge", std::move(bases)}};
}

void printPage(const ItemPage& page, const KeptReplies& replies)
{
    fmt::print("{} ({}, {})\n", page.item.title, page.domain, page.item.key);
    fmt::print("{}; {} interactions\n",
               page.file.empty() ? "only seen in interactions" : fmt::format("{}:{}", page.file, page.line),
               page.item.interactions);
    for (const auto& [name, value] : page.item.fields) {
        fmt::print("{}: {}\n", name, value);
    }
    for (const SourcedFacts& facts : page.bases) {
        printFacts(facts);
        if (const auto reply = replies.find(facts.base.name); reply != replies.end()) {
            fmt::print("reply: {}\n", reply->second);
        }
    }
}

} // namespace transept::app
