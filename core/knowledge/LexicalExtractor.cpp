#include "core/knowledge/LexicalParameters.h"
#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/TextExtension.h"
#include "core/knowledge/VectorParameters.h"

namespace transept {
namespace {

std::vector<Parameter> lexicalParameters()
{
    std::vector<Parameter> all{dimensionParameter(
        128, TRANSLATABLE("methods", "Numbers in an item's vector; fewer when there are fewer terms."))};
    for (const auto& group : {termParameters(), facetParameters()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    all.push_back(precisionParameter());
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
    if (extraction.keeps) {
        return extendTexts(workspace, extraction, id, restoreSpace<LexicalSpace>, Keep::Rows, context);
    }
    const Result<WeighedTexts> weighed = weighTexts(workspace, extraction, context);
    if (!weighed) {
        return passOn(weighed);
    }
    const Result<LexicalSpace> space = LexicalSpace::over(
        weighed->corpus, extraction.settings.integer("dimension"), partOf(context, 0.3, 0.7));
    if (!space) {
        return passOn(space);
    }
    return saveKnowledge(workspace, extraction, id, *weighed, *space, context);
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
