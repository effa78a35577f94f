#pragma once

#include "core/base/Json.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace httplib {
class Server;
}

namespace transept::test {

/// An OpenAI-compatible server of the test's own on a free port of this machine, on threads of its own. What
/// it answers is a function of the request; it may wait, or say anything. For a real one: LlmServerProcess.
class ScriptedServer
{
public:
    struct Asked
    {
        std::string path; ///< /v1/chat/completions
        Json body;
        std::string authorization;
    };
    struct Answer
    {
        int status = 200;
        std::string body;
        std::string contentType = "application/json";
        std::vector<std::pair<std::string, std::string>> headers = {};
        std::size_t pieceBytes = 0; ///< sent in pieces of this size, a pause before each; 0: at once
        std::chrono::milliseconds pause{0};
        std::size_t cutAfter = 0; ///< the connection drops after as many bytes; 0: it does not
    };
    /// Called on the server's threads, several at a time.
    using Script = std::function<Answer(const Asked&)>;
    using BodyScript = std::function<Answer(const Json& request)>;

    /// `script` answers what is posted; a GET of /v1/models is answered with a list of the one model
    /// "scripted". With a certificate and its key (files, PEM) the server speaks TLS.
    explicit ScriptedServer(Script script, const std::string& certificate = {}, const std::string& key = {});
    explicit ScriptedServer(BodyScript script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    const std::string& url() const { return m_url; } ///< http://127.0.0.1:port/v1
    int posts() const { return m_posts; }
    int mostAtOnce() const { return m_mostAtOnce; } ///< requests that were under way together

    /// A reply of /chat/completions: this content, and the tokens it cost.
    static Answer chat(const std::string& content, int tokensIn = 20, int tokensOut = 5);
    static Answer error(int status, const std::string& message);

private:
    Answer answerTo(const Asked& asked);

    Script m_script;
    std::unique_ptr<httplib::Server> m_server;
    std::string m_url;
    std::atomic<int> m_posts = 0;
    std::atomic<int> m_underWay = 0;
    std::atomic<int> m_mostAtOnce = 0;
    std::jthread m_thread; ///< last: joined before the rest goes
};

} // namespace transept::test
