#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/ExtractionReport.h"
#include "app/commands/ParameterReport.h"
#include "core/base/Words.h"
#include "core/knowledge/Extractor.h"
#include "core/knowledge/ItemTexts.h"
#include "core/recommend/Recommend.h"
#include "core/store/KnowledgeVersions.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct KnowledgeArguments
{
    std::string workspace;
    ExtractionRequest request;
    std::vector<std::string> settings;
    std::string prompt; ///< of the workspace, by name
    bool resume = false;
    std::string copy; ///< name of a knowledge base
    bool forecast = false;
    int sample = 0;
    bool probe = false;
    std::string preview; ///< key of an item
    bool ask = false;
    bool describe = false;
    bool json = false;
};

/// A value as JSON when it is a number, true or false; else as a text.
Json valueOf(const std::string& text)
{
    const Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() || parsed.is_boolean() ? parsed : Json(text);
}

Result<ExtractionRequest> requestOf(const KnowledgeArguments& options)
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
        using Type = Parameter::Type;
        const bool isText = parameter != parameters.end() &&
                            (parameter->type == Type::Text || parameter->type == Type::Choice ||
                             parameter->type == Type::File);
        request.settings[name] = isText ? Json(value) : valueOf(value);
    }
    if (!options.prompt.empty()) {
        request.settings["prompt"] = "@" + options.prompt;
    }
    return request;
}

Json describeBase(const KnowledgeBase& base, const KnowledgeVersion& version)
{
    return {{"frozen", version.isFrozen},
            {"new_items", version.newItems},
            {"copy_of", base.copyOf},
            {"knowledge", number(base.id)},
            {"name", base.name},
            {"extractor", base.extractor},
            {"state", base.state},
            {"reason", base.reason},
            {"items", base.items},
            {"dimension", base.dimension},
            {"tokens", {{"in", base.tokensIn}, {"out", base.tokensOut}}},
            {"calls", base.answers.calls},
            {"retries", base.answers.retries},
            {"valid", base.answers.valid},
            {"unreadable", base.answers.unreadable},
            {"config", base.config}};
}

int listBases(const Workspace& workspace, const KnowledgeArguments& options)
{
    const Result<std::vector<KnowledgeBase>> bases = KnowledgeStore(workspace).all();
    if (!bases) {
        return complain(bases.error());
    }
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{
        {"name", "extractor", "state", "items", "dimension", "new items", "copy of"}};
    bool isAnyFrozen = false;
    for (const KnowledgeBase& base : *bases) {
        const Result<KnowledgeVersion> version = versionOf(workspace, base);
        if (!version) {
            return complain(version.error());
        }
        isAnyFrozen = isAnyFrozen || version->isFrozen;
        all.push_back(describeBase(base, *version));
        rows.push_back({base.name,
                        base.extractor,
                        version->isFrozen ? "frozen" : base.state,
                        std::to_string(base.items),
                        std::to_string(base.dimension),
                        std::to_string(version->newItems),
                        base.copyOf});
    }
    options.json ? print(all) : printTable(rows);
    if (isAnyFrozen && !options.json) {
        fmt::print("A run was trained with what is frozen: it stays as it is. --copy makes a copy, which can "
                   "be extended.\n");
    }
    return 0;
}

int showForecast(const Workspace& workspace, const KnowledgeArguments& options, const JobContext& context)
{
    const Result<ExtractionRequest> request = requestOf(options);
    if (!request) {
        return complain(request.error());
    }
    const Result<ExtractionForecast> cost = forecast(workspace, *request, options.sample, context);
    if (!cost) {
        return complain(cost.error());
    }
    if (!options.json) {
        printForecast(*cost);
        return 0;
    }
    print(reportOf(*cost));
    return 0;
}

int showServer(const KnowledgeArguments& options, const JobContext& context)
{
    const Result<ExtractionRequest> request = requestOf(options);
    const Result<ServerStatus> status = request ? probeServer(*request, context) : passOn(request);
    if (!status) {
        return complain(status.error());
    }
    if (!status->answers) {
        return complain(status->problem);
    }
    const ServerAbilities& can = *status->abilities;
    const std::vector<std::pair<std::string, bool>> abilities{{"chat", can.chat},
                                                              {"schema", can.schema},
                                                              {"object", can.object},
                                                              {"system_role", can.systemRole},
                                                              {"embeddings", can.embeddings},
                                                              {"batches", can.batches},
                                                              {"tells_tokens", can.tellsTokens}};
    Json document{{"address", status->address}, {"models", status->models}, {"dimension", can.dimension}};
    std::vector<std::vector<std::string>> rows{{"ability", ""}};
    for (const auto& [name, has] : abilities) {
        document[name] = has;
        rows.push_back({name, has ? "yes" : "no"});
    }
    if (options.json) {
        print(document);
    } else {
        fmt::print("{} answers; its models: {}\n", status->address, listed(status->models));
        printTable(rows);
    }
    return 0;
}

/// The extractor and its settings; asks no workspace.
int showExtractor(const KnowledgeArguments& options)
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

/// Whom or what a preview is about.
struct PreviewSubject
{
    ItemId item{};
    std::optional<PersonId> person;
};

Result<PreviewSubject> subjectOf(const Workspace& workspace,
                                 const ExtractionRequest& request,
                                 const std::string& key)
{
    const Result<const ExtractorDescription*> extractor = findExtractor(request.extractor);
    if (extractor && (*extractor)->isAboutUsers) {
        return findPerson(workspace, key, {}).map([](PersonId person) {
            return PreviewSubject{.person = person};
        });
    }
    return itemWithKey(workspace, request.domains, key).map([](ItemId item) {
        return PreviewSubject{.item = item};
    });
}

int showPreview(const Workspace& workspace, const KnowledgeArguments& options, const JobContext& context)
{
    const Result<ExtractionRequest> request = requestOf(options);
    const Result<PreviewSubject> subject =
        request ? subjectOf(workspace, *request, options.preview) : passOn(request);
    const Result<ExtractionPreview> shown =
        subject ? preview(workspace,
                          *request,
                          subject->item,
                          {.ask = options.ask, .onText = {}, .person = subject->person},
                          context)
                : passOn(subject);
    if (!shown) {
        return complain(shown.error());
    }
    if (options.json) {
        print(reportOf(*shown));
    } else {
        printPreview(*shown);
    }
    return 0;
}

/// With --resume the base must be there: a mistyped name does not start a new one.
Status checkResume(const Workspace& workspace, const KnowledgeArguments& options)
{
    if (!options.resume) {
        return {};
    }
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(options.request.name);
    return base ? Status() : passOn(base);
}

int copyBase(const Workspace& workspace, const KnowledgeArguments& options, const JobContext& context)
{
    const Result<KnowledgeBase> source = KnowledgeStore(workspace).find(options.copy);
    const Result<KnowledgeId> copy =
        source ? copyKnowledge(workspace, source->id, options.request.name, context) : passOn(source);
    if (!copy) {
        return complain(copy.error());
    }
    if (options.json) {
        print({{"knowledge", number(*copy)},
               {"name", options.request.name},
               {"copy_of", source->name},
               {"items", source->items}});
    } else {
        fmt::print(
            "{}: a copy of {}, knowledge of {} items\n", options.request.name, source->name, source->items);
    }
    return 0;
}

int extractKnowledge(Workspace& workspace, const KnowledgeArguments& options, const JobContext& context)
{
    const Result<ExtractionRequest> request =
        options.request.extractor.empty() ? Result<ExtractionRequest>(options.request) : requestOf(options);
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
    if (options.json) {
        print(reportOf(*report, options.request));
    } else {
        printExtraction(*report, options.request);
    }
    return 0;
}

int knowledge(const KnowledgeArguments& options, const JobContext& context)
{
    if (options.describe) {
        return showExtractor(options);
    }
    const bool changes = options.request.extend || !options.copy.empty();
    const bool lists = options.request.extractor.empty() && !changes;
    const bool onlyLooks =
        lists || options.probe || !options.preview.empty() || (options.forecast && options.sample == 0);
    Result<Workspace> workspace =
        Workspace::open(options.workspace, onlyLooks ? Access::ReadOnly : Access::ReadWrite);
    if (!workspace) {
        return complain(workspace.error());
    }
    if (lists) {
        return listBases(*workspace, options);
    }
    if (!options.copy.empty()) {
        return copyBase(*workspace, options, context);
    }
    if (options.probe) {
        return showServer(options, context);
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

/// What an extraction may spend, and what is looked at before one.
std::vector<CLI::Option*> addCostOptions(CLI::App& command,
                                         KnowledgeArguments& options,
                                         CLI::Option* extractor)
{
    command
        .add_option(
            "--budget", options.request.budget.tokens, "Tokens that a server may be asked for; 0: no limit")
        ->check(CLI::NonNegativeNumber)
        ->needs(extractor);
    command
        .add_option("--budget-money",
                    options.request.budget.money,
                    "Money that may be spent, in the currency of the model's price ('transept price')")
        ->check(CLI::NonNegativeNumber)
        ->needs(extractor);
    command.add_option("--budget-seconds", options.request.budget.seconds, "How long a server may be asked")
        ->check(CLI::NonNegativeNumber)
        ->needs(extractor);
    CLI::Option* forecast =
        command.add_flag("--forecast", options.forecast, "Only say what it would cost")->needs(extractor);
    command
        .add_option(
            "--sample", options.sample, "Judge the cost by this many real calls, whose replies are kept")
        ->check(CLI::Range(0, 1000))
        ->needs(forecast);
    CLI::Option* probe =
        command.add_flag("--probe", options.probe, "Only say what the server and its model can do")
            ->needs(extractor);
    CLI::Option* preview =
        command
            .add_option("--preview",
                        options.preview,
                        "Only show what is made of the item with this key: for lexical and word-vectors step "
                        "by step, for a server the request")
            ->needs(extractor);
    command.add_flag("--ask", options.ask, "With --preview: ask the server")->needs(preview);
    CLI::Option* describe =
        command.add_flag("--settings", options.describe, "Only list the settings of the extractor")
            ->needs(extractor);
    return {forecast, probe, preview, describe};
}

} // namespace

void addKnowledge(CLI::App& program, Action& chosen)
{
    CLI::App* command =
        program.add_subcommand("knowledge", "Extract knowledge from item texts, or list what there is");
    const auto options = std::make_shared<KnowledgeArguments>();
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
        ->add_option("--prompt",
                     options->prompt,
                     "Ask with this one of 'transept prompt': NAME for its newest version, NAME@2, built-in")
        ->needs(extractor);
    const std::vector<CLI::Option*> looks = addCostOptions(*command, *options, extractor);
    command->add_flag("--resume", options->resume, "Go on with a stopped extraction of this name")
        ->needs(name);
    CLI::Option* extend = command
                              ->add_flag("--extend",
                                         options->request.extend,
                                         "Add the items that came since the knowledge base of this name was "
                                         "finished; what is there stays as it is")
                              ->needs(name);
    CLI::Option* copy =
        command
            ->add_option("--copy",
                         options->copy,
                         "Make a copy of this knowledge base, with the name that --name gives")
            ->needs(name)
            ->excludes(extractor)
            ->excludes(extend);
    command->add_flag("--json", options->json, "One JSON document");
    command->footer(
        "Example: transept knowledge films.transept --extractor lexical --name words --set dimension=64");
    command->callback([options, extractor, name, extend, copy, looks, &chosen] {
        const bool onlyLooks =
            std::ranges::any_of(looks, [](const CLI::Option* look) { return look->count() > 0; });
        if (extractor->count() > 0 && name->count() == 0 && !onlyLooks) {
            throw CLI::RequiredError("--name");
        }
        if (extractor->count() + extend->count() + copy->count() == 0 && name->count() > 0) {
            throw CLI::RequiredError("--extractor");
        }
        chosen = [options](const JobContext& context) { return knowledge(*options, context); };
    });
}

} // namespace transept::app
