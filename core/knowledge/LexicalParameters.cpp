#include "core/knowledge/LexicalParameters.h"

namespace transept {
namespace {

using Type = Parameter::Type;

std::vector<std::string> languageChoices()
{
    std::vector<std::string> choices = stemmerLanguages();
    choices.insert(choices.begin(), {"auto", "none"});
    return choices;
}

std::vector<Parameter> rarityParameters()
{
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
         .meaning = TRANSLATABLE("methods", "Terms in a larger share of the items than this are left out.")}};
}

std::vector<Parameter> wordParameters()
{
    return {
        {.name = "stem",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Stems"),
         .meaning = TRANSLATABLE("methods", "Forms of one word count as one term: adventure, adventures.")},
        {.name = "language",
         .type = Type::Choice,
         .preset = "english",
         .choices = languageChoices(),
         .label = TRANSLATABLE("methods", "Language"),
         .meaning = TRANSLATABLE("methods",
                                 "Whose endings are dropped; auto finds out what each item is written in, "
                                 "among the languages of at least a twentieth of the items."),
         .onlyWhen = "stem=true"},
        {.name = "stop-words",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Leave out stop words"),
         .meaning = TRANSLATABLE("methods",
                                 "English and Chinese words that say nothing of what a text is about (the, "
                                 "with, 的) are no terms.")},
        {.name = "more-stop-words",
         .type = Type::Text,
         .preset = "",
         .label = TRANSLATABLE("methods", "More stop words"),
         .meaning =
             TRANSLATABLE("methods", "Words of your own that are no terms, separated by commas or lines.")},
        {.name = "phrases",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Phrases"),
         .meaning = TRANSLATABLE("methods", "Words that belong together are terms too: science fiction.")},
        {.name = "n-grams",
         .type = Type::Integer,
         .preset = 1,
         .low = 1,
         .high = 3,
         .label = TRANSLATABLE("methods", "Runs of words"),
         .meaning = TRANSLATABLE("methods",
                                 "Every run of up to so many words that two items share is a term too, "
                                 "whether or not the words belong together; 1: none."),
         .unit = TRANSLATABLE("methods", "words")}};
}

std::vector<Parameter> weightParameters()
{
    return {{.name = "weighting",
             .type = Type::Choice,
             .preset = "tf-idf",
             .choices = {"tf-idf", "bm25"},
             .label = TRANSLATABLE("methods", "Weights of terms"),
             .meaning = TRANSLATABLE("methods",
                                     "TF-IDF with the logarithm of the count, or BM25, where a repeated term "
                                     "soon counts no more and long texts are discounted.")},
            {.name = "k1",
             .preset = 1.2,
             .low = 0.0,
             .high = 10.0,
             .label = TRANSLATABLE("methods", "Repetition (k1)"),
             .meaning = TRANSLATABLE("methods", "How far a term counts more that an item repeats."),
             .onlyWhen = "weighting=bm25"},
            {.name = "b",
             .preset = 0.75,
             .low = 0.0,
             .high = 1.0,
             .label = TRANSLATABLE("methods", "Discount of long texts (b)"),
             .meaning = TRANSLATABLE("methods", "0: none; 1: in proportion to the length."),
             .onlyWhen = "weighting=bm25"}};
}

} // namespace

std::vector<Parameter> termParameters()
{
    std::vector<Parameter> all = rarityParameters();
    for (const auto& group : {wordParameters(), weightParameters()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

std::vector<Parameter> facetParameters()
{
    return {{.name = "facets",
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
             .meaning = TRANSLATABLE("methods",
                                     "A word of the title counts this many times; 0 leaves titles out.")}};
}

VocabularyOptions vocabularyOptions(const Parameters& settings)
{
    return {.words = {.language = settings.flag("stem") ? settings.text("language") : "none",
                      .stopWords = settings.flag("stop-words"),
                      .moreStopWords = foldedWords(settings.text("more-stop-words"))},
            .phrases = settings.flag("phrases"),
            .runLength = settings.integer("n-grams"),
            .minDocuments = settings.integer("min-documents"),
            .maxDocumentShare = settings.real("max-document-share"),
            .weighting = settings.text("weighting") == "bm25" ? Weighting::Bm25 : Weighting::TfIdf,
            .k1 = settings.real("k1"),
            .b = settings.real("b")};
}

} // namespace transept
