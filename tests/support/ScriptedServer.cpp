#include "tests/support/ScriptedServer.h"

#include <httplib.h>

namespace transept::test {
namespace {

constexpr std::size_t threads = 72; // each serves one connection

/// Sends the answer in pieces, as slowly as it says, and not to its end when it says so.
void sendInPieces(const ScriptedServer::Answer& answer, httplib::Response& response)
{
    const std::size_t piece = answer.pieceBytes > 0 ? answer.pieceBytes : answer.body.size();
    response.set_content_provider(
        answer.body.size(),
        answer.contentType.c_str(),
        [answer, piece](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            if (answer.cutAfter > 0 && offset >= answer.cutAfter) {
                return false;
            }
            std::this_thread::sleep_for(answer.pause);
            const std::size_t most = answer.cutAfter > 0 ? answer.cutAfter - offset : length;
            return sink.write(answer.body.data() + offset, std::min({piece, length, most}));
        });
}

} // namespace

ScriptedServer::ScriptedServer(Script script, const std::string& certificate, const std::string& key)
    : m_script(std::move(script))
{
    const bool isSecret = !certificate.empty();
    m_server = isSecret ? std::make_unique<httplib::SSLServer>(certificate.c_str(), key.c_str())
                        : std::make_unique<httplib::Server>();
    m_server->set_tcp_nodelay(true);
    m_server->set_keep_alive_max_count(1'000'000);
    m_server->set_keep_alive_timeout(1);
    m_server->new_task_queue = [] { return new httplib::ThreadPool(threads); }; // the server deletes it
    m_server->Get("/v1/models", [](const httplib::Request&, httplib::Response& response) {
        response.set_content(R"({"object": "list", "data": [{"id": "scripted", "object": "model"}]})",
                             "application/json");
    });
    m_server->Post(".*", [this](const httplib::Request& request, httplib::Response& response) {
        const Answer answer = answerTo({.path = request.path,
                                        .body = Json::parse(request.body, nullptr, false),
                                        .authorization = request.get_header_value("Authorization")});
        response.status = answer.status;
        for (const auto& [name, value] : answer.headers) {
            response.set_header(name.c_str(), value.c_str());
        }
        if (answer.pieceBytes > 0 || answer.cutAfter > 0) {
            sendInPieces(answer, response);
        } else {
            response.set_content(answer.body, answer.contentType.c_str());
        }
    });
    const int port = m_server->bind_to_any_port("127.0.0.1");
    if (port > 0) {
        m_url = (isSecret ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port) + "/v1";
        m_thread = std::jthread([this] { m_server->listen_after_bind(); });
        while (!m_server->is_running()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
}

ScriptedServer::ScriptedServer(BodyScript script)
    : ScriptedServer([script = std::move(script)](const Asked& asked) { return script(asked.body); })
{
}

ScriptedServer::~ScriptedServer()
{
    m_server->stop();
}

ScriptedServer::Answer ScriptedServer::answerTo(const Asked& asked)
{
    ++m_posts;
    const int now = ++m_underWay;
    int most = m_mostAtOnce;
    while (now > most && !m_mostAtOnce.compare_exchange_weak(most, now)) {
    }
    Answer answer = m_script(asked);
    --m_underWay;
    return answer;
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

ScriptedServer::Answer ScriptedServer::error(int status, const std::string& message)
{
    return {.status = status, .body = Json{{"error", {{"message", message}}}}.dump()};
}

} // namespace transept::test
