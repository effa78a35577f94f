#include "tests/support/LlmServerProcess.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtNetwork/QTcpServer>

#include <csignal>

namespace transept::test {
namespace {

QString serveScript()
{
    return QStringLiteral(TRANSEPT_SOURCE_DIR "/../shared/tools/llm/serve");
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

bool LlmServerProcess::isAvailable()
{
    return QFile::exists(serveScript());
}

LlmServerProcess::LlmServerProcess(const std::string& model, const std::string& key, quint16 port)
    : m_port(port == 0 ? freePort() : port)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!key.empty()) {
        environment.insert(QStringLiteral("LLM_API_KEY"), QString::fromStdString(key));
    }
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(serveScript(), {QString::number(m_port), QString::fromStdString(model)});
    constexpr int startMilliseconds = 180'000; // the first start on a machine fetches the model
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine() && waited.elapsed() < startMilliseconds &&
           m_process.waitForReadyRead(1'000 + startMilliseconds / 10)) {
    }
    const QStringList ready = QString::fromUtf8(m_process.readLine()).trimmed().split(QLatin1Char(' '));
    if (ready.size() == 3 && ready[0] == QLatin1String("READY")) {
        m_url = ready[1].toStdString();
        m_server = ready[2].toLongLong();
    }
}

void LlmServerProcess::kill()
{
    if (m_server > 0) {
        ::kill(static_cast<pid_t>(std::exchange(m_server, 0)), SIGKILL);
    }
    m_process.waitForFinished();
}

LlmServerProcess::~LlmServerProcess()
{
    if (m_server > 0) {
        ::kill(static_cast<pid_t>(m_server), SIGTERM);
    }
    m_process.terminate();
    m_process.waitForFinished();
}

} // namespace transept::test
