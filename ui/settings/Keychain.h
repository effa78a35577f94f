#pragma once

#include "core/knowledge/Extractor.h"
#include "ui/settings/KeyVault.h"

#include <QtCore/QObject>
#include <QtCore/QThread>

namespace transept::ui {

/// The keys of servers, one for a base URL, kept in the system's keychain and nowhere else: no workspace, no
/// settings file, no log. The vault is asked on a thread of its own; the window hears by signals, and only
/// whether there is a key, never which.
class Keychain final : public QObject
{
    Q_OBJECT

public:
    explicit Keychain(std::unique_ptr<KeyVault> vault = systemVault(), QObject* parent = nullptr);
    ~Keychain() override; ///< waits for its thread, which gives up what it asked

    /// The one of this session, for all its pages; made when it is asked for first.
    static Keychain& of(QObject& session);

    struct Finding
    {
        bool hasKey = false;
        QString problem; ///< of the keychain; empty: it answers
    };

    void look(const QString& server);                      ///< then found()
    void store(const QString& server, const QString& key); ///< then found()
    void forget(const QString& server);                    ///< then found()

    /// For setKeySource(): jobs ask it on their own threads and wait there.
    std::shared_ptr<const KeySource> source() const;

    /// One server, however its address is typed.
    static QString nameOf(const QString& server);

Q_SIGNALS:
    void found(const QString& server, const transept::ui::Keychain::Finding& finding);

private:
    class Worker;
    class Source;
    using Question = std::function<KeyVault::Answer(KeyVault&, const QString&)>;
    void ask(const QString& server, Question question);

    QThread m_thread;
    std::shared_ptr<Worker> m_worker;
};

} // namespace transept::ui
