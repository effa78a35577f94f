#include "core/knowledge/LlmServer.h"

#include "core/base/Random.h"
#include "core/base/Words.h"
#include "core/knowledge/ReplyJson.h"
#include "core/knowledge/ServerKey.h"
#include "core/knowledge/ServerStream.h"

#include <algorithm>
#include <condition_variable>
#include <random>

namespace transept {
namespace {

constexpr double longestWait = 60.0;    // seconds
constexpr std::size_t shownReply = 300; // characters of a server's message that are shown to a person
constexpr std::size_t shownModels = 10;
// Vectors of a whole batch are the largest replies.
constexpr JsonLimits bodyLimits{.bytes = std::size_t{64} * 1024 * 1024, .depth = 32, .values = 5'000'000};

bool isWorthRepeating(long status)
{
    return status == 408 || status == 409 || status == 429 || status >= 500;
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char each) {
        return static_cast<char>(each < 0x80 ? std::tolower(each) : each);
    });
    return lower;
}

bool namesAny(const std::string& text, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// What the server says about an error: {"error": {"message": ...}} as OpenAI has it, {"error": "..."} as
/// others do; one line of plain text.
std::string messageIn(const HttpReply& reply)
{
    const Result<Json> body = parseReply(reply.body, {});
    std::string message = reply.body;
    if (body && body->is_object() && body->contains("error")) {
        const Json& error = (*body)["error"];
        if (error.is_object() && error.value("message", Json()).is_string()) {
            message = error["message"].get<std::string>();
        } else if (error.is_string()) {
            message = error.get<std::string>();
        }
    }
    std::ranges::replace_if(
        message, [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }, ' ');
    return message.substr(0, shownReply);
}

/// A used-up credit is told with the status of a reached rate limit, but waiting does not help.
bool isUsedUp(const HttpReply& reply)
{
    return reply.status == 429 &&
           namesAny(lowered(reply.body), {"insufficient_quota", "exceeded your current quota", "billing"});
}

/// What a refusal is about, by the words that the known servers use. llama.cpp and vLLM answer 400, some
/// others 500 when a chat template has no place for a system message.
Objection objectionOf(const HttpReply& reply)
{
    const std::string message = lowered(reply.body);
    if (reply.status == 413 || (reply.status != 404 && namesAny(message,
                                                                {"context length",
                                                                 "context_length",
                                                                 "context size",
                                                                 "context_size",
                                                                 "context window",
                                                                 "maximum context",
                                                                 "too many tokens",
                                                                 "input is too large",
                                                                 "too large to process",
                                                                 "prompt is too long"}))) {
        return Objection::TooLong;
    }
    if (namesAny(message, {"system role", "system message", "role 'system'", "role \"system\""})) {
        return Objection::SystemRole;
    }
    if (reply.status == 400 || reply.status == 422 || reply.status == 500 || reply.status == 501) {
        if (namesAny(message,
                     {"response_format", "json_schema", "json schema", "json_object", "grammar", "schema"})) {
            return Objection::ReplyForm;
        }
    }
    return reply.status == 400 || reply.status == 422 ? Objection::Rejected : Objection::None;
}

bool isPage(const HttpReply& reply)
{
    return reply.contentType.starts_with("text/html") || trimmed(reply.body).starts_with('<');
}

std::int64_t countIn(const Json& body, const char* name)
{
    const auto usage = body.find("usage");
    if (usage == body.end() || !usage->is_object()) {
        return 0;
    }
    const auto count = usage->find(name);
    return count != usage->end() && count->is_number_integer()
               ? std::max<std::int64_t>(0, count->get<std::int64_t>())
               : 0;
}

tl::unexpected<Error> notAsAgreed(const std::string& url, ErrorCode code = ErrorCode::Network)
{
    return fail(
        code,
        TRANSLATABLE("errors", "%1 did not answer as an OpenAI-compatible server does. Check the address."),
        {url});
}

/// Of a reply to /models; nothing when it is none.
std::optional<std::vector<std::string>> modelsIn(const HttpReply& reply)
{
    const Result<Json> body = parseReply(reply.body, bodyLimits);
    if (reply.status != 200 || !body || !body->is_object() || !body->contains("data") ||
        !(*body)["data"].is_array()) {
        return std::nullopt;
    }
    std::vector<std::string> names;
    for (const Json& model : (*body)["data"]) {
        if (model.is_object() && model.value("id", Json()).is_string()) {
            names.push_back(model["id"].get<std::string>());
        }
    }
    return names;
}

ServerAnswer answerOf(Json body)
{
    ServerAnswer answer{.body = std::move(body)};
    answer.tokensIn = countIn(answer.body, "prompt_tokens");
    answer.tokensOut = countIn(answer.body, "completion_tokens");
    answer.tellsTokens = answer.tokensIn + answer.tokensOut > 0;
    return answer;
}

} // namespace

std::string baseAddress(std::string_view url)
{
    std::string base(trimmed(url));
    const auto dropEnd = [&](std::string_view end) {
        const bool is = base.ends_with(end) && base.size() > end.size();
        if (is) {
            base.erase(base.size() - end.size());
        }
        return is;
    };
    while (dropEnd("/") || dropEnd("/chat/completions") || dropEnd("/completions") ||
           dropEnd("/embeddings") || dropEnd("/models")) {
    }
    while (base.ends_with("/v1/v1")) {
        base.erase(base.size() - 3);
    }
    return base;
}

void ServerPause::holdFor(double seconds)
{
    const auto until =
        std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                               std::chrono::duration<double>(seconds));
    const std::lock_guard lock(m_mutex);
    m_until = std::max(m_until, until);
}

bool ServerPause::wait(const std::stop_token& stop) const
{
    std::condition_variable_any never;
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < m_until) {
        const auto until = m_until;
        never.wait_until(lock, stop, until, [] { return false; });
    }
    return !stop.stop_requested();
}

LlmServer::LlmServer(ServerSettings settings, std::shared_ptr<ServerPause> pause)
    : m_settings(std::move(settings))
    , m_pause(pause ? std::move(pause) : std::make_shared<ServerPause>())
    , m_jitter(std::random_device{}())
{
    m_settings.url = baseAddress(m_settings.url);
}

HttpRequest LlmServer::requestFor(const std::string& path) const
{
    return {.url = m_settings.url + path,
            .body = {},
            .key = serverKey(m_settings.keyVariable, m_settings.url),
            .timeoutSeconds = m_settings.timeoutSeconds,
            .proxy = m_settings.proxy,
            .largestReply = bodyLimits.bytes,
            .onBody = {}};
}

Result<HttpReply> LlmServer::send(const HttpRequest& request, const std::stop_token& stop)
{
    Result<HttpReply> reply = m_http.send(request, stop);
    if (reply) {
        reply->body = KeyMask(request.key).masked(std::move(reply->body));
    }
    return reply;
}

LlmServer::Attempted LlmServer::attempt(const HttpRequest& request, const std::stop_token& stop)
{
    double pause = 0.5;
    for (int attempts = 1;; ++attempts) {
        if (!m_pause->wait(stop)) {
            return {.reply = cancelled()};
        }
        const auto start = std::chrono::steady_clock::now();
        Result<HttpReply> reply = send(request, stop);
        const bool repeat = reply ? isWorthRepeating(reply->status) && !isUsedUp(*reply) &&
                                        objectionOf(*reply) == Objection::None
                                  : reply.error().code == ErrorCode::Network;
        if (!repeat || attempts >= m_settings.attempts) {
            const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
            return {.reply = std::move(reply), .seconds = spent.count(), .attempts = attempts};
        }
        if (reply && reply->retryAfterSeconds) {
            m_pause->holdFor(std::min(*reply->retryAfterSeconds, longestWait));
        } else {
            ServerPause own;
            own.holdFor(std::min(pause, longestWait) * (0.5 + 0.5 * Random(m_jitter++).uniform()));
            if (!own.wait(stop)) {
                return {.reply = cancelled()};
            }
        }
        pause *= 2.0;
    }
}

tl::unexpected<Error> LlmServer::notThere(const HttpRequest& request,
                                          const std::string& said,
                                          const std::stop_token& stop)
{
    if (const auto models = modelsAt(m_settings.url, stop); models && !models->empty()) {
        std::vector<std::string> shown(
            models->begin(),
            models->begin() + static_cast<std::ptrdiff_t>(std::min(models->size(), shownModels)));
        return fail(
            ErrorCode::Network,
            TRANSLATABLE("errors",
                         "The server has nothing at %1, or does not have this model (%2). It has: %3."),
            {request.url, said, listed(shown)});
    }
    if (!m_settings.url.ends_with("/v1") && modelsAt(m_settings.url + "/v1", stop)) {
        return fail(
            ErrorCode::Network,
            TRANSLATABLE("errors", "%1 is not there, but a server answers at %2. Write that address."),
            {request.url, m_settings.url + "/v1"});
    }
    return fail(
        ErrorCode::Network,
        TRANSLATABLE("errors", "%1 is not there, or the server does not have this model (%2). Check both."),
        {request.url, said});
}

tl::unexpected<Error> LlmServer::refusalOf(const HttpRequest& request,
                                           const HttpReply& reply,
                                           const std::stop_token& stop)
{
    const std::string status = std::to_string(reply.status);
    if (reply.status == 401 || reply.status == 403) {
        return fail(
            ErrorCode::Network,
            TRANSLATABLE(
                "errors",
                "%1 refused the key (HTTP %2). Put a valid key into the environment or the keychain: the "
                "setting key_env names the variable."),
            {request.url, status},
            messageIn(reply));
    }
    if (reply.status == 404 || reply.status == 405) {
        return notThere(request, messageIn(reply), stop);
    }
    if (reply.status >= 300 && reply.status < 400) {
        return fail(ErrorCode::Network,
                    TRANSLATABLE("errors",
                                 "%1 sends its callers elsewhere (HTTP %2), where neither key nor texts are "
                                 "sent. Write the address that it has now."),
                    {request.url, status});
    }
    if (objectionOf(reply) != Objection::None) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The server did not accept the request (HTTP %1): %2"),
                    {status, messageIn(reply)});
    }
    if (isUsedUp(reply)) {
        return fail(ErrorCode::Network,
                    TRANSLATABLE("errors",
                                 "The credit of this key is used up (HTTP 429): %1 Fill it up and go on; "
                                 "nothing is asked twice."),
                    {messageIn(reply)});
    }
    if (reply.status == 429) {
        return fail(
            ErrorCode::Network,
            TRANSLATABLE("errors",
                         "The server's limit is reached (HTTP 429): %1 Go on later; nothing is asked twice."),
            {messageIn(reply)});
    }
    return fail(ErrorCode::Network,
                TRANSLATABLE("errors", "%1 answered HTTP %2: %3 Try again later."),
                {request.url, status, messageIn(reply)});
}

Exchange LlmServer::post(const std::string& path, const Json& request, const std::stop_token& stop)
{
    HttpRequest http = requestFor(path);
    http.body = request.dump(-1, ' ', false, Json::error_handler_t::replace);
    const Attempted attempted = attempt(http, stop);
    const Result<HttpReply>& reply = attempted.reply;
    if (!reply) {
        return {.answer = passOn(reply)};
    }
    if (reply->status != 200) {
        return {.answer = refusalOf(http, *reply, stop), .objection = objectionOf(*reply)};
    }
    Result<Json> body = parseReply(reply->body, bodyLimits);
    if (!body || !body->is_object()) {
        return {.answer = isPage(*reply)
                              ? Result<ServerAnswer>(notThere(http, messageIn(*reply), stop))
                              : Result<ServerAnswer>(notAsAgreed(http.url, ErrorCode::InvalidInput))};
    }
    ServerAnswer answer = answerOf(std::move(*body));
    answer.seconds = attempted.seconds;
    answer.attempts = attempted.attempts;
    return {.answer = std::move(answer)};
}

Exchange LlmServer::stream(const Json& request,
                           const std::function<void(std::string_view)>& onText,
                           const std::stop_token& stop)
{
    Json asked = request;
    asked["stream"] = true;
    asked["stream_options"] = {{"include_usage", true}};
    HttpRequest http = requestFor("/chat/completions");
    http.body = asked.dump(-1, ' ', false, Json::error_handler_t::replace);
    ServerStream pieces(onText, KeyMask(http.key));
    http.onBody = [&](std::string_view bytes) { pieces.add(bytes); };
    const auto start = std::chrono::steady_clock::now();
    const Result<HttpReply> reply = send(http, stop);
    if (!reply) {
        return {.answer = passOn(reply)};
    }
    if (reply->status != 200) {
        return {.answer = refusalOf(http, *reply, stop), .objection = objectionOf(*reply)};
    }
    // A server that cannot stream sends one body.
    Result<Json> whole =
        pieces.count() > 0 ? Result<Json>(pieces.body()) : parseReply(reply->body, bodyLimits);
    if (!whole || !whole->is_object()) {
        return {.answer = notAsAgreed(http.url)};
    }
    ServerAnswer answer = answerOf(std::move(*whole));
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return {.answer = std::move(answer)};
}

Result<std::vector<std::string>> LlmServer::modelsAt(const std::string& base, const std::stop_token& stop)
{
    HttpRequest http = requestFor("/models");
    http.url = base + "/models";
    const Result<HttpReply> reply = send(http, stop);
    if (!reply) {
        return passOn(reply);
    }
    const auto names = modelsIn(*reply);
    return names ? Result<std::vector<std::string>>(*names) : notAsAgreed(http.url);
}

Result<std::vector<std::string>> LlmServer::models(const std::stop_token& stop)
{
    const HttpRequest http = requestFor("/models");
    const Attempted attempted = attempt(http, stop);
    if (!attempted.reply) {
        return passOn(attempted.reply);
    }
    if (const auto names = modelsIn(*attempted.reply)) {
        return *names;
    }
    return attempted.reply->status == 200 ? notThere(http, messageIn(*attempted.reply), stop)
                                          : refusalOf(http, *attempted.reply, stop);
}

} // namespace transept
