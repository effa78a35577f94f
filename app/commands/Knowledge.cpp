#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/ParameterReport.h"
#include "core/base/Words.h"
#include "core/knowledge/Extractor.h"
#include "core/knowledge/ItemTexts.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct Options
{
    std::string workspace;
    ExtractionRequest request;
    std::vector<std::string> settings;
    bool resume = false;
    bool forecast = false;
    std::string preview; ///< the key of an item
    bool describe = false;
    bool json = false;
};

/// A value as JSON when it is a number, true or false; else as a text.
Json valueOf(const std::string& text)
{
    const Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() || parsed.is_boolean() ? parsed : Json(text);
}

Result<ExtractionRequest> requestOf(const Options& options)
{
    ExtractionRequest request = options.request;
    const Result<const ExtractorDescription*> extractor = findExtractor(request.extractor);
    if (!extractor) {
        return passOn(extractor);
    }
    for (const std::string& setting : options.settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "--set %1 lacks a value. Write it as KEY=VALUE, such as dimension=64."),
                        {setting});
        }
        const std::string name = setting.substr(0, equals);
        const std::string value = setting.substr(equals + 1);
        const auto& parameters = (*extractor)->parameters;
        const auto parameter = std::ranges::find(parameters, name, &Parameter::name);
        const bool isText = parameter != parameters.end() && (parameter->type == Parameter::Type::Text ||
                                                              parameter->type == Parameter::Type::Choice);
        request.settings[name] = isText ? Json(value) : valueOf(value);
    }
    return request;
}

Json describeBase(const KnowledgeBase& base)
{
    return {{"knowledge", number(base.id)},
            {"name", base.name},
            {"extractor", base.extractor},
            {"state", base.state},
            {"reason", base.reason},
            {"items", base.items},
            {"dimension", base.dimension},
            {"tokens", {{"in", base.tokensIn}, {"out", base.tokensOut}}},
            {"config", base.config}};
}

int listBases(const Workspace& workspace, const Options& options)
{
    const Result<std::vector<KnowledgeBase>> bases = KnowledgeStore(workspace).all();
    if (!bases) {
        return complain(bases.error());
    }
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{{"name", "extractor", "state", "items", "dimension"}};
    for (const KnowledgeBase& base : *bases) {
        all.push_back(describeBase(base));
        rows.push_back({base.name,
                        base.extractor,
                        base.state,
                        std::to_string(base.items),
                        std::to_string(base.dimension)});
    }
    options.json ? print(all) : printTable(rows);
    return 0;
}

int showForecast(const Workspace& workspace, const Options& options, const JobContext& context)
{
    const Result<ExtractionRequest> request = requestOf(options);
    if (!request) {
        return complain(request.error());
    }
    const Result<ExtractionForecast> cost = forecast(workspace, *request, context);
    if (!cost) {
        return complain(cost.error());
    }
    if (options.json) {
        print({{"items", cost->items},
               {"calls", cost->calls},
               {"tokens", {{"in", cost->tokensIn}, {"out", cost->tokensOut}}}});
    } else {
        fmt::print("{} items with text, {} calls, about {} tokens in and {} out\n",
                   cost->items,
                   cost->calls,
                   cost->tokensIn,
                   cost->tokensOut);
    }
    return 0;
}

/// The extractor and its settings; asks no workspace.
int showExtractor(const Options& options)
{
    const Result<const ExtractorDescription*> found = findExtractor(options.request.extractor);
    if (!found) {
        return complain(found.error());
    }
    const ExtractorDescription& extractor = **found;
    if (options.json) {
        print({{"name", extractor.name},
               {"title", extractor.title},
               {"meaning", extractor.meaning},
               {"needs_server", extractor.needsServer},
               {"settings", describeParameters(extractor.parameters)}});
        return 0;
    }
    fmt::print("{}: {}\n{}\n\n", extractor.name, extractor.title, extractor.meaning);
    printParameters(extractor.parameters, "setting");
    return 0;
}

Json describePreview(const ExtractionPreview& shown)
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
            {"problem", shown.problem ? Json(describe(*shown.problem)) : Json()}};
}

/// A server is not asked: its request alone is shown.
int showPreview(const Workspace& workspace, const Options& options, const JobContext& context)
{
    const Result<ExtractionRequest> request = requestOf(options);
    if (!request) {
        return complain(request.error());
    }
    const Result<ItemId> item = itemWithKey(workspace, request->domains, options.preview);
    if (!item) {
        return complain(item.error());
    }
    const Result<ExtractionPreview> shown = preview(workspace, *request, *item, false, context);
    if (!shown) {
        return complain(shown.error());
    }
    if (options.json) {
        print(describePreview(*shown));
        return 0;
    }
    for (const TextStep& step : shown->steps) {
        fmt::print("{}:\n  {}\n", step.name, fmt::join(step.parts, step.areLines ? "\n  " : ", "));
    }
    if (!shown->request.empty()) {
        fmt::print("{}\n", shown->request);
    }
    for (const StoredFacet& facet : shown->facets) {
        fmt::print("{}: {} ({:.3f})\n", facet.name, facet.text, facet.weight);
    }
    if (shown->problem) {
        fmt::print(stderr, "{}\n", describe(*shown->problem));
    }
    return 0;
}

std::string sentenceOf(const RejectedRow& row)
{
    return describe({.sentence = row.sentence, .arguments = row.arguments});
}

void showReport(const ExtractionReport& report, const Options& options)
{
    constexpr std::size_t rejectsShown = 3;
    if (options.json) {
        Json rejects = Json::array();
        for (const RejectedRow& row : report.rejects) {
            rejects.push_back({{"line", row.line}, {"reason", sentenceOf(row)}});
        }
        print({{"knowledge", number(report.id)},
               {"name", options.request.name},
               {"items", report.items},
               {"without", report.without},
               {"failed", report.failed},
               {"rejected", report.rejected},
               {"rejects", rejects},
               {"tokens", {{"in", report.tokensIn}, {"out", report.tokensOut}}},
               {"from_cache", report.fromCache},
               {"seconds", report.seconds}});
        return;
    }
    fmt::print("{}: knowledge of {} items, {} without, {} failed, {:.1f} s\n",
               options.request.name,
               report.items,
               report.without,
               report.failed,
               report.seconds);
    if (report.rejected > 0) {
        fmt::print(stderr, "{} rows of the file could not be taken:\n", report.rejected);
        for (const RejectedRow& row :
             std::span(report.rejects).first(std::min(rejectsShown, report.rejects.size()))) {
            fmt::print(stderr, "  {}\n", sentenceOf(row));
        }
        if (report.rejects.size() > rejectsShown) {
            fmt::print(stderr, "  --json lists the first thousand.\n");
        }
    }
    if (report.budgetReached) {
        fmt::print(stderr, "The token budget is spent; a higher --budget with --resume goes on.\n");
    }
}

/// With --resume the base must be there: a mistyped name does not start a new one.
Status checkResume(const Workspace& workspace, const Options& options)
{
    if (!options.resume) {
        return {};
    }
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(options.request.name);
    return base ? Status() : passOn(base);
}

int extractKnowledge(Workspace& workspace, const Options& options, const JobContext& context)
{
    const Result<ExtractionRequest> request = requestOf(options);
    if (!request) {
        return complain(request.error());
    }
    const auto interrupted = workspace.findInterrupted(); // a killed extraction can go on
    const Status canResume = checkResume(workspace, options);
    if (!interrupted || !canResume) {
        return complain(interrupted ? canResume.error() : interrupted.error());
    }
    const Result<ExtractionReport> report = extract(workspace, *request, context);
    if (!report) {
        return complain(report.error());
    }
    showReport(*report, options);
    return 0;
}

int knowledge(const Options& options, const JobContext& context)
{
    if (options.describe) {
        return showExtractor(options);
    }
    const bool looks = options.forecast || !options.preview.empty();
    const bool writes = !options.request.extractor.empty() && !looks;
    Result<Workspace> workspace =
        Workspace::open(options.workspace, writes ? Access::ReadWrite : Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    if (options.request.extractor.empty()) {
        return listBases(*workspace, options);
    }
    if (!options.preview.empty()) {
        return showPreview(*workspace, options, context);
    }
    return options.forecast ? showForecast(*workspace, options, context)
                            : extractKnowledge(*workspace, options, context);
}

std::vector<std::string> extractorNames()
{
    std::vector<std::string> names;
    std::ranges::transform(extractors(), std::back_inserter(names), &ExtractorDescription::name);
    return names;
}

} // namespace

void addKnowledge(CLI::App& program, Action& chosen)
{
    CLI::App* command =
        program.add_subcommand("knowledge", "Extract knowledge from item texts, or list what there is");
    const auto options = std::make_shared<Options>();
    command->add_option("workspace", options->workspace, "The workspace file")->required();
    CLI::Option* extractor = command->add_option(
        "--extractor", options->request.extractor, "Extract with this one: " + listed(extractorNames()));
    CLI::Option* name = command->add_option("--name", options->request.name, "Name of the knowledge base");
    command->add_option("--domains", options->request.domains, "Only the items of these; all when left out")
        ->delimiter(',')
        ->needs(extractor);
    command
        ->add_option(
            "--fields",
            options->request.fields,
            "Fields to read, 'title' among them; when left out all but numbers and popularity figures")
        ->delimiter(',')
        ->needs(extractor);
    command->add_option("--set", options->settings, "A setting of the extractor, KEY=VALUE; may be repeated")
        ->needs(extractor);
    command
        ->add_option(
            "--budget", options->request.tokenBudget, "Tokens that a server may be asked for; 0: no limit")
        ->check(CLI::NonNegativeNumber)
        ->needs(extractor);
    command->add_flag("--resume", options->resume, "Go on with a stopped extraction of this name")
        ->needs(name);
    CLI::Option* forecast =
        command->add_flag("--forecast", options->forecast, "Only say what it would cost")->needs(extractor);
    CLI::Option* preview =
        command
            ->add_option(
                "--preview",
                options->preview,
                "Only show what is made of the item with this key: for lexical and word-vectors step "
                "by step, for a server the request")
            ->needs(extractor)
            ->excludes(forecast);
    CLI::Option* describe =
        command->add_flag("--settings", options->describe, "Only list the settings of the extractor")
            ->needs(extractor)
            ->excludes(forecast)
            ->excludes(preview);
    command->add_flag("--json", options->json, "One JSON document");
    command->footer(
        "Example: transept knowledge films.transept --extractor lexical --name words --set dimension=64");
    command->callback([options, extractor, name, forecast, preview, describe, &chosen] {
        const std::size_t looks = forecast->count() + preview->count() + describe->count();
        if (extractor->count() > 0 && name->count() == 0 && looks == 0) {
            throw CLI::RequiredError("--name");
        }
        if (extractor->count() == 0 && name->count() > 0) {
            throw CLI::RequiredError("--extractor");
        }
        chosen = [options](const JobContext& context) { return knowledge(*options, context); };
    });
}

} // namespace transept::app
