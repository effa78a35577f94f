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
    long timeoutSeconds = 120;
    int attempts = 5; ///< for one request, all together
};

struct ServerAnswer
{
    Json body;
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
    double seconds = 0.0;
};

/// One line to the server; several threads use one each.
///
/// A request is repeated on time-outs, dropped connections and the statuses 408, 409, 429 and 5xx, waiting as
/// long as the server asks (at most a minute) or 0.5 s, 1 s, 2 s ...; never on others. Errors: Network with a
/// sentence that says what to do; InvalidInput when the server refuses this one request (400, 413, 422).
class LlmServer
{
public:
    explicit LlmServer(ServerSettings settings) : m_settings(std::move(settings)) {}

    Result<ServerAnswer> post(const std::string& path, const Json& request, const std::stop_token& stop);
    Result<std::vector<std::string>> models(const std::stop_token& stop);

private:
    Result<HttpReply> sendWithRetries(const HttpRequest& request, const std::stop_token& stop);
    HttpRequest requestFor(const std::string& path) const;

    ServerSettings m_settings;
    HttpClient m_http;
};

} // namespace transept
