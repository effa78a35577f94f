#pragma once

#include "tests/ui/Patience.h"
#include "ui/shell/Query.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace transept::test {

/// Keeps the reading threads of a session busy, so that what is asked meanwhile waits for its answer until it
/// is released.
class HeldReaders
{
public:
    explicit HeldReaders(ui::Session& session) : m_session(session)
    {
        for (int reader = 0; reader < readers; ++reader) {
            m_queries.push_back(std::make_unique<ui::Query>(session));
            m_queries.back()->ask<int>(
                [state = m_state](const Workspace&, const JobContext&) {
                    ++state->begun;
                    while (state->held) {
                        std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    }
                    return Result<int>(0);
                },
                [](const Result<int>&) {});
        }
        waitFor([this] { return m_state->begun == readers; });
    }
    ~HeldReaders() { m_state->held = false; }
    HeldReaders(const HeldReaders&) = delete;
    HeldReaders& operator=(const HeldReaders&) = delete;

    /// And waits until what was asked meanwhile has been answered, and what that has led to.
    void release()
    {
        m_state->held = false;
        for (int round = 0; round < 2 * readers; ++round) {
            ui::Query last(m_session);
            bool isHere = false;
            last.ask<int>([](const Workspace&, const JobContext&) { return Result<int>(0); },
                          [&](const Result<int>&) { isHere = true; });
            waitFor([&] { return isHere; });
        }
    }

private:
    static constexpr int readers = 3; // of Session

    struct State
    {
        std::atomic<int> begun = 0;
        std::atomic<bool> held = true;
    };
    ui::Session& m_session;
    std::shared_ptr<State> m_state = std::make_shared<State>();
    std::vector<std::unique_ptr<ui::Query>> m_queries;
};

} // namespace transept::test
