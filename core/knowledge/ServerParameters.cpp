#include "core/knowledge/ServerParameters.h"

#include "core/base/Words.h"
#include "core/knowledge/ItemTexts.h"
#include "core/knowledge/Redaction.h"
#include "core/knowledge/ServerKey.h"
#include "core/store/PriceTable.h"

#include <algorithm>

namespace transept {

namespace {

/// Where the server is, and who asks.
std::vector<Parameter> addressParameters()
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
            {.name = "proxy",
             .type = Type::Text,
             .preset = "",
             .label = TRANSLATABLE("methods", "Proxy"),
             .meaning = TRANSLATABLE("methods",
                                     "Address of a proxy, http://host:port; empty: as the environment says. "
                                     "Servers on this machine are asked without one.")}};
}

/// A name as shells take it, and not as random as a key that somebody wrote in its place.
bool isVariableName(const std::string& text)
{
    constexpr std::size_t longEnough = 20; // for a key
    const auto has = [&](int (*is)(int)) {
        return std::ranges::any_of(text, [&](unsigned char each) { return is(each) != 0; });
    };
    const bool isName = !has(&std::isspace) && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
                        std::ranges::all_of(text, [](unsigned char each) {
                            return each == '_' || (each < 0x80 && std::isalnum(each) != 0);
                        });
    const bool isRandom = text.size() >= longEnough && has(&std::isdigit) && has(&std::islower);
    return isName && !isRandom;
}

} // namespace

Status checkKeepsNoSecret(const Parameters& settings)
{
    const std::string variable = settings.text("key_env");
    if (!variable.empty() && !isVariableName(variable)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "settings.key_env is not the name of an environment variable. Put the key into a "
                         "variable and write that one's name, such as OPENAI_API_KEY."));
    }
    for (const char* const name : {"url", "proxy"}) {
        if (holdsSecrets(std::string(trimmed(settings.text(name))))) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "settings.%1 holds more than an address, and settings are kept. Write it "
                             "without user, password and question mark: a key belongs into the "
                             "environment or the keychain, the password of a proxy into the "
                             "environment variable https_proxy."),
                {name});
        }
    }
    return {};
}

Status checkHoldsNoKey(const Parameters& settings)
{
    const KeyMask mask(serverKey(settings.text("key_env"), baseAddress(settings.text("url"))));
    for (const auto& [name, value] : settings.json().items()) {
        if (value.is_string() &&
            mask.masked(value.get<std::string>()) != value.get_ref<const std::string&>()) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "settings.%1 holds the server's key, and settings are kept. Take it out: the "
                             "key is sent without being written there."),
                {name});
        }
    }
    return {};
}

std::vector<Parameter> serverParameters()
{
    using Type = Parameter::Type;
    std::vector<Parameter> parameters = addressParameters();
    const std::vector<Parameter> manner{
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
        {.name = "attempts",
         .type = Type::Integer,
         .preset = 6,
         .low = 1,
         .high = 20,
         .label = TRANSLATABLE("methods", "Attempts"),
         .meaning = TRANSLATABLE("methods",
                                 "How often one request is tried when the server does not answer or is "
                                 "busy, with longer and longer waits.")},
        {.name = "redact",
         .type = Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "Redact personal data"),
         .meaning = TRANSLATABLE("methods",
                                 "E-mail addresses, phone numbers, long numbers and codes, and names in "
                                 "what people wrote are replaced before anything is sent.")},
        {.name = "text-limit",
         .type = Type::Integer,
         .preset = 2000,
         .low = 50,
         .high = 100000,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Longest text"),
         .meaning = TRANSLATABLE("methods", "An item's text is cut there."),
         .unit = TRANSLATABLE("methods", "bytes")}};
    parameters.insert(parameters.end(), manner.begin(), manner.end());
    return parameters;
}

Result<InterviewOptions> interviewOptions(const Workspace& workspace, const Extraction& extraction)
{
    const Parameters& settings = extraction.settings;
    InterviewOptions options{.server = {.url = baseAddress(settings.text("url")),
                                        .keyVariable = settings.text("key_env"),
                                        .proxy = std::string(trimmed(settings.text("proxy"))),
                                        .timeoutSeconds = settings.integer("timeout"),
                                        .attempts = settings.integer("attempts")},
                             .model = std::string(trimmed(settings.text("model"))),
                             .lines = settings.integer("lines"),
                             .budget = extraction.request.budget,
                             .price = {}};
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
    const Result<std::optional<ModelPrice>> price = PriceTable(workspace).of(options.model);
    if (!price) {
        return passOn(price);
    }
    if (!*price && options.budget.money > 0.0) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "A budget of money needs the price of %1: it is not in the table of prices."),
            {options.model});
    }
    if (*price) {
        options.price = priceOf(**price);
    }
    return options;
}

ItemText asSent(ItemText text, const Parameters& settings, Redactions& found)
{
    return settings.flag("redact") ? redacted(std::move(text), found) : std::move(text);
}

Result<std::vector<ItemText>> itemsWithText(const Workspace& workspace,
                                            const Extraction& extraction,
                                            const JobContext& context)
{
    Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context);
    if (texts) {
        std::erase_if(*texts, [](const ItemText& text) { return text.title.empty() && text.fields.empty(); });
        Redactions found;
        for (ItemText& text : *texts) {
            text = asSent(std::move(text), extraction.settings, found);
        }
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
    std::erase_if(*texts, [&](const ItemText& text) {
        return text.item <= extraction.after || std::ranges::binary_search(*committed, text.item);
    });
    return texts;
}

Result<ItemText> textOf(const Workspace& workspace,
                        const Extraction& extraction,
                        ItemId item,
                        const JobContext& context)
{
    Result<std::vector<ItemText>> texts = readTexts(workspace, extraction, context, item);
    if (!texts) {
        return passOn(texts);
    }
    if (texts->empty() || (texts->front().title.empty() && texts->front().fields.empty())) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "This item has no text in the chosen fields."));
    }
    return std::move(texts->front());
}

} // namespace transept
