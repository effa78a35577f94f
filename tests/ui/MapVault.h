#pragma once

#include "ui/settings/KeyVault.h"

#include <QtCore/QThread>

#include <chrono>
#include <map>
#include <mutex>
#include <thread>

namespace transept::test {

/// Keeps keys in memory, and looks after who asks.
class MapVault final : public ui::KeyVault
{
public:
    struct State
    {
        std::mutex mutex;
        std::map<QString, QString> keys;
        std::chrono::milliseconds delay{0};
        Qt::HANDLE thread = nullptr;
    };
    explicit MapVault(std::shared_ptr<State> state) : m_state(std::move(state)) {}

    Answer read(const QString& server) override
    {
        const std::lock_guard lock(note());
        const auto found = m_state->keys.find(server);
        return {.key = found == m_state->keys.end() ? std::nullopt : std::optional(found->second),
                .problem = {}};
    }
    Answer write(const QString& server, const QString& key) override
    {
        const std::lock_guard lock(note());
        m_state->keys[server] = key;
        return {.key = key, .problem = {}};
    }
    Answer remove(const QString& server) override
    {
        const std::lock_guard lock(note());
        m_state->keys.erase(server);
        return {};
    }

private:
    std::mutex& note()
    {
        m_state->thread = QThread::currentThreadId();
        std::this_thread::sleep_for(m_state->delay);
        return m_state->mutex;
    }

    std::shared_ptr<State> m_state;
};

} // namespace transept::test
