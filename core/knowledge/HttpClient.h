#pragma once

#include "core/base/Result.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace transept {

struct HttpRequest
{
    std::string url;
    std::string body;               ///< JSON to post; empty: GET
    std::optional<std::string> key; ///< sent as a bearer token, to this host only; never logged
    long timeoutSeconds = 120;      ///< for the whole exchange
};

struct HttpReply
{
    long status = 0; ///< 200 ...
    std::string body;
    std::optional<double> retryAfterSeconds; ///< what the server asked for
};

/// One connection after another to a server, kept open between requests. Belongs to one thread.
/// Certificates are checked; redirects are not followed, so a key never travels to another host; a key is
/// refused over plain HTTP unless the server is on this machine; replies above 64 MiB are cut off as an
/// error.
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

} // namespace transept
