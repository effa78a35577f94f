#include "core/knowledge/LlmServer.h"

#include "core/base/Words.h"
#include "core/knowledge/ServerKey.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace transept {
namespace {

constexpr double longestWait = 60.0;
constexpr std::size_t shownReply = 300; // characters of a server's message that are shown to a person

bool isWorthRepeating(long status)
{
    return status == 408 || status == 409 || status == 429 || status >= 500;
}

/// What the server says about an error: {"error": {"message": ...}} as OpenAI has it, {"error": "..."} as
/// others do.
std::string messageIn(const HttpReply& reply)
{
    const Json body = Json::parse(reply.body, nullptr, false);
    std::string message = reply.body;
    if (body.is_object() && body.contains("error")) {
        const Json& error = body["error"];
        if (error.is_object() && error.value("message", Json()).is_string()) {
            message = error["message"].get<std::string>();
        } else if (error.is_string()) {
            message = error.get<std::string>();
        }
    }
    return message.substr(0, shownReply);
}

tl::unexpected<Error> refusal(const HttpRequest& request, const HttpReply& reply)
{
    const std::string status = std::to_string(reply.status);
    switch (reply.status) {
    case 401:
    case 403:
        return fail(
            ErrorCode::Network,
            TRANSLATABLE(
                "errors",
                "%1 refused the key (HTTP %2). Put a valid key into the environment or the keychain: the "
                "setting key_env names the variable."),
            {request.url, status},
            messageIn(reply));
    case 404:
        return fail(ErrorCode::Network,
                    TRANSLATABLE("errors",
                                 "%1 is not there, or the server does not have this model (%2). Check both."),
                    {request.url, messageIn(reply)});
    case 400:
    case 413:
    case 422:
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The server did not accept the request (HTTP %1): %2"),
                    {status, messageIn(reply)});
    case 429:
        return fail(
            ErrorCode::Network,
            TRANSLATABLE("errors",
                         "The server's limit is reached (HTTP 429): %1 Go on later; nothing is asked twice."),
            {messageIn(reply)});
    default:
        return fail(ErrorCode::Network,
                    TRANSLATABLE("errors", "%1 answered HTTP %2: %3 Try again later."),
                    {request.url, status, messageIn(reply)});
    }
}

/// False when it was stopped.
bool waitFor(double seconds, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
    return !stop.stop_requested();
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

tl::unexpected<Error> notAsAgreed(const std::string& url)
{
    return fail(
        ErrorCode::Network,
        TRANSLATABLE("errors", "%1 did not answer as an OpenAI-compatible server does. Check the address."),
        {url});
}

} // namespace

HttpRequest LlmServer::requestFor(const std::string& path) const
{
    std::string base = m_settings.url;
    while (base.ends_with('/')) {
        base.pop_back();
    }
    return {.url = base + path,
            .key = serverKey(m_settings.keyVariable, base),
            .timeoutSeconds = m_settings.timeoutSeconds};
}

Result<HttpReply> LlmServer::sendWithRetries(const HttpRequest& request, const std::stop_token& stop)
{
    double pause = 0.5;
    for (int attempt = 1;; ++attempt) {
        Result<HttpReply> reply = m_http.send(request, stop);
        const bool repeat =
            reply ? isWorthRepeating(reply->status) : reply.error().code == ErrorCode::Network;
        if (!repeat || attempt >= m_settings.attempts) {
            return reply && reply->status != 200 ? Result<HttpReply>(refusal(request, *reply))
                                                 : std::move(reply);
        }
        const double asked = reply ? reply->retryAfterSeconds.value_or(pause) : pause;
        if (!waitFor(std::min(asked, longestWait), stop)) {
            return cancelled();
        }
        pause *= 2.0;
    }
}

Result<ServerAnswer> LlmServer::post(const std::string& path,
                                     const Json& request,
                                     const std::stop_token& stop)
{
    HttpRequest http = requestFor(path);
    http.body = request.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto start = std::chrono::steady_clock::now();
    const Result<HttpReply> reply = sendWithRetries(http, stop);
    if (!reply) {
        return passOn(reply);
    }
    ServerAnswer answer{.body = Json::parse(reply->body, nullptr, false)};
    if (!answer.body.is_object()) {
        return notAsAgreed(http.url);
    }
    answer.tokensIn = countIn(answer.body, "prompt_tokens");
    answer.tokensOut = countIn(answer.body, "completion_tokens");
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return answer;
}

Result<std::vector<std::string>> LlmServer::models(const std::stop_token& stop)
{
    const HttpRequest http = requestFor("/models");
    const Result<HttpReply> reply = sendWithRetries(http, stop);
    if (!reply) {
        return passOn(reply);
    }
    const Json body = Json::parse(reply->body, nullptr, false);
    if (!body.is_object() || !body.contains("data") || !body["data"].is_array()) {
        return notAsAgreed(http.url);
    }
    std::vector<std::string> names;
    for (const Json& model : body["data"]) {
        if (model.is_object() && model.value("id", Json()).is_string()) {
            names.push_back(model["id"].get<std::string>());
        }
    }
    return names;
}

} // namespace transept
