#include "core/knowledge/ServerParameters.h"

#include "core/base/Words.h"
#include "core/knowledge/ItemTexts.h"

#include <algorithm>

namespace transept {

std::vector<Parameter> serverParameters()
{
    using Type = Parameter::Type;
    return {{.name = "url",
             .type = Type::Text,
             .preset = "http://127.0.0.1:8080/v1",
             .label = TRANSLATABLE("methods", "Server"),
             .meaning = TRANSLATABLE("methods", "Address of an OpenAI-compatible server, up to /v1.")},
            {.name = "model",
             .type = Type::Text,
             .preset = "",
             .label = TRANSLATABLE("methods", "Model"),
             .meaning = TRANSLATABLE("methods", "The model's name, as the server lists it.")},
            {.name = "key_env",
             .type = Type::Text,
             .preset = "",
             .label = TRANSLATABLE("methods", "Key variable"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Environment variable that holds the key, if the server wants one. The key itself is "
                 "stored nowhere.")},
            {.name = "lines",
             .type = Type::Integer,
             .preset = 4,
             .low = 1,
             .high = 64,
             .label = TRANSLATABLE("methods", "Requests at once"),
             .meaning = TRANSLATABLE("methods", "How many requests are under way at the same time.")},
            {.name = "timeout",
             .type = Type::Integer,
             .preset = 120,
             .low = 1,
             .high = 3600,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Time limit"),
             .meaning = TRANSLATABLE("methods", "For one request; slower ones are repeated."),
             .unit = TRANSLATABLE("methods", "seconds")},
            {.name = "text-limit",
             .type = Type::Integer,
             .preset = 2000,
             .low = 50,
             .high = 100000,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Longest text"),
             .meaning = TRANSLATABLE("methods", "An item's text is cut there."),
             .unit = TRANSLATABLE("methods", "bytes")}};
}

Result<QuestionOptions> questionOptions(const Extraction& extraction)
{
    const Parameters& settings = extraction.settings;
    QuestionOptions options{.server = {.url = std::string(trimmed(settings.text("url"))),
                                       .keyVariable = settings.text("key_env"),
                                       .timeoutSeconds = settings.integer("timeout")},
                            .model = std::string(trimmed(settings.text("model"))),
                            .lines = settings.integer("lines"),
                            .tokenBudget = extraction.request.tokenBudget};
    if (options.server.url.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "settings.url is empty. Give the address of a server: http://host:port/v1."));
    }
    if (options.model.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "settings.model is empty. Give the name of a model that the server has."));
    }
    return options;
}

Result<std::vector<ItemText>> itemsWithText(const Workspace& workspace,
                                            const Extraction& extraction,
                                            const JobContext& context)
{
    Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context);
    if (texts) {
        std::erase_if(*texts, [](const ItemText& text) { return text.title.empty() && text.fields.empty(); });
    }
    return texts;
}

Result<std::vector<ItemText>> itemsToAsk(const Workspace& workspace,
                                         const Extraction& extraction,
                                         KnowledgeId id,
                                         const JobContext& context)
{
    Result<std::vector<ItemText>> texts = itemsWithText(workspace, extraction, context);
    const Result<std::vector<ItemId>> committed = KnowledgeStore(workspace).itemsWithFacts(id);
    if (!texts || !committed) {
        return texts ? passOn(committed) : passOn(texts);
    }
    std::erase_if(*texts,
                  [&](const ItemText& text) { return std::ranges::binary_search(*committed, text.item); });
    return texts;
}

Result<ItemText> textOf(const Workspace& workspace,
                        const Extraction& extraction,
                        ItemId item,
                        const JobContext& context)
{
    Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context);
    if (!texts) {
        return passOn(texts);
    }
    const auto found = std::ranges::find(*texts, item, &ItemText::item);
    if (found == texts->end() || (found->title.empty() && found->fields.empty())) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "This item has no text in the chosen fields."));
    }
    return std::move(*found);
}

Result<ServerAnswer> askOnce(const Extraction& extraction,
                             const Question& question,
                             const JobContext& context)
{
    const Result<QuestionOptions> options = questionOptions(extraction);
    if (!options) {
        return passOn(options);
    }
    ServerSettings settings = options->server;
    settings.attempts = 1;
    return LlmServer(settings).post(question.path, question.request, context.stop);
}

Result<ExtractionForecast> forecastOf(const Workspace& workspace,
                                      const Extraction& extraction,
                                      std::span<const Question> questions,
                                      std::int64_t items)
{
    const KnowledgeStore store(workspace);
    const std::string url(trimmed(extraction.settings.text("url")));
    ExtractionForecast forecast{.items = items};
    for (const Question& question : questions) {
        const auto cached = store.cachedReply(hashOf(question, url));
        if (!cached) {
            return passOn(cached);
        }
        if (!*cached) {
            ++forecast.calls;
            forecast.tokensIn += question.estimatedTokensIn;
            forecast.tokensOut += question.estimatedTokensOut;
        }
    }
    return forecast;
}

} // namespace transept
