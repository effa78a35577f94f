#pragma once

#include "core/base/Result.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace transept {

struct HttpRequest
{
    std::string url;
    std::string body;               ///< JSON to post; empty: GET
    std::optional<std::string> key; ///< sent as a bearer token, to this host only; never logged
    long timeoutSeconds = 120;      ///< for the whole exchange
    std::string proxy; ///< http://host:port; empty: as the environment says; never for this machine
    std::size_t largestReply = std::size_t{64} * 1024 * 1024; ///< bytes
    std::function<void(std::string_view)>
        onBody; ///< each piece as it comes, on the calling thread; may be null
};

struct HttpReply
{
    long status = 0; ///< 200 ...
    std::string contentType;
    std::string body;
    std::optional<double> retryAfterSeconds; ///< what the server asked for
};

/// One connection after another to a server, kept open between requests; HTTP/2 where the server has it over
/// TLS. Belongs to one thread. Certificates are checked; redirects are not followed, so a key never travels
/// to another host; plain HTTP is for servers on this machine alone; a reply above the largest is cut off as
/// an error.
class HttpClient
{
public:
    HttpClient();
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) = delete;

    /// Any answer of the server, of whatever status, is a reply. Network: no answer; the sentence says why.
    /// Cancelled within 100 ms of a stop request.
    Result<HttpReply> send(const HttpRequest& request, const std::stop_token& stop);

private:
    struct Handle;
    std::unique_ptr<Handle> m_handle;
};

/// True when the address names this machine: localhost, 127.0.0.0/8, [::1].
bool isLoopback(const std::string& url);

/// True when the address holds more than where something is: a user, a password, or what follows a question
/// mark.
bool holdsSecrets(const std::string& url);

} // namespace transept
