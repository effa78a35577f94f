#include "core/knowledge/ServerLines.h"

namespace transept {

ServerLines::ServerLines(const ServerSettings& settings, const std::string& path, int lines)
    : m_settings(settings)
    , m_path(path)
{
    for (int line = 0; line < lines; ++line) {
        m_threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
}

ServerLines::~ServerLines()
{
    for (std::jthread& thread : m_threads) {
        thread.request_stop();
    }
}

void ServerLines::ask(std::size_t ticket, Json request)
{
    const std::lock_guard lock(m_mutex);
    m_asked.emplace_back(ticket, std::move(request));
    m_isAsked.notify_one();
}

std::vector<ServerLines::Answered> ServerLines::answered()
{
    std::unique_lock lock(m_mutex);
    m_isAnswered.wait_for(lock, std::chrono::milliseconds(40), [this] { return !m_answered.empty(); });
    return std::exchange(m_answered, {});
}

void ServerLines::work(const std::stop_token& stop)
{
    LlmServer server(m_settings, m_pause);
    for (;;) {
        std::pair<std::size_t, Json> asked;
        {
            std::unique_lock lock(m_mutex);
            if (!m_isAsked.wait(lock, stop, [this] { return !m_asked.empty(); })) {
                return;
            }
            asked = std::move(m_asked.front());
            m_asked.pop_front();
        }
        Exchange exchange = server.post(m_path, asked.second, stop);
        const std::lock_guard lock(m_mutex);
        m_answered.push_back({asked.first, std::move(exchange)});
        m_isAnswered.notify_one();
    }
}

} // namespace transept
