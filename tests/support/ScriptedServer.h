#pragma once

#include "core/base/Json.h"

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace transept::test {

/// An OpenAI-compatible server of the test's own on a free port of this machine, on threads of its own. What
/// it answers is a function of the request; it may wait, or say anything. For a real one: LlmServerProcess.
class ScriptedServer
{
public:
    struct Answer
    {
        int status = 200;
        std::string body;
    };
    /// Called on the server's threads, several at a time.
    using Script = std::function<Answer(const Json& request)>;

    /// `script` answers what is posted; a GET is answered with a list of the one model "scripted".
    explicit ScriptedServer(Script script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    const std::string& url() const { return m_url; } ///< http://127.0.0.1:port/v1
    int posts() const { return m_posts; }

    /// A reply of /chat/completions: this content, and the tokens it cost.
    static Answer chat(const std::string& content, int tokensIn = 20, int tokensOut = 5);

private:
    void listen();
    void serve(int connection);
    Answer answerTo(const std::string& head, const std::string& body);

    Script m_script;
    std::string m_url;
    int m_socket = -1;
    std::atomic<int> m_posts = 0;
    std::mutex m_mutex;
    std::list<int> m_connections; ///< open ones
    std::list<std::jthread> m_threads;
    std::jthread m_listener;
};

} // namespace transept::test
