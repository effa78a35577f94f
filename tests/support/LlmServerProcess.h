#pragma once

#include <QtCore/QProcess>

#include <string>

namespace transept::test {

/// A real OpenAI-compatible server with a small real model on a free port of this machine
/// (../shared/tools/llm/serve), stopped with the object. Without that folder there is none.
class LlmServerProcess
{
public:
    static bool isAvailable();

    /// `model`: smollm (chat) or minilm (embeddings). With a key the server demands it. Port 0: a free one.
    explicit LlmServerProcess(const std::string& model, const std::string& key = {}, quint16 port = 0);
    ~LlmServerProcess();
    LlmServerProcess(const LlmServerProcess&) = delete;
    LlmServerProcess& operator=(const LlmServerProcess&) = delete;

    /// http://127.0.0.1:port/v1; empty when it did not start
    const std::string& url() const { return m_url; }
    quint16 port() const { return m_port; }
    void kill(); ///< as a crash would

private:
    quint16 m_port;
    QProcess m_process;
    std::string m_url;
    qint64 m_server = 0;
};

} // namespace transept::test

/// Skips the test function when there is no server to start; in CI that is a failure.
#define NEED_LLM_SERVER()                                                                                    \
    do {                                                                                                     \
        if (!transept::test::LlmServerProcess::isAvailable()) {                                              \
            if (transept::test::sharedDataIsRequired()) {                                                    \
                QFAIL("the model server (../shared/tools/llm) is required here");                            \
            }                                                                                                \
            QSKIP("needs the model server in ../shared/tools/llm");                                          \
        }                                                                                                    \
    } while (false)
