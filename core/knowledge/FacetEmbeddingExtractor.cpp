#include "core/knowledge/EmbeddingInterviewer.h"
#include "core/knowledge/FacetVectors.h"
#include "core/knowledge/Forecast.h"
#include "core/knowledge/Redaction.h"
#include "core/knowledge/ServerExtractor.h"
#include "core/knowledge/ServerParameters.h"
#include "core/knowledge/VectorParameters.h"

namespace transept {
namespace {

ExtractorDescription describeFacetEmbedding()
{
    std::vector<Parameter> parameters{facetsOfParameter()};
    for (Parameter& each : serverParameters()) {
        parameters.push_back(std::move(each));
    }
    parameters.push_back(batchParameter());
    parameters.push_back(precisionParameter());
    return {
        .name = "facet-embedding",
        .title = TRANSLATABLE("methods", "Vectors of facets from a server"),
        .meaning = TRANSLATABLE(
            "methods",
            "Sends the facets of another knowledge base to an embedding model behind an "
            "OpenAI-compatible address, equal ones once; each item gets the weighted mean of its facets."),
        .needsServer = true,
        .parameters = std::move(parameters)};
}

/// Texts as an interviewer takes them, numbered from 0, redacted when the settings say so.
std::vector<ItemText> questionsOf(const std::vector<std::string>& texts, const Extraction& extraction)
{
    std::vector<ItemText> questions;
    Redactions found;
    for (const std::string& text : texts) {
        const auto place = static_cast<ItemId>(questions.size());
        questions.push_back(asSent({.item = place, .title = text}, extraction.settings, found));
    }
    return questions;
}

/// Vectors of the texts as they come, and what became of the others.
struct Embedded
{
    TextVectors vectors;
    std::unordered_map<std::string, ExtractionFailure> failures; ///< by text
};

/// What is paid for is kept with the cache; facts are made of it once all is there.
Status take(const KnowledgeStore& store,
            KnowledgeId id,
            const std::vector<std::string>& texts,
            const ExtractionStep& step,
            Embedded& embedded)
{
    const auto textOf = [&](ItemId item) { return texts[static_cast<std::size_t>(number(item))]; };
    for (const ItemFacts& facts : step.facts) {
        embedded.vectors.insert_or_assign(textOf(facts.item), facts.vector);
    }
    for (const ExtractionFailure& failure : step.failures) {
        embedded.failures.emplace(textOf(failure.item), failure);
    }
    const ExtractionStep paid{.replies = step.replies,
                              .forgotten = step.forgotten,
                              .facts = {},
                              .failures = {},
                              .tokensIn = step.tokensIn,
                              .tokensOut = step.tokensOut,
                              .dimension = step.dimension};
    return store.commit(id, paid);
}

/// Items with a facet that has no vector wait for another try.
Status setFailedAside(const KnowledgeStore& store,
                      KnowledgeId id,
                      const Embedded& embedded,
                      std::vector<ItemFacts>& facts)
{
    Status noted;
    std::erase_if(facts, [&](const ItemFacts& each) {
        for (const StoredFacet& facet : each.facets) {
            const auto failed = embedded.failures.find(facet.text);
            if (failed != embedded.failures.end()) {
                ExtractionFailure failure = failed->second;
                failure.item = each.item;
                noted = noted ? store.putFailure(id, failure) : noted;
                return true;
            }
        }
        return false;
    });
    return noted;
}

Result<ExtractionReport> runFacetEmbedding(Workspace& workspace,
                                           const Extraction& extraction,
                                           KnowledgeId id,
                                           const JobContext& context)
{
    const KnowledgeStore store(workspace);
    Result<InterviewOptions> options = interviewOptions(workspace, extraction);
    Result<std::vector<ItemFacts>> facts =
        options ? facetsToPlace(workspace, extraction, id, context) : passOn(options);
    const Result<KnowledgeBase> base = facts ? store.find(id) : passOn(facts);
    if (!base) {
        return passOn(base);
    }
    options->dimension = static_cast<std::size_t>(base->dimension);
    const std::vector<std::string> texts = textsOf(*facts);
    Embedded embedded;
    const Result<InterviewReport> asked = interview(
        *makeEmbeddingInterviewer(extraction),
        questionsOf(texts, extraction),
        *options,
        store.replyCache(),
        [&](const ExtractionStep& step) { return take(store, id, texts, step, embedded); },
        partOf(context, 0.0, 0.9));
    if (!asked || asked->budgetReached) {
        return asked ? Result<ExtractionReport>(reportOf(*asked, options->price)) : passOn(asked);
    }
    const Status saved = setFailedAside(store, id, embedded, *facts).and_then([&] {
        return saveFacetVectors(store, id, std::move(*facts), embedded.vectors, partOf(context, 0.9, 1.0));
    });
    return saved ? Result<ExtractionReport>(reportOf(*asked, options->price)) : passOn(saved);
}

Result<ExtractionForecast> forecastFacetEmbedding(const Workspace& workspace,
                                                  const Extraction& extraction,
                                                  int sample,
                                                  const JobContext& context)
{
    const auto facts = facetsToPlace(workspace, extraction, KnowledgeId{}, context);
    if (!facts) {
        return passOn(facts);
    }
    return forecastAbout(*makeEmbeddingInterviewer(extraction),
                         questionsOf(textsOf(*facts), extraction),
                         workspace,
                         extraction,
                         sample,
                         context);
}

/// Of the item's first facet.
Result<ExtractionPreview> previewFacetEmbedding(const Workspace& workspace,
                                                const Extraction& extraction,
                                                ItemId item,
                                                const PreviewOptions& options,
                                                const JobContext& context)
{
    Result<ItemFacts> facts = facetsOfItem(workspace, extraction, item);
    if (!facts) {
        return passOn(facts);
    }
    Result<ExtractionPreview> shown = previewAbout(*makeEmbeddingInterviewer(extraction),
                                                   {.item = item, .title = facts->facets.front().text},
                                                   workspace,
                                                   extraction,
                                                   options,
                                                   context);
    if (shown) {
        shown->facets = std::move(facts->facets);
    }
    return shown;
}

} // namespace

ExtractorEntry facetEmbeddingExtractor()
{
    return {.description = describeFacetEmbedding(),
            .run = runFacetEmbedding,
            .forecast = forecastFacetEmbedding,
            .preview = previewFacetEmbedding};
}

} // namespace transept
