#pragma once

#include "core/knowledge/LlmServer.h"

#include <condition_variable>
#include <deque>
#include <thread>

namespace transept {

/// The lines to a server: threads that ask, and put what is answered where the caller's thread finds it.
/// They stop with the object; what is under way then is dropped.
class ServerLines
{
public:
    ServerLines(const ServerSettings& settings, const std::string& path, int lines);
    ServerLines(const ServerLines&) = delete;
    ServerLines& operator=(const ServerLines&) = delete;
    ~ServerLines();

    struct Answered
    {
        std::size_t ticket = 0;
        Exchange exchange;
    };
    void ask(std::size_t ticket, Json request);
    /// All that was answered; waits 40 ms for the first.
    std::vector<Answered> answered();

private:
    void work(const std::stop_token& stop);

    ServerSettings m_settings;
    std::string m_path;
    std::shared_ptr<ServerPause> m_pause = std::make_shared<ServerPause>();
    std::mutex m_mutex;
    std::condition_variable_any m_isAsked;
    std::condition_variable m_isAnswered;
    std::deque<std::pair<std::size_t, Json>> m_asked;
    std::vector<Answered> m_answered;
    std::vector<std::jthread> m_threads; ///< last: joined before the rest goes
};

} // namespace transept
