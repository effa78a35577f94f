#pragma once

#include "ui/settings/Keychain.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace transept::ui {

/// Beside the address of a server: whether there is a key for it, and where; takes a new one for the
/// keychain. The key itself is never shown again. Without a keychain it names the environment variable.
class KeyField final : public QWidget
{
    Q_OBJECT

public:
    explicit KeyField(Keychain& keychain, QWidget* parent = nullptr);

    /// The server that is typed in beside, and the environment variable that comes before the keychain (may
    /// be empty).
    void setServer(const QString& url, const QString& variable);

Q_SIGNALS:
    void keyChanged(); ///< the server is worth another question

protected:
    void changeEvent(QEvent* event) override;

private:
    void store();
    void showFinding();
    QString statusText() const;
    void retranslate();

    Keychain& m_keychain;
    QTimer m_typing;
    QString m_server;
    QString m_variable;
    std::optional<Keychain::Finding> m_finding;
    bool m_isChanging = false; ///< a key was handed to the keychain, which has not answered yet
    QLineEdit* m_key;
    QPushButton* m_store;
    QPushButton* m_forget;
    QLabel* m_status;
};

} // namespace transept::ui
