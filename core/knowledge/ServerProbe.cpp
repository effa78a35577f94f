// Whether a server answers, and what it can do.

#include "core/knowledge/Extractor.h"
#include "core/knowledge/Interviewer.h"
#include "core/knowledge/LlmServer.h"
#include "core/knowledge/Prompt.h"

namespace transept {
namespace {

constexpr long probeSeconds = 30;
constexpr int shortReply = 24; // tokens

std::string settingOf(const ExtractionRequest& request, const char* name)
{
    const Json value = request.settings.is_object() ? request.settings.value(name, Json()) : Json();
    return value.is_string() ? value.get<std::string>() : std::string();
}

ServerSettings serverOf(const ExtractionRequest& request)
{
    return {.url = baseAddress(settingOf(request, "url")),
            .keyVariable = settingOf(request, "key_env"),
            .proxy = settingOf(request, "proxy"),
            .timeoutSeconds = probeSeconds,
            .attempts = 1};
}

/// Short questions to one model, one after the other.
class Probe
{
public:
    Probe(const ExtractionRequest& request, const JobContext& context)
        : m_model(settingOf(request, "model"))
        , m_server(serverOf(request))
        , m_context(context)
    {
    }

    Result<ServerAbilities> run()
    {
        ServerAbilities found;
        found.chat = chat({}).has_value();
        if (found.chat) {
            const Json properties{{"word", {{"type", "string"}, {"maxLength", 8}}}};
            const Json schema{{"type", "object"},
                              {"properties", properties},
                              {"required", {"word"}},
                              {"additionalProperties", false}};
            found.systemRole = chat({}, true).has_value();
            found.schema =
                isObject(chat({{"type", "json_schema"},
                               {"json_schema", {{"name", "word"}, {"strict", true}, {"schema", schema}}}}));
            found.object = isObject(chat({{"type", "json_object"}}));
        }
        const auto one = embed({"word"});
        found.embeddings = one.has_value();
        found.dimension = one.value_or(0);
        found.batches = found.embeddings && embed({"word", "other"}).has_value();
        found.tellsTokens = m_tellsTokens;
        const Status goOn = m_context.checkpoint();
        return goOn ? Result<ServerAbilities>(found) : passOn(goOn);
    }

private:
    /// The text of the reply to a short question; nothing when it is refused.
    std::optional<std::string> chat(const Json& form, bool withSystem = false)
    {
        Json messages = Json::array();
        if (withSystem) {
            messages.push_back({{"role", "system"}, {"content", "You answer with JSON."}});
        }
        messages.push_back(
            {{"role", "user"}, {"content", R"(Answer with the JSON object {"word": "yes"}.)"}});
        Json request{
            {"model", m_model}, {"messages", messages}, {"max_tokens", shortReply}, {"temperature", 0}};
        if (!form.is_null()) {
            request["response_format"] = form;
        }
        const Exchange exchange = m_server.post(std::string(chatPath), request, m_context.stop);
        m_tellsTokens = m_tellsTokens || (exchange.answer && exchange.answer->tellsTokens);
        return exchange.answer ? contentOf(exchange.answer->body) : std::nullopt;
    }

    static bool isObject(const std::optional<std::string>& text)
    {
        return text && Json::parse(*text, nullptr, false).is_object();
    }

    /// The length of the vectors; nothing when there is not one for each text.
    std::optional<int> embed(const std::vector<std::string>& texts)
    {
        const Exchange exchange = m_server.post(
            std::string(embeddingsPath), {{"model", m_model}, {"input", texts}}, m_context.stop);
        const Json data = exchange.answer ? exchange.answer->body.value("data", Json()) : Json();
        if (!data.is_array() || data.size() != texts.size() || !data[0].is_object() ||
            !data[0].value("embedding", Json()).is_array()) {
            return std::nullopt;
        }
        m_tellsTokens = m_tellsTokens || exchange.answer->tellsTokens;
        return static_cast<int>(data[0]["embedding"].size());
    }

    std::string m_model;
    LlmServer m_server;
    const JobContext& m_context;
    bool m_tellsTokens = false;
};

} // namespace

Result<ServerStatus> askServer(const ExtractionRequest& request, const JobContext& context)
{
    ServerSettings settings = serverOf(request);
    settings.timeoutSeconds = 10;
    const std::string address = settings.url;
    Result<std::vector<std::string>> models = LlmServer(std::move(settings)).models(context.stop);
    if (models) {
        return ServerStatus{.answers = true,
                            .address = address,
                            .models = std::move(*models),
                            .problem = {},
                            .abilities = {}};
    }
    if (models.error().code == ErrorCode::Cancelled) {
        return passOn(models);
    }
    return ServerStatus{
        .answers = false, .address = address, .models = {}, .problem = models.error(), .abilities = {}};
}

Result<ServerStatus> probeServer(const ExtractionRequest& request, const JobContext& context)
{
    Result<ServerStatus> status = askServer(request, context);
    if (!status || !status->answers) {
        return status;
    }
    const Result<ServerAbilities> abilities = Probe(request, context).run();
    if (!abilities) {
        return passOn(abilities);
    }
    status->abilities = *abilities;
    return status;
}

} // namespace transept
