#include "ui/settings/KeyVault.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <qt6keychain/keychain.h>

namespace transept::ui {

namespace {

class SystemVault final : public KeyVault
{
public:
    Answer read(const QString& server) override
    {
        QKeychain::ReadPasswordJob job(service());
        Answer answer = finish(job, server);
        if (job.error() == QKeychain::NoError) {
            answer.key = job.textData();
        }
        return answer;
    }

    Answer write(const QString& server, const QString& key) override
    {
        QKeychain::WritePasswordJob job(service());
        job.setTextData(key);
        Answer answer = finish(job, server);
        if (answer.problem.isEmpty()) {
            answer.key = key;
        }
        return answer;
    }

    Answer remove(const QString& server) override
    {
        QKeychain::DeletePasswordJob job(service());
        return finish(job, server);
    }

private:
    static QString service() { return QStringLiteral("transept"); }

    static Answer finish(QKeychain::Job& job, const QString& server)
    {
        QEventLoop loop;
        QObject::connect(&job, &QKeychain::Job::finished, &loop, &QEventLoop::quit);
        job.setAutoDelete(false);
        job.setInsecureFallback(false);
        job.setKey(server);
        job.start();
        loop.exec();
        const bool isAnswered = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
        return {.key = std::nullopt, .problem = isAnswered ? QString() : reasonOf(job)};
    }

    static QString reasonOf(const QKeychain::Job& job)
    {
        return job.errorString().isEmpty()
                   ? QCoreApplication::translate("KeyVault", "The keychain did not say why.")
                   : job.errorString().trimmed();
    }
};

} // namespace

std::unique_ptr<KeyVault> systemVault()
{
    return std::make_unique<SystemVault>();
}

} // namespace transept::ui
