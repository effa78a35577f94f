#include "core/model/NeighbourOptions.h"

namespace transept {

std::vector<Parameter> neighbourParameters()
{
    return {{.name = "similarity",
             .type = Parameter::Type::Choice,
             .preset = "cosine",
             .choices = {"cosine", "adjusted-cosine", "pearson", "bm25"},
             .label = TRANSLATABLE("methods", "Similarity"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "cosine: the share of what two have in common. adjusted-cosine and pearson: agreement "
                 "of ratings above or below the mean. bm25: weighs rare evidence more and keeps part of "
                 "the popularity; often best on sparse data.")},
            {.name = "neighbours",
             .type = Parameter::Type::Integer,
             .preset = 200,
             .low = 1,
             .high = 5000,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Neighbours"),
             .meaning = TRANSLATABLE("methods", "How many of the most similar are asked, in each domain.")},
            {.name = "shrinkage",
             .type = Parameter::Type::Real,
             .preset = 10.0,
             .low = 0.0,
             .high = 500.0,
             .label = TRANSLATABLE("methods", "Shrinkage"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "A similarity that rests on this many common interactions counts half; 0: all count in "
                 "full."),
             .unit = TRANSLATABLE("methods", "interactions"),
             .onlyWhen = "similarity=cosine,adjusted-cosine,pearson"},
            {.name = "k1",
             .type = Parameter::Type::Real,
             .preset = 1.2,
             .low = 0.1,
             .high = 100.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "BM25 saturation (k1)"),
             .meaning = TRANSLATABLE("methods", "How soon a larger value stops counting more."),
             .onlyWhen = "similarity=bm25"},
            {.name = "b",
             .type = Parameter::Type::Real,
             .preset = 0.1,
             .low = 0.0,
             .high = 1.0,
             .label = TRANSLATABLE("methods", "BM25 length (b)"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "How much having many interactions is held against a neighbour: near 0 popular ones "
                 "stay strong, 1 takes their popularity away."),
             .onlyWhen = "similarity=bm25"}};
}

NeighbourOptions neighbourOptionsFrom(const Parameters& parameters)
{
    const std::string similarity = parameters.text("similarity");
    return {.similarity = similarity == "bm25"              ? Similarity::Bm25
                          : similarity == "pearson"         ? Similarity::Pearson
                          : similarity == "adjusted-cosine" ? Similarity::AdjustedCosine
                                                            : Similarity::Cosine,
            .shrinkage = parameters.real("shrinkage"),
            .k1 = parameters.real("k1"),
            .b = parameters.real("b"),
            .neighbours = parameters.integer("neighbours")};
}

} // namespace transept
