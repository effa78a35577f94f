#include "tests/support/ScriptedServer.h"

#include <algorithm>
#include <cctype>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace transept::test {
namespace {

/// The length that a head announces; 0 when it does not.
std::size_t bodyLength(std::string head)
{
    std::ranges::transform(
        head, head.begin(), [](unsigned char each) { return static_cast<char>(std::tolower(each)); });
    constexpr std::string_view name = "content-length:";
    const std::size_t at = head.find(name);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

} // namespace

ScriptedServer::ScriptedServer(Script script) : m_script(std::move(script))
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_socket, plain, size) == 0 && ::listen(m_socket, 16) == 0 &&
        ::getsockname(m_socket, plain, &size) == 0) {
        m_url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/v1";
        m_listener = std::jthread([this] { listen(); });
    }
}

ScriptedServer::~ScriptedServer()
{
    ::shutdown(m_socket, SHUT_RDWR);
    if (m_listener.joinable()) {
        m_listener.join();
    }
    ::close(m_socket);
    {
        const std::lock_guard lock(m_mutex);
        for (const int connection : m_connections) {
            ::shutdown(connection, SHUT_RDWR);
        }
    }
    m_threads.clear(); // joins
}

void ScriptedServer::listen()
{
    for (;;) {
        const int connection = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) {
            return;
        }
        const std::lock_guard lock(m_mutex);
        m_connections.push_back(connection);
        m_threads.emplace_back([this, connection] { serve(connection); });
    }
}

void ScriptedServer::serve(int connection)
{
    std::string bytes;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::recv(connection, buffer, sizeof(buffer), 0)) > 0;) {
        bytes.append(buffer, static_cast<std::size_t>(got));
        const std::size_t end = bytes.find("\r\n\r\n");
        if (end == std::string::npos) {
            continue;
        }
        const std::size_t start = end + 4;
        const std::size_t length = bodyLength(bytes.substr(0, end));
        if (bytes.size() < start + length) {
            continue;
        }
        const Answer answer = answerTo(bytes.substr(0, end), bytes.substr(start, length));
        bytes.erase(0, start + length);
        const std::string reply = "HTTP/1.1 " + std::to_string(answer.status) +
                                  " Said\r\nContent-Type: application/json\r\nContent-Length: " +
                                  std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
        if (::send(connection, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) {
            break;
        }
    }
    const std::lock_guard lock(m_mutex);
    m_connections.remove(connection);
    ::close(connection);
}

ScriptedServer::Answer ScriptedServer::answerTo(const std::string& head, const std::string& body)
{
    if (head.starts_with("GET")) {
        return {.body = R"({"object": "list", "data": [{"id": "scripted", "object": "model"}]})"};
    }
    ++m_posts;
    return m_script(Json::parse(body, nullptr, false));
}

ScriptedServer::Answer ScriptedServer::chat(const std::string& content, int tokensIn, int tokensOut)
{
    const Json body{{"choices",
                     {{{"index", 0},
                       {"finish_reason", "stop"},
                       {"message", {{"role", "assistant"}, {"content", content}}}}}},
                    {"usage", {{"prompt_tokens", tokensIn}, {"completion_tokens", tokensOut}}}};
    return {.body = body.dump()};
}

} // namespace transept::test
