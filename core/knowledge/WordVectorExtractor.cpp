#include "core/knowledge/LexicalParameters.h"
#include "core/knowledge/TextExtension.h"
#include "core/knowledge/VectorParameters.h"
#include "core/knowledge/WordVectors.h"

namespace transept {
namespace {

std::vector<Parameter> vectorParameters()
{
    using Type = Parameter::Type;
    const WordVectorOptions presets;
    return {
        dimensionParameter(
            presets.dimension,
            TRANSLATABLE("methods",
                         "Numbers in a word's and an item's vector; fewer when there are fewer words.")),
        {.name = "window",
         .type = Type::Integer,
         .preset = presets.window,
         .low = 1,
         .high = 50,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Window"),
         .meaning = TRANSLATABLE("methods",
                                 "Words so near to each other tell what they mean; stop words do not count."),
         .unit = TRANSLATABLE("methods", "words")},
        {.name = "smoothing",
         .preset = presets.smoothing,
         .low = 0.0,
         .high = 1.0,
         .label = TRANSLATABLE("methods", "Smoothing of contexts"),
         .meaning = TRANSLATABLE("methods",
                                 "The power of the neighbours' counts; below 1 a rare neighbour says less.")},
        {.name = "shift",
         .preset = presets.shift,
         .low = 1.0,
         .high = 50.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Shift (k)"),
         .meaning = TRANSLATABLE("methods",
                                 "Pairs of words count only when they stand together more than so many times "
                                 "as often as by chance.")},
        {.name = "sif",
         .preset = presets.sif,
         .low = 1e-6,
         .high = 1.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Frequent words (a)"),
         .meaning = TRANSLATABLE("methods",
                                 "In an item's mean, words count less the more their share of all texts "
                                 "exceeds this.")}};
}

std::vector<Parameter> wordVectorParameters()
{
    std::vector<Parameter> all = vectorParameters();
    all.push_back(precisionParameter());
    for (const auto& group : {termParameters(), facetParameters()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

ExtractorDescription describeWordVectors()
{
    return {.name = "word-vectors",
            .title = TRANSLATABLE("methods", "Word vectors"),
            .meaning = TRANSLATABLE(
                "methods",
                "Learns from the texts which words stand together (PPMI, truncated SVD); an item is the "
                "weighted mean of its words (SIF). Facets as with words and phrases. Needs no network; the "
                "same texts give the same knowledge."),
            .parameters = wordVectorParameters()};
}

Result<ExtractionReport> runWordVectors(Workspace& workspace,
                                        const Extraction& extraction,
                                        KnowledgeId id,
                                        const JobContext& context)
{
    if (extraction.keeps) {
        return extendTexts(
            workspace, extraction, id, restoreSpace<WordSpace>, Keep::RowsAndSequences, context);
    }
    const Result<WeighedTexts> weighed = weighTexts(workspace, extraction, context, Keep::RowsAndSequences);
    if (!weighed) {
        return passOn(weighed);
    }
    const Parameters& settings = extraction.settings;
    const Result<WordSpace> space = WordSpace::over(weighed->corpus,
                                                    {.dimension = settings.integer("dimension"),
                                                     .window = settings.integer("window"),
                                                     .smoothing = settings.real("smoothing"),
                                                     .shift = settings.real("shift"),
                                                     .sif = settings.real("sif")},
                                                    partOf(context, 0.3, 0.7));
    if (!space) {
        return passOn(space);
    }
    return saveKnowledge(workspace, extraction, id, *weighed, *space, context);
}

} // namespace

ExtractorEntry wordVectorExtractor()
{
    return {.description = describeWordVectors(),
            .run = runWordVectors,
            .forecast = forecastTexts,
            .preview = previewTexts};
}

} // namespace transept
