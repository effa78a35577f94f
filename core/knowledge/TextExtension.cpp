#include "core/knowledge/TextExtension.h"

namespace transept {

Result<ExtractionReport> extendTexts(Workspace& workspace,
                                     const Extraction& extraction,
                                     KnowledgeId id,
                                     RestoreSpace restore,
                                     Keep keep,
                                     const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const Result<StoredTextSpace> stored = store.textSpaces().of(id);
    const Result<std::vector<ItemId>> committed = store.itemsWithFacts(id);
    if (!stored || !committed) {
        return stored ? passOn(committed) : passOn(stored);
    }
    context.progress({.fraction = 0.0, .stage = TRANSLATABLE("stages", "Reading texts")});
    Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context);
    Result<Vocabulary> vocabulary = texts ? Vocabulary::restore(stored->vocabulary) : passOn(texts);
    if (!vocabulary) {
        return passOn(vocabulary);
    }
    std::erase_if(*texts, [&](const ItemText& text) {
        return text.item <= extraction.after || std::ranges::binary_search(*committed, text.item);
    });
    context.progress({.fraction = 0.1, .stage = TRANSLATABLE("stages", "Finding words")});
    Result<Corpus> corpus =
        weighedBy(std::move(*vocabulary), documentsOf(*texts, extraction.settings), context, keep);
    if (!corpus) {
        return passOn(corpus);
    }
    const WeighedTexts weighed{std::move(*texts), std::move(*corpus)};
    const auto space = restore(*stored, weighed.corpus.vocabulary);
    const Result<LexicalFacets> facets =
        space ? LexicalFacets::over(
                    weighed.texts, weighed.corpus, stored->fields, extraction.settings.integer("facets"))
              : passOn(space);
    auto seen = facets ? store.facetsWithVectors(id) : passOn(facets);
    if (!seen) {
        return passOn(seen);
    }
    const Status saved = (*space)->takeItems(weighed.corpus, context).and_then([&] {
        return saveFacts(store, id, {weighed, *facets, **space}, std::move(*seen), context);
    });
    return saved ? Result<ExtractionReport>(ExtractionReport{}) : passOn(saved);
}

} // namespace transept
