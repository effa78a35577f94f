#include "core/base/Parallel.h"
#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/ItemTexts.h"
#include "core/knowledge/LexicalFacets.h"
#include "core/knowledge/LexicalSpace.h"

#include <unordered_set>

namespace transept {
namespace {

constexpr std::size_t itemsPerStep = 500; ///< committed together

/// Which words and phrases become terms.
std::vector<Parameter> termParameters()
{
    using Type = Parameter::Type;
    return {
        {.name = "min-documents",
         .type = Type::Integer,
         .preset = 1,
         .low = 1,
         .high = 1000,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Rarest term"),
         .meaning = TRANSLATABLE("methods", "Terms in fewer items than this are left out."),
         .unit = TRANSLATABLE("methods", "items")},
        {.name = "max-document-share",
         .preset = 0.5,
         .low = 0.01,
         .high = 1.0,
         .label = TRANSLATABLE("methods", "Most common term"),
         .meaning = TRANSLATABLE("methods", "Terms in a larger share of the items than this are left out.")},
        {.name = "stem",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "English stems"),
         .meaning =
             TRANSLATABLE("methods", "Forms of one English word count as one term: adventure, adventures.")},
        {.name = "phrases",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Phrases"),
         .meaning = TRANSLATABLE("methods", "Words that belong together are terms too: science fiction.")}};
}

std::vector<Parameter> lexicalParameters()
{
    using Type = Parameter::Type;
    std::vector<Parameter> all{
        {.name = "dimension",
         .type = Type::Integer,
         .preset = 128,
         .low = 2,
         .high = 1024,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Vector length"),
         .meaning =
             TRANSLATABLE("methods", "Numbers in an item's vector; fewer when there are fewer terms.")},
        {.name = "facets",
         .type = Type::Integer,
         .preset = 6,
         .low = 0,
         .high = 30,
         .label = TRANSLATABLE("methods", "Topics per item"),
         .meaning = TRANSLATABLE(
             "methods",
             "Key phrases and topics kept as facets of an item, beside the values of its fields.")},
        {.name = "title-weight",
         .preset = 1.0,
         .low = 0.0,
         .high = 10.0,
         .label = TRANSLATABLE("methods", "Weight of the title"),
         .meaning =
             TRANSLATABLE("methods", "A word of the title counts this many times; 0 leaves titles out.")}};
    const std::vector<Parameter> terms = termParameters();
    all.insert(all.begin() + 1, terms.begin(), terms.end());
    return all;
}

ExtractorDescription describeLexical()
{
    return {.name = "lexical",
            .title = TRANSLATABLE("methods", "Words and phrases"),
            .meaning = TRANSLATABLE(
                "methods",
                "Weighs the words and phrases of the items' texts (TF-IDF) and condenses them to vectors "
                "(truncated SVD). Needs no network; the same texts give the same knowledge."),
            .parameters = lexicalParameters()};
}

Document documentOf(const ItemText& text, float titleWeight)
{
    Document document;
    if (!text.title.empty() && titleWeight > 0.0F) {
        document.push_back({text.title, titleWeight});
    }
    for (const auto& [name, value] : text.fields) {
        document.push_back({value, 1.0F});
    }
    return document;
}

VocabularyOptions vocabularyOptions(const Parameters& settings)
{
    return {.stem = settings.flag("stem"),
            .phrases = settings.flag("phrases"),
            .minDocuments = settings.integer("min-documents"),
            .maxDocumentShare = settings.real("max-document-share")};
}

/// The items' texts and what the words in them weigh.
struct WeighedTexts
{
    std::vector<ItemText> texts;
    Corpus corpus;
};

Result<WeighedTexts> weighTexts(const Workspace& workspace,
                                const Extraction& extraction,
                                const JobContext& context)
{
    context.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Reading texts")});
    Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context);
    if (!texts) {
        return passOn(texts);
    }
    context.progress({.fraction = 0.1, .stage = TRANSLATABLE("stages", "Finding words")});
    std::vector<Document> documents;
    documents.reserve(texts->size());
    const float titleWeight = extraction.settings.single("title-weight");
    for (const ItemText& text : *texts) {
        documents.push_back(documentOf(text, titleWeight));
    }
    if (std::ranges::all_of(documents, &Document::empty)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "No item of these domains has a text in the chosen fields. Import item "
                                 "descriptions, or choose other fields."));
    }
    Result<Corpus> corpus = buildCorpus(documents, vocabularyOptions(extraction.settings), context);
    if (!corpus) {
        return passOn(corpus);
    }
    return WeighedTexts{std::move(*texts), std::move(*corpus)};
}

/// Writes the facts of all items in steps, leaving out those that an earlier try committed.
class FactSaver
{
public:
    FactSaver(const KnowledgeStore& store,
              KnowledgeId id,
              const WeighedTexts& weighed,
              const LexicalFacets& facets,
              const LexicalSpace& space)
        : m_store(store)
        , m_id(id)
        , m_weighed(weighed)
        , m_facets(facets)
        , m_space(space)
    {
    }

    Status save(const JobContext& context)
    {
        const Result<std::vector<ItemId>> committed = m_store.itemsWithFacts(m_id);
        if (!committed) {
            return passOn(committed);
        }
        const std::size_t count = m_weighed.texts.size();
        for (std::size_t first = 0; first < count; first += itemsPerStep) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                return passOn(goOn);
            }
            const std::size_t last = std::min(count, first + itemsPerStep);
            const std::vector<ItemFacts> facts = factsOf(first, last, *committed);
            if (const Status put = facts.empty() ? Status() : m_store.put(m_id, facts); !put) {
                return passOn(put);
            }
            context.progress({.fraction = 0.7 + 0.3 * static_cast<double>(last) / static_cast<double>(count),
                              .stage = TRANSLATABLE("stages", "Saving knowledge"),
                              .done = static_cast<std::int64_t>(last),
                              .total = static_cast<std::int64_t>(count)});
        }
        return {};
    }

private:
    std::vector<ItemFacts> factsOf(std::size_t first, std::size_t last, const std::vector<ItemId>& committed)
    {
        std::vector<ItemFacts> facts(last - first);
        std::vector<std::vector<LexicalFacet>> facets(last - first);
        forEachBlock(last - first, 64, [&](std::size_t, std::size_t from, std::size_t to) {
            for (std::size_t at = from; at < to; ++at) {
                facets[at] = m_facets.of(first + at);
                facts[at].item = m_weighed.texts[first + at].item;
                facts[at].termWeights = m_weighed.corpus.rows[first + at];
                facts[at].vector = m_space.vectorOf(first + at);
            }
        });
        for (std::size_t at = 0; at < facts.size(); ++at) {
            for (const LexicalFacet& each : facets[at]) {
                // Also for committed items: which item carries a facet's vector does not depend on where a
                // try ended.
                const bool isFirst = m_seen.insert(each.facet.name + '\0' + each.facet.text).second;
                facts[at].facets.push_back(each.facet);
                facts[at].facetVectors.push_back(isFirst ? m_space.placeOf(each.terms)
                                                         : std::vector<float>());
            }
        }
        std::erase_if(facts, [&](const ItemFacts& each) {
            const bool isEmpty = each.vector.empty() && each.facets.empty() && each.termWeights.empty();
            return isEmpty || std::ranges::binary_search(committed, each.item);
        });
        return facts;
    }

    const KnowledgeStore& m_store;
    KnowledgeId m_id;
    const WeighedTexts& m_weighed;
    const LexicalFacets& m_facets;
    const LexicalSpace& m_space;
    std::unordered_set<std::string> m_seen;
};

Result<ExtractionReport> runLexical(Workspace& workspace,
                                    const Extraction& extraction,
                                    KnowledgeId id,
                                    const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const Result<WeighedTexts> weighed = weighTexts(workspace, extraction, context);
    if (!weighed) {
        return passOn(weighed);
    }
    JobContext condensing = context;
    condensing.progress = [&context](Progress progress) {
        progress.fraction = 0.3 + 0.4 * progress.fraction;
        context.progress(progress);
    };
    const Result<LexicalSpace> space =
        LexicalSpace::over(weighed->corpus, extraction.settings.integer("dimension"), condensing);
    if (!space) {
        return passOn(space);
    }
    const Result<LexicalFacets> facets =
        LexicalFacets::over(weighed->texts, weighed->corpus, extraction.settings.integer("facets"));
    if (!facets) {
        return passOn(facets);
    }
    FactSaver saver(store, id, *weighed, *facets, *space);
    const Status saved = saveTerms(store, id, weighed->corpus.vocabulary)
                             .and_then([&] { return store.setDimension(id, space->dimension()); })
                             .and_then([&] { return saver.save(context); });
    return saved ? Result<ExtractionReport>(ExtractionReport{}) : passOn(saved);
}

Result<ExtractionForecast> forecastLexical(const Workspace& workspace,
                                           const Extraction& extraction,
                                           int /*sample*/,
                                           const JobContext& context)
{
    const Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context);
    if (!texts) {
        return passOn(texts);
    }
    const auto items = std::ranges::count_if(
        *texts, [](const ItemText& text) { return !text.title.empty() || !text.fields.empty(); });
    return ExtractionForecast{.items = items};
}

Result<ExtractionPreview> previewLexical(const Workspace& workspace,
                                         const Extraction& extraction,
                                         ItemId item,
                                         const PreviewOptions& /*options*/,
                                         const JobContext& context)
{
    const Result<WeighedTexts> weighed = weighTexts(workspace, extraction, context);
    if (!weighed) {
        return passOn(weighed);
    }
    const Result<LexicalFacets> facets =
        LexicalFacets::over(weighed->texts, weighed->corpus, extraction.settings.integer("facets"));
    if (!facets) {
        return passOn(facets);
    }
    ExtractionPreview preview;
    const auto found = std::ranges::find(weighed->texts, item, &ItemText::item);
    if (found == weighed->texts.end()) {
        return fail(ErrorCode::NotFound, TRANSLATABLE("errors", "The item is not in the chosen domains."));
    }
    for (LexicalFacet& each : facets->of(static_cast<std::size_t>(found - weighed->texts.begin()))) {
        preview.facets.push_back(std::move(each.facet));
    }
    if (preview.facets.empty()) {
        preview.problem =
            Error{.code = ErrorCode::InvalidInput,
                  .sentence = TRANSLATABLE("errors",
                                           "No word of this item's text stands in another item's "
                                           "text as well.")};
    }
    return preview;
}

} // namespace

ExtractorEntry lexicalExtractor()
{
    return {.description = describeLexical(),
            .run = runLexical,
            .forecast = forecastLexical,
            .preview = previewLexical};
}

} // namespace transept
