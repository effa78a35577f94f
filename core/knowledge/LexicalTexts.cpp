#include "core/knowledge/LexicalTexts.h"

#include "core/base/Parallel.h"
#include "core/knowledge/ItemTexts.h"
#include "core/knowledge/LexicalParameters.h"
#include "core/knowledge/SaveSteps.h"

#include <unordered_set>

namespace transept {
namespace {

/// Writes the facts of all items in steps, leaving out those that an earlier try committed.
class FactSaver
{
public:
    FactSaver(const KnowledgeStore& store,
              KnowledgeId id,
              const PlacedTexts& texts,
              std::unordered_set<std::string> seen)
        : m_store(store)
        , m_id(id)
        , m_weighed(texts.weighed)
        , m_facets(texts.facets)
        , m_space(texts.space)
        , m_seen(std::move(seen))
    {
    }

    Status save(const JobContext& context);

private:
    std::vector<ItemFacts> factsOf(std::size_t first, std::size_t last, const std::vector<ItemId>& committed);

    const KnowledgeStore& m_store;
    KnowledgeId m_id;
    const WeighedTexts& m_weighed;
    const LexicalFacets& m_facets;
    const TextSpace& m_space;
    std::unordered_set<std::string> m_seen; ///< facets whose vectors an item before carries
};

Status FactSaver::save(const JobContext& context)
{
    const Result<std::vector<ItemId>> committed = m_store.itemsWithFacts(m_id);
    if (!committed) {
        return passOn(committed);
    }
    const auto save = [&](std::size_t first, std::size_t end) {
        const std::vector<ItemFacts> facts = factsOf(first, end, *committed);
        return facts.empty() ? Status() : m_store.put(m_id, facts);
    };
    return saveInSteps(m_weighed.texts.size(), partOf(context, 0.7, 1.0), save);
}

std::vector<ItemFacts> FactSaver::factsOf(std::size_t first,
                                          std::size_t last,
                                          const std::vector<ItemId>& committed)
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
            const bool isFirst = m_seen.insert(vectorKey(each.facet.name, each.facet.text)).second;
            facts[at].facets.push_back(each.facet);
            facts[at].facetVectors.push_back(isFirst ? m_space.placeOf(each.terms) : std::vector<float>());
        }
    }
    std::erase_if(facts, [&](const ItemFacts& each) {
        const bool isEmpty = each.vector.empty() && each.facets.empty() && each.termWeights.empty();
        return isEmpty || std::ranges::binary_search(committed, each.item);
    });
    return facts;
}

} // namespace

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

std::vector<Document> documentsOf(std::span<const ItemText> texts, const Parameters& settings)
{
    std::vector<Document> documents;
    documents.reserve(texts.size());
    const float titleWeight = settings.single("title-weight");
    for (const ItemText& text : texts) {
        documents.push_back(documentOf(text, titleWeight));
    }
    return documents;
}

tl::unexpected<Error> damagedSpace()
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "What is stored to place new texts does not fit its vocabulary. Extract the "
                             "knowledge base anew under another name."));
}

Result<WeighedTexts> weighTexts(const Workspace& workspace,
                                const Extraction& extraction,
                                const JobContext& context,
                                Keep keep)
{
    context.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Reading texts")});
    Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context);
    if (!texts) {
        return passOn(texts);
    }
    context.progress({.fraction = 0.1, .stage = TRANSLATABLE("stages", "Finding words")});
    const std::vector<Document> documents = documentsOf(*texts, extraction.settings);
    if (std::ranges::all_of(documents, &Document::empty)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "No item of these domains has a text in the chosen fields. Import item "
                                 "descriptions, or choose other fields."));
    }
    Result<Corpus> corpus = buildCorpus(documents, vocabularyOptions(extraction.settings), context, keep);
    if (!corpus) {
        return passOn(corpus);
    }
    return WeighedTexts{std::move(*texts), std::move(*corpus)};
}

std::vector<float> unitVector(const Eigen::RowVectorXf& vector, double least)
{
    const double length = vector.cast<double>().norm();
    if (length < least) {
        return {};
    }
    const Eigen::RowVectorXf unit = vector / static_cast<float>(length);
    return {unit.begin(), unit.end()};
}

std::vector<std::pair<std::string, std::int64_t>> storedTerms(const Vocabulary& vocabulary)
{
    std::vector<std::pair<std::string, std::int64_t>> terms;
    for (const Term& term : vocabulary.terms()) {
        terms.emplace_back(term.shown, term.documents);
    }
    return terms;
}

Status saveTerms(const KnowledgeStore& store, KnowledgeId id, const Vocabulary& vocabulary)
{
    const auto terms = storedTerms(vocabulary);
    const auto stored = store.termsWithDocuments(id);
    if (!stored) {
        return passOn(stored);
    }
    if (*stored == terms) {
        return {};
    }
    return store.clear(id).and_then([&] { return store.putTerms(id, terms); });
}

Status saveFacts(const KnowledgeStore& store,
                 KnowledgeId id,
                 const PlacedTexts& texts,
                 std::unordered_set<std::string> seen,
                 const JobContext& context)
{
    return FactSaver(store, id, texts, std::move(seen)).save(context);
}

Result<ExtractionReport> saveKnowledge(Workspace& workspace,
                                       const Extraction& extraction,
                                       KnowledgeId id,
                                       const WeighedTexts& weighed,
                                       const TextSpace& space,
                                       const JobContext& context)
{
    const KnowledgeStore store(workspace);
    StoredTextSpace stored = space.stored();
    stored.fields = categoricalFields(weighed.texts);
    stored.vocabulary = weighed.corpus.vocabulary.serialised();
    const Result<LexicalFacets> facets = LexicalFacets::over(
        weighed.texts, weighed.corpus, stored.fields, extraction.settings.integer("facets"));
    if (!facets) {
        return passOn(facets);
    }
    const Status saved = saveTerms(store, id, weighed.corpus.vocabulary)
                             .and_then([&] { return store.setDimension(id, space.dimension()); })
                             .and_then([&] { return store.textSpaces().put(id, stored); })
                             .and_then([&] {
                                 return saveFacts(store, id, {weighed, *facets, space}, {}, context);
                             });
    return saved ? Result<ExtractionReport>(ExtractionReport{}) : passOn(saved);
}

Result<ExtractionForecast> forecastTexts(const Workspace& workspace,
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

Result<ExtractionPreview> previewTexts(const Workspace& workspace,
                                       const Extraction& extraction,
                                       ItemId item,
                                       const PreviewOptions& /*options*/,
                                       const JobContext& context)
{
    const Result<WeighedTexts> weighed = weighTexts(workspace, extraction, context);
    if (!weighed) {
        return passOn(weighed);
    }
    const Result<LexicalFacets> facets = LexicalFacets::over(weighed->texts,
                                                             weighed->corpus,
                                                             categoricalFields(weighed->texts),
                                                             extraction.settings.integer("facets"));
    if (!facets) {
        return passOn(facets);
    }
    ExtractionPreview preview;
    const auto found = std::ranges::find(weighed->texts, item, &ItemText::item);
    if (found == weighed->texts.end()) {
        return fail(ErrorCode::NotFound, TRANSLATABLE("errors", "The item is not in the chosen domains."));
    }
    const auto place = static_cast<std::size_t>(found - weighed->texts.begin());
    for (LexicalFacet& each : facets->of(place)) {
        preview.facets.push_back(std::move(each.facet));
    }
    Result<std::vector<TextStep>> steps = textSteps(workspace, extraction, *weighed, place);
    if (!steps) {
        return passOn(steps);
    }
    preview.steps = std::move(*steps);
    if (preview.facets.empty()) {
        preview.problem =
            Error{.code = ErrorCode::InvalidInput,
                  .sentence = TRANSLATABLE("errors",
                                           "No word of this item's text stands in another item's "
                                           "text as well.")};
    }
    return preview;
}

} // namespace transept
