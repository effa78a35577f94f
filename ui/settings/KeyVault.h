#pragma once

#include <QtCore/QString>

#include <memory>
#include <optional>

namespace transept::ui {

/// Where secrets lie. Its functions wait as long as the system does (somebody may have to type a password),
/// so they are called on a thread of their own: see Keychain.
class KeyVault
{
public:
    struct Answer
    {
        std::optional<QString> key; ///< nothing: none is kept for that server
        QString problem;            ///< why nobody can say or keep anything; empty: all is well
    };

    virtual ~KeyVault() = default;
    virtual Answer read(const QString& server) = 0;
    virtual Answer write(const QString& server, const QString& key) = 0;
    virtual Answer remove(const QString& server) = 0;
};

/// The keychain of the desktop: Secret Service, KWallet. Never a plain file.
std::unique_ptr<KeyVault> systemVault();

} // namespace transept::ui
