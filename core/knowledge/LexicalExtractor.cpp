#include "core/knowledge/LexicalParameters.h"
#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/LexicalTexts.h"

namespace transept {
namespace {

std::vector<Parameter> lexicalParameters()
{
    std::vector<Parameter> all{
        {.name = "dimension",
         .type = Parameter::Type::Integer,
         .preset = 128,
         .low = 2,
         .high = 1024,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Vector length"),
         .meaning =
             TRANSLATABLE("methods", "Numbers in an item's vector; fewer when there are fewer terms.")}};
    for (const auto& group : {termParameters(), facetParameters()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
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

} // namespace

ExtractorEntry lexicalExtractor()
{
    return {.description = describeLexical(),
            .run = runLexical,
            .forecast = forecastTexts,
            .preview = previewTexts};
}

} // namespace transept
