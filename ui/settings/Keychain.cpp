#include "ui/settings/Keychain.h"

#include <chrono>
#include <future>

namespace transept::ui {

namespace {

/// Somebody may have to unlock the keychain by hand.
constexpr std::chrono::seconds kLongestWait{60};

} // namespace

/// The vault on its thread.
class Keychain::Worker final : public QObject
{
public:
    explicit Worker(std::unique_ptr<KeyVault> vault) : m_vault(std::move(vault)) {}

    /// Runs `question` on the thread of the worker.
    template<typename Work>
    void post(Work work)
    {
        QMetaObject::invokeMethod(
            this, [this, work = std::move(work)] { work(*m_vault); }, Qt::QueuedConnection);
    }

private:
    std::unique_ptr<KeyVault> m_vault;
};

class Keychain::Source final : public KeySource
{
public:
    explicit Source(std::weak_ptr<Worker> worker) : m_worker(std::move(worker)) {}

    std::optional<std::string> key(const std::string&, const std::string& server) const override
    {
        auto promise = std::make_shared<std::promise<std::optional<std::string>>>();
        std::future<std::optional<std::string>> future = promise->get_future();
        {
            const std::shared_ptr<Worker> worker = m_worker.lock();
            if (!worker) {
                return std::nullopt;
            }
            worker->post([promise = std::move(promise),
                          name = nameOf(QString::fromStdString(server))](KeyVault& vault) {
                const std::optional<QString> key = vault.read(name).key;
                promise->set_value(key ? std::optional(key->toStdString()) : std::nullopt);
            });
        }
        try {
            const bool isThere = future.wait_for(kLongestWait) == std::future_status::ready;
            return isThere ? future.get() : std::nullopt;
        } catch (const std::future_error&) { // the window was closed before the keychain could answer
            return std::nullopt;
        }
    }

private:
    std::weak_ptr<Worker> m_worker;
};

Keychain::Keychain(std::unique_ptr<KeyVault> vault, QObject* parent)
    : QObject(parent)
    , m_worker(std::make_shared<Worker>(std::move(vault)))
{
    m_thread.setObjectName(QStringLiteral("keychain"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

Keychain::~Keychain()
{
    m_thread.quit();
    m_thread.wait();
}

Keychain& Keychain::of(QObject& session)
{
    auto* keychain = session.findChild<Keychain*>(QString(), Qt::FindDirectChildrenOnly);
    return keychain != nullptr ? *keychain : *new Keychain(systemVault(), &session);
}

void Keychain::look(const QString& server)
{
    ask(server, [](KeyVault& vault, const QString& name) { return vault.read(name); });
}

void Keychain::store(const QString& server, const QString& key)
{
    ask(server, [key](KeyVault& vault, const QString& name) { return vault.write(name, key); });
}

void Keychain::forget(const QString& server)
{
    ask(server, [](KeyVault& vault, const QString& name) { return vault.remove(name); });
}

void Keychain::ask(const QString& server, Question question)
{
    m_worker->post([this, server, name = nameOf(server), question = std::move(question)](KeyVault& vault) {
        const KeyVault::Answer answer = question(vault, name);
        const Finding finding{.hasKey = answer.key && !answer.key->isEmpty(), .problem = answer.problem};
        // The thread has ended before this object goes, so it is there to be told.
        QMetaObject::invokeMethod(
            this, [this, server, finding] { Q_EMIT found(server, finding); }, Qt::QueuedConnection);
    });
}

std::shared_ptr<const KeySource> Keychain::source() const
{
    return std::make_shared<Source>(m_worker);
}

QString Keychain::nameOf(const QString& server)
{
    QString name = server.trimmed();
    while (name.endsWith(QLatin1Char('/'))) {
        name.chop(1);
    }
    return name;
}

} // namespace transept::ui
