#include "core/knowledge/LexicalSpace.h"
#include "core/knowledge/Prompt.h"
#include "core/knowledge/ServerParameters.h"

namespace transept {
namespace {

constexpr std::string_view endpoint = "/chat/completions";
constexpr std::size_t keptReply = 4096; // bytes of a reply that a failure keeps

ExtractorDescription describeChat()
{
    using Type = Parameter::Type;
    std::vector<Parameter> parameters = serverParameters();
    const std::vector<Parameter> own = {
        {.name = "facets",
         .type = Type::Text,
         .preset = "topic, genre, mood, audience",
         .label = TRANSLATABLE("methods", "Facets"),
         .meaning =
             TRANSLATABLE("methods", "What the model shall say about every item, separated by commas.")},
        {.name = "prompt",
         .type = Type::Text,
         .preset = defaultPrompt,
         .label = TRANSLATABLE("methods", "Prompt"),
         .meaning = TRANSLATABLE("methods", "{title}, {fields} and {facets} are filled in for every item.")},
        {.name = "structure",
         .type = Type::Choice,
         .preset = "schema",
         .choices = {"schema", "object", "none"},
         .label = TRANSLATABLE("methods", "Form of the reply"),
         .meaning = TRANSLATABLE(
             "methods",
             "Hold the model to a JSON schema, to any JSON object, or to nothing: for servers that know "
             "less.")},
        {.name = "max_tokens",
         .type = Type::Integer,
         .preset = 256,
         .low = 16,
         .high = 8192,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Longest reply"),
         .meaning = TRANSLATABLE("methods", "A reply that is cut there counts as a failure."),
         .unit = TRANSLATABLE("methods", "tokens")},
        {.name = "temperature",
         .preset = 0.0,
         .low = 0.0,
         .high = 2.0,
         .label = TRANSLATABLE("methods", "Temperature"),
         .meaning = TRANSLATABLE("methods", "0 takes the likeliest words; more varies them.")},
        {.name = "dimension",
         .type = Type::Integer,
         .preset = 128,
         .low = 2,
         .high = 1024,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Vector length"),
         .meaning = TRANSLATABLE(
             "methods",
             "The facets' words become vectors of this length (TF-IDF and truncated SVD), as with the "
             "lexical extractor.")}};
    parameters.insert(parameters.end(), own.begin(), own.end());
    return {.name = "chat",
            .title = TRANSLATABLE("methods", "Facets from a chat model"),
            .meaning = TRANSLATABLE(
                "methods",
                "Asks a chat model behind an OpenAI-compatible address what it knows about every item: a "
                "short text for each facet."),
            .needsServer = true,
            .parameters = std::move(parameters)};
}

/// The parts of an extraction that make its questions.
struct Asking
{
    const Parameters& settings;
    std::vector<std::string> facets;

    Question questionFor(const ItemText& item) const
    {
        const std::string prompt = renderPrompt(
            settings.text("prompt"), item, facets, static_cast<std::size_t>(settings.integer("text-limit")));
        Json request{{"model", settings.text("model")},
                     {"messages", {{{"role", "user"}, {"content", prompt}}}},
                     {"temperature", settings.real("temperature")},
                     {"max_tokens", settings.integer("max_tokens")},
                     {"seed", 1}};
        const std::string structure = settings.text("structure");
        if (structure == "schema") {
            const Json schema{{"name", "facets"}, {"strict", true}, {"schema", facetSchema(facets)}};
            request["response_format"] = {{"type", "json_schema"}, {"json_schema", schema}};
        } else if (structure == "object") {
            request["response_format"] = {{"type", "json_object"}};
        }
        constexpr std::int64_t usualFacet = 12; // tokens, its name included
        return {.path = std::string(endpoint),
                .request = std::move(request),
                .estimatedTokensIn = estimatedTokens(prompt),
                .estimatedTokensOut = usualFacet * static_cast<std::int64_t>(facets.size())};
    }

    std::vector<Question> questionsFor(const std::vector<ItemText>& items) const
    {
        std::vector<Question> questions;
        questions.reserve(items.size());
        for (const ItemText& item : items) {
            questions.push_back(questionFor(item));
        }
        return questions;
    }
};

Result<Asking> askingOf(const Extraction& extraction)
{
    if (const Status fits = checkPrompt(extraction.settings.text("prompt")); !fits) {
        return passOn(fits);
    }
    Result<std::vector<std::string>> facets = facetNames(extraction.settings.text("facets"));
    if (!facets) {
        return passOn(facets);
    }
    return Asking{extraction.settings, std::move(*facets)};
}

Status takeReply(const KnowledgeStore& store,
                 KnowledgeId id,
                 ItemId item,
                 const std::vector<std::string>& facets,
                 const Reply& reply)
{
    const Result<std::vector<StoredFacet>> found =
        reply.answer ? facetsIn(reply.answer->body, facets) : passOn(reply.answer);
    if (found) {
        const ItemFacts facts{.item = item, .facets = *found};
        return store.put(id, std::span(&facts, 1));
    }
    return store.putFailure(
        id,
        {.item = item,
         .reason = found.error().sentence,
         .arguments = found.error().arguments,
         .reply = reply.answer ? reply.answer->body.dump().substr(0, keptReply) : std::string()});
}

/// Gives items and facets their vectors, once all replies are there: the vocabulary is that of all facets.
Status makeVectors(const KnowledgeStore& store,
                   const Extraction& extraction,
                   KnowledgeId id,
                   const JobContext& context)
{
    std::vector<ItemFacts> facts;
    for (const DomainId domain : extraction.domains) {
        Result<std::vector<ItemFacts>> ofDomain = store.factsOf(id, domain);
        if (!ofDomain) {
            return passOn(ofDomain);
        }
        std::move(ofDomain->begin(), ofDomain->end(), std::back_inserter(facts));
    }
    std::erase_if(facts, [](const ItemFacts& each) { return each.facets.empty(); });
    if (facts.empty()) {
        return {};
    }
    return placeByWords(store, id, std::move(facts), extraction.settings.integer("dimension"), context);
}

Result<ExtractionReport> runChat(Workspace& workspace,
                                 const Extraction& extraction,
                                 KnowledgeId id,
                                 const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const Result<Asking> asking = askingOf(extraction);
    const Result<QuestionOptions> options = questionOptions(extraction);
    if (!asking || !options) {
        return asking ? passOn(options) : passOn(asking);
    }
    const Result<std::vector<ItemText>> items = itemsToAsk(workspace, extraction, id, context);
    if (!items) {
        return passOn(items);
    }
    const std::vector<Question> questions = asking->questionsFor(*items);
    const Result<QuestionReport> asked = askAll(
        store,
        questions,
        *options,
        [&](std::size_t question, const Reply& reply) {
            return takeReply(store, id, (*items)[question].item, asking->facets, reply);
        },
        context);
    if (!asked) {
        return passOn(asked);
    }
    if (!asked->budgetReached) {
        if (const Status made = makeVectors(store, extraction, id, context); !made) {
            return passOn(made);
        }
    }
    return ExtractionReport{.tokensIn = asked->tokensIn,
                            .tokensOut = asked->tokensOut,
                            .fromCache = asked->fromCache,
                            .budgetReached = asked->budgetReached};
}

Result<ExtractionForecast> forecastChat(const Workspace& workspace,
                                        const Extraction& extraction,
                                        const JobContext& context)
{
    const Result<Asking> asking = askingOf(extraction);
    const Result<std::vector<ItemText>> items = itemsWithText(workspace, extraction, context);
    if (!asking || !items) {
        return asking ? passOn(items) : passOn(asking);
    }
    return forecastOf(
        workspace, extraction, asking->questionsFor(*items), static_cast<std::int64_t>(items->size()));
}

Result<ExtractionPreview> previewChat(const Workspace& workspace,
                                      const Extraction& extraction,
                                      ItemId item,
                                      bool ask,
                                      const JobContext& context)
{
    const Result<Asking> asking = askingOf(extraction);
    const Result<ItemText> text = textOf(workspace, extraction, item, context);
    if (!asking || !text) {
        return asking ? passOn(text) : passOn(asking);
    }
    const Question question = asking->questionFor(*text);
    ExtractionPreview preview{.request = question.request.dump(2)};
    if (!ask) {
        return preview;
    }
    const Result<ServerAnswer> answer = askOnce(extraction, question, context);
    if (!answer) {
        preview.problem = answer.error();
        return preview;
    }
    preview.reply = answer->body.dump(2);
    if (Result<std::vector<StoredFacet>> facets = facetsIn(answer->body, asking->facets)) {
        preview.facets = std::move(*facets);
    } else {
        preview.problem = facets.error();
    }
    return preview;
}

} // namespace

ExtractorEntry chatExtractor()
{
    return {.description = describeChat(), .run = runChat, .forecast = forecastChat, .preview = previewChat};
}

} // namespace transept
