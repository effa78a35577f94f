#include "core/knowledge/Extractor.h"

#include "core/base/Words.h"
#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/ItemPage.h"
#include "core/knowledge/ItemTexts.h"
#include "core/knowledge/PromptLibrary.h"
#include "core/knowledge/ServerParameters.h"
#include "core/knowledge/TakeUp.h"
#include "core/store/Catalog.h"
#include "core/store/KnowledgeVersions.h"
#include "core/store/UserKnowledge.h"

namespace transept {
namespace {

constexpr ExtractorEntry (*allExtractors[])() = {
    lexicalExtractor,
    wordVectorExtractor,
    chatExtractor,
    userExtractor,
    embeddingExtractor,
    facetWordsExtractor,
    facetEmbeddingExtractor,
    fileExtractor,
};

const std::vector<ExtractorEntry>& table()
{
    static const std::vector<ExtractorEntry> entries = [] {
        std::vector<ExtractorEntry> all;
        for (const auto make : allExtractors) {
            all.push_back(make());
        }
        return all;
    }();
    return entries;
}

Result<const ExtractorEntry*> findEntry(std::string_view name)
{
    std::vector<std::string> names;
    for (const ExtractorEntry& entry : table()) {
        if (entry.description.name == name) {
            return &entry;
        }
        names.push_back(entry.description.name);
    }
    const auto nearest = nearestWord(name, names);
    return fail(ErrorCode::NotFound,
                nearest ? TRANSLATABLE("errors", "There is no extractor %1. There are: %2. Did you mean %3?")
                        : TRANSLATABLE("errors", "There is no extractor %1. There are: %2."),
                {std::string(name), listed(names), nearest.value_or("")});
}

Status resolveDomains(const Workspace& workspace, Extraction& extraction)
{
    const Catalog catalog(workspace);
    const Result<std::vector<Domain>> all = catalog.domains();
    if (!all) {
        return passOn(all);
    }
    if (all->empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The workspace has no items to extract knowledge from. Import data first."));
    }
    std::vector<std::string>& names = extraction.request.domains;
    if (names.empty()) {
        std::ranges::transform(*all, std::back_inserter(names), &Domain::name);
    }
    for (const std::string& name : names) {
        const Result<Domain> domain = catalog.domain(name);
        if (!domain) {
            return passOn(domain);
        }
        extraction.domains.push_back(domain->id);
    }
    return {};
}

Status resolveFields(const Workspace& workspace, Extraction& extraction)
{
    std::vector<std::string>& fields = extraction.request.fields;
    if (fields.empty()) {
        Result<std::vector<std::string>> found = textFields(workspace, extraction.domains);
        if (!found) {
            return passOn(found);
        }
        fields = std::move(*found);
        return {};
    }
    const auto known = KnowledgeStore(workspace).fieldNames(extraction.domains);
    if (!known) {
        return passOn(known);
    }
    std::vector<std::string> names{std::string(titleField)};
    std::ranges::transform(*known, std::back_inserter(names), [](const auto& field) { return field.first; });
    for (const std::string& field : fields) {
        if (std::ranges::find(names, field) != names.end()) {
            continue;
        }
        const auto nearest = nearestWord(field, names);
        return fail(ErrorCode::InvalidInput,
                    nearest
                        ? TRANSLATABLE("errors", "No item has a field %1. There are: %2. Did you mean %3?")
                        : TRANSLATABLE("errors", "No item has a field %1. There are: %2."),
                    {field, listed(names), nearest.value_or("")});
    }
    return {};
}

Result<Extraction> resolve(const Workspace& workspace,
                           const ExtractorEntry& entry,
                           const ExtractionRequest& request,
                           const JobContext& context)
{
    Extraction extraction{.request = request, .settings = {}, .domains = {}};
    const Result<Json> complete = withPrompts(workspace, entry.description, request.settings);
    Result<Parameters> settings =
        complete ? checkParameters(entry.description.parameters, *complete, "settings") : passOn(complete);
    if (!settings) {
        return passOn(settings);
    }
    extraction.settings = std::move(*settings);
    if (entry.description.needsServer) {
        if (const Status kept = checkKeepsNoSecret(extraction.settings); !kept) {
            return passOn(kept);
        }
    }
    if (entry.complete != nullptr) {
        if (const Status completed = entry.complete(extraction.settings, context); !completed) {
            return passOn(completed);
        }
    }
    extraction.request.settings = extraction.settings.json();
    const StopWatcher watcher(workspace.database(), context);
    const Status resolved =
        resolveDomains(workspace, extraction).and_then([&] { return resolveFields(workspace, extraction); });
    return resolved ? Result<Extraction>(std::move(extraction)) : passOn(resolved);
}

/// What is in the store now, whoever put it there.
Status countFacts(const Workspace& workspace,
                  const Extraction& extraction,
                  KnowledgeId id,
                  ExtractionReport& report)
{
    const KnowledgeStore store(workspace);
    const Result<KnowledgeBase> base = store.find(id);
    const auto failures = store.failures(id);
    const Result<std::vector<ItemText>> items =
        store.itemTexts(extraction.domains, {std::string(titleField)});
    if (!base || !failures || !items) {
        return !base ? passOn(base) : failures ? passOn(items) : passOn(failures);
    }
    report.id = id;
    report.items = base->items;
    report.failed = static_cast<std::int64_t>(failures->size());
    if (!report.budgetReached) {
        report.without = static_cast<std::int64_t>(items->size()) - report.items - report.failed;
    }
    return {};
}

/// The same of people; `without` is told by the extractor.
Status countUsers(const Workspace& workspace, KnowledgeId id, ExtractionReport& report)
{
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(id);
    const auto failures = UserKnowledge(workspace).failures(id);
    if (!base || !failures) {
        return base ? passOn(failures) : passOn(base);
    }
    report.id = id;
    report.items = base->items;
    report.failed = static_cast<std::int64_t>(failures->size());
    return {};
}

} // namespace

std::span<const ExtractorDescription> extractors()
{
    static const std::vector<ExtractorDescription> descriptions = [] {
        std::vector<ExtractorDescription> all;
        std::ranges::transform(table(), std::back_inserter(all), &ExtractorEntry::description);
        return all;
    }();
    return descriptions;
}

Result<const ExtractorDescription*> findExtractor(std::string_view name)
{
    const Result<const ExtractorEntry*> entry = findEntry(name);
    return entry ? Result<const ExtractorDescription*>(&(*entry)->description) : passOn(entry);
}

ExtractionRequest requestOf(const KnowledgeBase& base)
{
    return {.extractor = base.extractor,
            .name = base.name,
            .domains = base.config.value("domains", std::vector<std::string>()),
            .fields = base.config.value("fields", std::vector<std::string>()),
            .settings = base.config.value("settings", Json::object())};
}

Result<ExtractionReport> extract(Workspace& workspace,
                                 const ExtractionRequest& request,
                                 const JobContext& context)
{
    const auto started = std::chrono::steady_clock::now();
    if (const Status named = checkKnowledgeName(request.name); !named) {
        return passOn(named);
    }
    const Result<ExtractionRequest> completed = completedRequest(workspace, request);
    const Result<const ExtractorEntry*> entry =
        completed ? findEntry(completed->extractor) : passOn(completed);
    if (!entry) {
        return passOn(entry);
    }
    Result<Extraction> extraction = resolve(workspace, **entry, *completed, context);
    if (!extraction) {
        return passOn(extraction);
    }
    if ((*entry)->description.needsServer) {
        if (const Status kept = checkHoldsNoKey(extraction->settings); !kept) {
            return passOn(kept);
        }
    }
    const Result<Begun> begun = beginOrTakeUp(workspace, (*entry)->description, *extraction);
    if (!begun) {
        return passOn(begun);
    }
    extraction->after = begun->after;
    extraction->keeps = begun->keeps;
    Result<ExtractionReport> report = (*entry)->run(workspace, *extraction, begun->id, context);
    Status settled = settle(workspace, *begun, report);
    if (settled && report) {
        settled = (*entry)->description.isAboutUsers ? countUsers(workspace, begun->id, *report)
                                                     : countFacts(workspace, *extraction, begun->id, *report);
        report->added = report->items - begun->items;
        report->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    }
    return report && !settled ? passOn(settled) : report;
}

Result<ExtractionForecast> forecast(const Workspace& workspace,
                                    const ExtractionRequest& request,
                                    int sample,
                                    const JobContext& context)
{
    const Result<const ExtractorEntry*> entry = findEntry(request.extractor);
    if (!entry) {
        return passOn(entry);
    }
    const Result<Extraction> extraction = resolve(workspace, **entry, request, context);
    return extraction ? (*entry)->forecast(workspace, *extraction, sample, context) : passOn(extraction);
}

Result<ExtractionPreview> preview(const Workspace& workspace,
                                  const ExtractionRequest& request,
                                  ItemId item,
                                  const PreviewOptions& options,
                                  const JobContext& context)
{
    const Result<const ExtractorEntry*> entry = findEntry(request.extractor);
    if (!entry) {
        return passOn(entry);
    }
    const Result<Extraction> extraction = resolve(workspace, **entry, request, context);
    return extraction ? (*entry)->preview(workspace, *extraction, item, options, context)
                      : passOn(extraction);
}

Result<std::optional<std::string>> keptReply(const Workspace& workspace,
                                             KnowledgeId id,
                                             ItemId item,
                                             const JobContext& context)
{
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(id);
    const Result<std::optional<ExtractionFailure>> failure = KnowledgeStore(workspace).failure(id, item);
    if (!base || !failure) {
        return base ? passOn(failure) : passOn(base);
    }
    if (*failure) {
        return (*failure)->reply.empty() ? std::nullopt : std::optional((*failure)->reply);
    }
    const Result<const ExtractorEntry*> entry = findEntry(base->extractor);
    if (!entry || (*entry)->reply == nullptr) {
        return std::optional<std::string>();
    }
    const Result<Extraction> extraction = resolve(workspace, **entry, requestOf(*base), context);
    return extraction ? (*entry)->reply(workspace, *extraction, item, context) : passOn(extraction);
}

} // namespace transept
