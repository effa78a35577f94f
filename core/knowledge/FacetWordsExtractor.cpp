#include "core/knowledge/FacetVectors.h"
#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/TextExtension.h"
#include "core/knowledge/VectorParameters.h"
#include "core/knowledge/WordVectors.h"

namespace transept {
namespace {

ExtractorDescription describeFacetWords()
{
    using Type = Parameter::Type;
    Parameter dimension = dimensionParameter(
        128, TRANSLATABLE("methods", "Numbers in an item's vector; fewer when there are fewer terms."));
    dimension.onlyWhen = "embedder=lexical,word-vectors";
    return {
        .name = "facet-words",
        .title = TRANSLATABLE("methods", "Vectors of facets from words"),
        .meaning = TRANSLATABLE("methods",
                                "Gives the facets of another knowledge base vectors by the words in them, "
                                "and each item the weighted mean of its facets. Needs no network."),
        .parameters = {facetsOfParameter(),
                       {.name = "embedder",
                        .type = Type::Choice,
                        .preset = "lexical",
                        .choices = {"lexical", "word-vectors", "base"},
                        .label = TRANSLATABLE("methods", "Embedder"),
                        .meaning = TRANSLATABLE(
                            "methods",
                            "TF-IDF and truncated SVD of all facets' words, word vectors of them, or the "
                            "words and vectors that another knowledge base learnt from longer texts.")},
                       {.name = "space-of",
                        .type = Type::Text,
                        .preset = "",
                        .label = TRANSLATABLE("methods", "Words of"),
                        .meaning = TRANSLATABLE("methods",
                                                "A finished knowledge base that was made of words: lexical, "
                                                "word-vectors, or facets of chat or a file."),
                        .onlyWhen = "embedder=base"},
                       std::move(dimension),
                       precisionParameter()}};
}

/// A vocabulary and where its terms lie.
struct WordPlaces
{
    Vocabulary vocabulary;
    std::unique_ptr<TextSpace> space;
};

template<typename Space>
Result<WordPlaces> placesOf(Result<Corpus>&& corpus, Result<Space>&& space)
{
    return space ? WordPlaces{std::move(corpus->vocabulary), std::make_unique<Space>(std::move(*space))}
                 : Result<WordPlaces>(passOn(space));
}

Result<WordPlaces> learn(std::span<const ItemFacts> facts,
                         const Parameters& settings,
                         const JobContext& context)
{
    const bool isWordVectors = settings.text("embedder") == "word-vectors";
    const int dimension = settings.integer("dimension");
    Result<Corpus> corpus =
        buildCorpus(facetDocuments(facts), {}, context, isWordVectors ? Keep::RowsAndSequences : Keep::Rows);
    if (!corpus) {
        return passOn(corpus);
    }
    if (isWordVectors) {
        Result<WordSpace> space = WordSpace::over(*corpus, {.dimension = dimension}, context);
        return placesOf(std::move(corpus), std::move(space));
    }
    Result<LexicalSpace> space = LexicalSpace::over(*corpus, dimension, context);
    return placesOf(std::move(corpus), std::move(space));
}

Result<WordPlaces> restored(const StoredTextSpace& stored)
{
    Result<Vocabulary> vocabulary = Vocabulary::restore(stored.vocabulary);
    if (!vocabulary) {
        return passOn(vocabulary);
    }
    auto space = stored.weights.empty() ? restoreSpace<LexicalSpace>(stored, *vocabulary)
                                        : restoreSpace<WordSpace>(stored, *vocabulary);
    return space ? WordPlaces{std::move(*vocabulary), std::move(*space)} : Result<WordPlaces>(passOn(space));
}

/// What another knowledge base learnt.
Result<WordPlaces> borrowed(const KnowledgeStore& store, const std::string& name)
{
    const Result<KnowledgeBase> base = store.find(name);
    const Status usable = base ? checkUsable(*base) : passOn(base);
    const Result<StoredTextSpace> stored = usable ? store.textSpaces().of(base->id) : passOn(usable);
    if (!stored) {
        Error error = stored.error();
        error.code = error.code == ErrorCode::NotFound ? ErrorCode::InvalidInput : error.code;
        return tl::unexpected(std::move(error));
    }
    return restored(*stored);
}

Result<TextVectors> vectorsOf(std::span<const ItemFacts> facts,
                              const WordPlaces& places,
                              const JobContext& context)
{
    const std::vector<std::string> texts = textsOf(facts);
    std::vector<std::vector<float>> vectors(texts.size());
    const auto place = [&](Segmenter& segmenter, const StemRule& rule, std::size_t at) {
        vectors[at] = places.space->placeOf(places.vocabulary.weigh(segmenter, rule, texts[at]));
    };
    if (const Status placed = forEachText(places.vocabulary, texts.size(), context, place); !placed) {
        return passOn(placed);
    }
    TextVectors all;
    for (std::size_t at = 0; at < texts.size(); ++at) {
        all.emplace(texts[at], std::move(vectors[at]));
    }
    return all;
}

/// By what is stored when it is extended, else anew; stores what is new of it.
Result<WordPlaces> placesFor(const KnowledgeStore& store,
                             const Extraction& extraction,
                             KnowledgeId id,
                             std::span<const ItemFacts> facts,
                             const JobContext& context)
{
    if (extraction.keeps) {
        const Result<StoredTextSpace> stored = store.textSpaces().of(id);
        return stored ? restored(*stored) : Result<WordPlaces>(passOn(stored));
    }
    Result<WordPlaces> places = extraction.settings.text("embedder") == "base"
                                    ? borrowed(store, extraction.settings.text("space-of"))
                                    : learn(facts, extraction.settings, context);
    if (!places) {
        return places;
    }
    StoredTextSpace stored = places->space->stored();
    stored.vocabulary = places->vocabulary.serialised();
    const Status saved = saveTerms(store, id, places->vocabulary)
                             .and_then([&] { return store.setDimension(id, places->space->dimension()); })
                             .and_then([&] { return store.textSpaces().put(id, stored); });
    return saved ? std::move(places) : Result<WordPlaces>(passOn(saved));
}

Result<ExtractionReport> runFacetWords(Workspace& workspace,
                                       const Extraction& extraction,
                                       KnowledgeId id,
                                       const JobContext& context)
{
    const KnowledgeStore store(workspace);
    // What a stopped try committed is learnt from again, for the same words; nothing is stored twice.
    const Result<std::vector<ItemFacts>> all = facetsToPlace(workspace, extraction, KnowledgeId{}, context);
    const Result<WordPlaces> places =
        all ? placesFor(store, extraction, id, *all, partOf(context, 0.0, 0.6)) : passOn(all);
    Result<std::vector<ItemFacts>> facts =
        places ? facetsToPlace(workspace, extraction, id, context) : passOn(places);
    const Result<TextVectors> vectors = facts ? vectorsOf(*facts, *places, context) : passOn(facts);
    if (!vectors) {
        return passOn(vectors);
    }
    const Status saved = saveFacetVectors(store, id, std::move(*facts), *vectors, partOf(context, 0.7, 1.0));
    return saved ? Result<ExtractionReport>(ExtractionReport{}) : passOn(saved);
}

Result<ExtractionForecast> forecastFacetWords(const Workspace& workspace,
                                              const Extraction& extraction,
                                              int /*sample*/,
                                              const JobContext& context)
{
    const auto facts = facetsToPlace(workspace, extraction, KnowledgeId{}, context);
    return facts ? Result<ExtractionForecast>({.items = static_cast<std::int64_t>(facts->size())})
                 : passOn(facts);
}

Result<ExtractionPreview> previewFacetWords(const Workspace& workspace,
                                            const Extraction& extraction,
                                            ItemId item,
                                            const PreviewOptions& /*options*/,
                                            const JobContext& /*context*/)
{
    Result<ItemFacts> facts = facetsOfItem(workspace, extraction, item);
    return facts ? Result<ExtractionPreview>(ExtractionPreview{.facets = std::move(facts->facets)})
                 : passOn(facts);
}

} // namespace

ExtractorEntry facetWordsExtractor()
{
    return {.description = describeFacetWords(),
            .run = runFacetWords,
            .forecast = forecastFacetWords,
            .preview = previewFacetWords};
}

} // namespace transept
