#include "core/knowledge/HttpClient.h"

#include "core/base/Job.h"
#include "core/base/Words.h"

#include <curl/curl.h>

#include <mutex>
#include <string_view>

namespace transept {
namespace {

constexpr long connectSeconds = 10;

struct FreeList
{
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

void addHeader(HeaderList& headers, const std::string& line)
{
    headers.reset(curl_slist_append(headers.release(), line.c_str()));
}

/// Where the bytes of an exchange go.
struct Receiver
{
    const HttpRequest& request;
    HttpReply& reply;
};

std::size_t takeBody(char* bytes, std::size_t size, std::size_t count, void* target)
{
    const auto& [request, reply] = *static_cast<Receiver*>(target);
    if (reply.body.size() + size * count > request.largestReply) {
        return 0; // libcurl ends the transfer with a write error
    }
    reply.body.append(bytes, size * count);
    if (request.onBody) {
        request.onBody(std::string_view(bytes, size * count));
    }
    return size * count;
}

bool startsWithIgnoringCase(std::string_view text, std::string_view start)
{
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](unsigned char a, unsigned char b) {
               return std::tolower(a) == std::tolower(b);
           });
}

std::size_t takeHeader(char* bytes, std::size_t size, std::size_t count, void* target)
{
    constexpr std::string_view name = "retry-after:";
    const std::string_view line(bytes, size * count);
    if (startsWithIgnoringCase(line, name)) {
        const std::string value(trimmed(line.substr(name.size())));
        if (const std::optional<double> seconds = parseReal(value)) {
            static_cast<HttpReply*>(target)->retryAfterSeconds = seconds;
        } else if (const time_t when = curl_getdate(value.c_str(), nullptr); when > 0) {
            static_cast<HttpReply*>(target)->retryAfterSeconds = std::max(0.0, difftime(when, time(nullptr)));
        }
    }
    return size * count;
}

tl::unexpected<Error> networkError(CURLcode code, const HttpRequest& request, const char* detail)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return fail(ErrorCode::Network,
                    TRANSLATABLE("errors", "The host of %1 is not known. Check the address of the server."),
                    {request.url},
                    detail);
    case CURLE_COULDNT_CONNECT:
        return fail(
            ErrorCode::Network,
            TRANSLATABLE("errors",
                         "%1 does not answer. Check that the server runs and that its address is right."),
            {request.url},
            detail);
    case CURLE_OPERATION_TIMEDOUT:
        return fail(
            ErrorCode::Network,
            TRANSLATABLE("errors", "%1 took longer than %2 s. Raise the time limit or use a smaller model."),
            {request.url, std::to_string(request.timeoutSeconds)},
            detail);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return fail(
            ErrorCode::Network,
            TRANSLATABLE("errors", "The certificate of %1 could not be trusted (%2). Nothing was sent."),
            {request.url, detail},
            detail);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1 is not the address of a server. Write it as http://host:port/v1."),
            {request.url},
            detail);
    case CURLE_WRITE_ERROR:
        return fail(ErrorCode::Network,
                    TRANSLATABLE("errors", "%1 sent a reply of more than %2 bytes. It was not read."),
                    {request.url, std::to_string(request.largestReply)},
                    detail);
    default:
        return fail(ErrorCode::Network,
                    TRANSLATABLE("errors", "The exchange with %1 failed (%2). Try again."),
                    {request.url, curl_easy_strerror(code)},
                    detail);
    }
}

} // namespace

/// A transfer of libcurl's multi interface: its wait can be short, so a stop request is heard at once.
struct HttpClient::Handle
{
    CURLM* multi = curl_multi_init();
    CURL* easy = curl_easy_init();
    char detail[CURL_ERROR_SIZE] = {};

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle()
    {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }

    void prepare(const HttpRequest& request, const HeaderList& headers, Receiver& receiver)
    {
        curl_easy_reset(easy);
        detail[0] = '\0';
        curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connectSeconds);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT, request.timeoutSeconds);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, takeBody);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &receiver);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, takeHeader);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, &receiver.reply);
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
        curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
        curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a name that is being looked up keeps nobody waiting
        if (isLoopback(request.url)) {
            curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
        } else if (!request.proxy.empty()) {
            curl_easy_setopt(easy, CURLOPT_PROXY, request.proxy.c_str());
        }
        if (!request.body.empty()) {
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
        }
    }

    /// Runs the prepared transfer; nothing when it was stopped.
    std::optional<CURLcode> run(const std::stop_token& stop) const
    {
        constexpr int waitMilliseconds = 50;
        curl_multi_add_handle(multi, easy);
        int running = 1;
        while (running > 0 && !stop.stop_requested()) {
            if (curl_multi_perform(multi, &running) != CURLM_OK ||
                (running > 0 && curl_multi_poll(multi, nullptr, 0, waitMilliseconds, nullptr) != CURLM_OK)) {
                break;
            }
        }
        std::optional<CURLcode> outcome;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            if (message->msg == CURLMSG_DONE) {
                outcome = message->data.result;
            }
        }
        curl_multi_remove_handle(multi, easy);
        if (!outcome && !stop.stop_requested()) {
            outcome = CURLE_RECV_ERROR;
        }
        return outcome;
    }
};

HttpClient::HttpClient()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    m_handle = std::make_unique<Handle>();
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

Result<HttpReply> HttpClient::send(const HttpRequest& request, const std::stop_token& stop)
{
    if (!startsWithIgnoringCase(request.url, "https://") && !isLoopback(request.url)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "Nothing is sent to %1 over plain HTTP, where others can read keys and texts. Use an "
                        "https address, or a tunnel to a port of this machine."),
                    {request.url});
    }
    HeaderList headers;
    addHeader(headers, "Content-Type: application/json");
    addHeader(headers, "Accept: application/json");
    if (request.key) {
        addHeader(headers, "Authorization: Bearer " + *request.key);
    }
    HttpReply reply;
    Receiver receiver{request, reply};
    m_handle->prepare(request, headers, receiver);
    const std::optional<CURLcode> outcome = m_handle->run(stop);
    if (!outcome) {
        return cancelled();
    }
    if (*outcome != CURLE_OK) {
        return networkError(*outcome, request, m_handle->detail);
    }
    curl_easy_getinfo(m_handle->easy, CURLINFO_RESPONSE_CODE, &reply.status);
    const char* type = nullptr;
    curl_easy_getinfo(m_handle->easy, CURLINFO_CONTENT_TYPE, &type);
    reply.contentType = type == nullptr ? "" : type;
    return reply;
}

bool isLoopback(const std::string& url)
{
    CURLU* parsed = curl_url();
    char* host = nullptr;
    bool loopback = false;
    if (curl_url_set(parsed, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK &&
        curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
        const std::string_view name(host);
        const bool isAddress = name.find_first_not_of("0123456789.") == std::string_view::npos;
        loopback = name == "localhost" || name == "[::1]" || (name.starts_with("127.") && isAddress);
    }
    curl_free(host);
    curl_url_cleanup(parsed);
    return loopback;
}

bool holdsSecrets(const std::string& url)
{
    CURLU* parsed = curl_url();
    bool holds = url.find('@') != std::string::npos; // of one that cannot be read
    if (curl_url_set(parsed, CURLUPART_URL, url.c_str(), CURLU_GUESS_SCHEME) == CURLUE_OK) {
        holds = false;
        for (const CURLUPart part :
             {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
            char* value = nullptr;
            holds = curl_url_get(parsed, part, &value, 0) == CURLUE_OK || holds;
            curl_free(value);
        }
    }
    curl_url_cleanup(parsed);
    return holds;
}

} // namespace transept
