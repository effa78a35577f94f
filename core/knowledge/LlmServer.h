#pragma once

#include "core/base/Job.h"
#include "core/base/Json.h"
#include "core/knowledge/HttpClient.h"

#include <string>

namespace transept {

/// Where an OpenAI-compatible server is and how it is asked.
struct ServerSettings
{
    std::string url;         ///< base address: http://host:port/v1
    std::string keyVariable; ///< environment variable that holds the key, if it needs one
    std::string proxy;       ///< empty: as the environment says
    long timeoutSeconds = 120;
    int attempts = 6; ///< for one request, all together
};

/// The base address that a person meant: without blanks and a slash at its end, without the path of a request
/// behind it, and with one /v1 where two stand.
std::string baseAddress(std::string_view url);

struct ServerAnswer
{
    Json body;
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    bool tellsTokens = false; ///< whether the server said what it cost
    double seconds = 0.0;     ///< of the attempt that succeeded
    int attempts = 1;
};

/// What a server dislikes in a request that could be asked in another way.
enum class Objection {
    None,
    TooLong,    ///< the text does not fit into the model's context
    ReplyForm,  ///< it cannot hold a reply to a schema, or to JSON
    SystemRole, ///< its model takes no message of the system
    Rejected,   ///< the request itself, for another reason (400, 413, 422)
};

struct Exchange
{
    Result<ServerAnswer> answer;
    Objection objection = Objection::None;
};

/// Shared by all lines to one server: when it asks to wait, all do.
class ServerPause
{
public:
    void holdFor(double seconds);
    /// False when it was stopped before the time came.
    bool wait(const std::stop_token& stop) const;

private:
    mutable std::mutex m_mutex;
    std::chrono::steady_clock::time_point m_until;
};

/// One line to the server; several threads use one each.
///
/// A request is repeated on time-outs, dropped connections and the statuses 408, 409, 429 and 5xx, waiting as
/// long as the server asks (at most a minute), or .5 s, 1 s, 2 s ... of which a random half is left out, so
/// that many lines do not come back at once; never on others, and not when a credit is used up. Errors:
/// Network with a sentence that says what to do; InvalidInput when the server refuses this one request. What
/// the server says is handed on without the key (KeyMask), whatever it says.
class LlmServer
{
public:
    explicit LlmServer(ServerSettings settings, std::shared_ptr<ServerPause> pause = {});

    Exchange post(const std::string& path, const Json& request, const std::stop_token& stop);

    /// The same for /chat/completions, with each piece of the reply's text as it comes (on this thread).
    /// The body is as that of a reply in one piece. Asked once.
    Exchange stream(const Json& request,
                    const std::function<void(std::string_view)>& onText,
                    const std::stop_token& stop);

    Result<std::vector<std::string>> models(const std::stop_token& stop);

private:
    struct Attempted
    {
        Result<HttpReply> reply;
        double seconds = 0.0;
        int attempts = 1;
    };
    Result<HttpReply> send(const HttpRequest& request, const std::stop_token& stop);
    Attempted attempt(const HttpRequest& request, const std::stop_token& stop);
    HttpRequest requestFor(const std::string& path) const;
    tl::unexpected<Error> refusalOf(const HttpRequest& request,
                                    const HttpReply& reply,
                                    const std::stop_token& stop);
    tl::unexpected<Error> notThere(const HttpRequest& request,
                                   const std::string& said,
                                   const std::stop_token& stop);
    Result<std::vector<std::string>> modelsAt(const std::string& base, const std::stop_token& stop);

    ServerSettings m_settings;
    std::shared_ptr<ServerPause> m_pause;
    HttpClient m_http;
    std::uint64_t m_jitter; ///< state of its random numbers
};

} // namespace transept
