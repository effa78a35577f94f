#include "core/knowledge/TakeUp.h"

#include "core/knowledge/PromptLibrary.h"
#include "core/store/Rows.h"

namespace transept {
namespace {

Json configOf(const Extraction& extraction)
{
    return {{"extractor", extraction.request.extractor},
            {"domains", extraction.request.domains},
            {"fields", extraction.request.fields},
            {"settings", extraction.request.settings}};
}

/// Where an extractor finds its files, and what is in them.
constexpr std::array fileSettings{"path", "keys", "sha256", "keys-sha256"};

/// The same but for how the server is reached and whence its prompts are, and with what an older version did
/// not write down yet: it used the presets.
Json comparable(const ExtractorDescription& extractor, Json config, bool withoutFiles)
{
    Json& settings = config["settings"];
    for (const Parameter& parameter : extractor.parameters) {
        if (!settings.contains(parameter.name)) {
            settings[parameter.name] = parameter.preset;
        }
    }
    for (const char* const reach : {"key_env", "proxy", "lines", "timeout", "attempts"}) {
        settings.erase(reach);
    }
    for (const char* const file : fileSettings) {
        if (withoutFiles) {
            settings.erase(file);
        }
    }
    config.erase("prompts");
    return config;
}

/// The configuration of a knowledge base that is extended, with the files that are read now.
Json withFilesOf(Json config, const Json& now)
{
    for (const char* const file : fileSettings) {
        if (now.at("settings").contains(file)) {
            config["settings"][file] = now.at("settings").at(file);
        }
    }
    return config;
}

/// InvalidInput when there is nothing that an extension could be added to.
Status checkExtensible(const Result<KnowledgeBase>& found, bool isSame)
{
    if (!found) {
        return passOn(found);
    }
    if (!isSame) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The knowledge base %1 was extracted with other settings. What is added to "
                                 "it takes the same: %2."),
                    {found->name, found->config.dump()});
    }
    if (found->lastItem == ItemId{}) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The knowledge base %1 is not finished (%2). Go on with its extraction before "
                         "you extend it."),
            {found->name, found->state});
    }
    return {};
}

/// What a knowledge base has come to, to tell whether anything came of taking it up.
struct Gathered
{
    std::int64_t items = 0;
    std::int64_t failures = 0;
    bool operator==(const Gathered&) const = default;
};

Result<Gathered> gatheredBy(const Workspace& workspace, KnowledgeId id)
{
    return gather<Gathered>(prepared(workspace.database(),
                                     "SELECT items,"
                                     " (SELECT count(*) FROM extraction_failure WHERE kb = ?1) +"
                                     " (SELECT count(*) FROM user_failure WHERE kb = ?1)"
                                     " FROM knowledge_base WHERE id = ?1",
                                     number(id)),
                            [](Gathered& found, const Statement& row) {
                                found = {.items = row.integer(0), .failures = row.integer(1)};
                            });
}

/// The last item that is there to be seen: of the workspace, and of one that takes the facets of another
/// knowledge base the last that this one has seen.
Result<ItemId> lastItemFor(const Workspace& workspace, const Extraction& extraction)
{
    const auto last = workspace.database().scalar("SELECT max(id) FROM item");
    const Result<std::vector<KnowledgeBase>> bases = KnowledgeStore(workspace).all();
    if (!last || !bases) {
        return last ? passOn(bases) : passOn(last);
    }
    const ItemId item{last->value_or(0)};
    const auto source = std::ranges::find(
        *bases, extraction.request.settings.value("facets-of", std::string()), &KnowledgeBase::name);
    return source == bases->end() ? item : std::min(item, source->lastItem);
}

/// The configuration as it is kept, with whence its prompts are, for people to read: the settings hold the
/// texts.
Result<Json> keptConfigOf(const Workspace& workspace,
                          const ExtractorDescription& extractor,
                          const Extraction& extraction)
{
    Result<Json> origins = promptOrigins(workspace, extractor, extraction.request.settings);
    if (!origins) {
        return origins;
    }
    Json config = configOf(extraction);
    if (!origins->empty()) {
        config["prompts"] = std::move(*origins);
    }
    return config;
}

/// Takes up a finished one: to extend it, or when anything failed.
Status takeUp(
    const Workspace& workspace, const KnowledgeBase& found, const Json& config, bool extends, Begun& begun)
{
    const Result<Gathered> gathered = gatheredBy(workspace, found.id);
    if (!gathered) {
        return passOn(gathered);
    }
    if (!extends && gathered->failures == 0) {
        return {};
    }
    Result<KnowledgeBase> taken = KnowledgeStore(workspace).takeUp(found, config);
    if (!taken) {
        return passOn(taken);
    }
    begun.failures = gathered->failures;
    begun.items = taken->items;
    begun.before = std::move(*taken);
    return {};
}

/// Whether a finished one has neither more nor less than before.
Result<bool> isFruitless(const Workspace& workspace, const Begun& begun)
{
    const Result<Gathered> gathered = gatheredBy(workspace, begun.id);
    return gathered ? Result<bool>(begun.before &&
                                   *gathered == Gathered{.items = begun.items, .failures = begun.failures})
                    : passOn(gathered);
}

/// One that was begun now and cannot be made from this workspace leaves nothing behind.
Status dropIfEmpty(const Workspace& workspace, KnowledgeId id)
{
    const Result<Gathered> gathered = gatheredBy(workspace, id);
    if (!gathered) {
        return passOn(gathered);
    }
    return *gathered == Gathered{} ? KnowledgeStore(workspace).remove(id) : Status();
}

} // namespace

Result<Begun> beginOrTakeUp(const Workspace& workspace,
                            const ExtractorDescription& extractor,
                            const Extraction& extraction)
{
    const KnowledgeStore store(workspace);
    const bool extends = extraction.request.extend;
    const Result<KnowledgeBase> found = store.find(extraction.request.name);
    const Result<ItemId> lastItem = lastItemFor(workspace, extraction);
    Result<Json> config = keptConfigOf(workspace, extractor, extraction);
    if (!lastItem || !config) {
        return lastItem ? passOn(config) : passOn(lastItem);
    }
    Begun begun{.isNew = !found, .lastItem = *lastItem};
    const bool isSame =
        found && found->extractor == extraction.request.extractor &&
        comparable(extractor, found->config, extends) == comparable(extractor, *config, extends);
    if (extends) {
        if (const Status can = checkExtensible(found, isSame); !can) {
            return passOn(can);
        }
    }
    if (isSame) {
        config = extends ? withFilesOf(found->config, *config) : found->config;
        begun.id = found->id;
        begun.items = found->items;
        begun.keeps = found->lastItem != ItemId{};
        begun.after = extends ? found->lastItem : ItemId{};
    }
    if (isSame && found->state == "finished") {
        const Status taken = takeUp(workspace, *found, *config, extends, begun);
        if (!taken || begun.before) {
            return taken ? Result<Begun>(std::move(begun)) : passOn(taken);
        }
    }
    const Result<KnowledgeId> id =
        store.begin(extraction.request.name, extraction.request.extractor, *config);
    if (!id) {
        return passOn(id);
    }
    begun.id = *id;
    return begun;
}

Status settle(const Workspace& workspace, const Begun& begun, const Result<ExtractionReport>& report)
{
    const KnowledgeStore store(workspace);
    const Result<bool> fruitless = isFruitless(workspace, begun);
    if (!fruitless || *fruitless) {
        return fruitless ? store.putBack(*begun.before) : passOn(fruitless);
    }
    if (report && report->budgetReached) {
        return store.setState(
            begun.id, "interrupted", TRANSLATABLE("errors", "The budget is spent. Raise it and go on."));
    }
    if (report) {
        return store.setLastItem(begun.id, begun.lastItem).and_then([&] {
            return store.setState(begun.id, "finished");
        });
    }
    const bool wasStopped = report.error().code == ErrorCode::Cancelled;
    const Status settled = store.setState(
        begun.id, wasStopped ? "cancelled" : "failed", wasStopped ? "" : describe(report.error()));
    const bool canBeMade = !begun.isNew || report.error().code != ErrorCode::InvalidInput;
    return canBeMade || !settled ? settled : dropIfEmpty(workspace, begun.id);
}

Result<ExtractionRequest> completedRequest(const Workspace& workspace, const ExtractionRequest& request)
{
    if (!request.extend) {
        return request;
    }
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(request.name);
    if (!base) {
        return passOn(base);
    }
    ExtractionRequest completed = request;
    const ExtractionRequest before = requestOf(*base);
    completed.extractor = request.extractor.empty() ? before.extractor : request.extractor;
    completed.domains = request.domains.empty() ? before.domains : request.domains;
    completed.fields = request.fields.empty() ? before.fields : request.fields;
    completed.settings = before.settings;
    for (const char* const hash : {"sha256", "keys-sha256"}) {
        completed.settings.erase(hash);
    }
    completed.settings.update(request.settings);
    return completed;
}

} // namespace transept
