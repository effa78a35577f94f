#include "ui/settings/KeyField.h"

#include "ui/look/Theme.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kTypingPauseMs = 400;

} // namespace

KeyField::KeyField(Keychain& keychain, QWidget* parent)
    : QWidget(parent)
    , m_keychain(keychain)
    , m_key(new QLineEdit(this))
    , m_store(new QPushButton(this))
    , m_forget(new QPushButton(this))
    , m_status(new QLabel(this))
{
    m_key->setObjectName(QStringLiteral("serverKey"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_store->setObjectName(QStringLiteral("storeKey"));
    m_forget->setObjectName(QStringLiteral("forgetKey"));
    m_status->setObjectName(QStringLiteral("keyStatus"));
    m_status->setProperty(look::small, true);
    m_status->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::one);
    row->addWidget(m_key, 1);
    row->addWidget(m_store);
    row->addWidget(m_forget);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::half);
    column->addLayout(row);
    column->addWidget(m_status);

    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, [this] { m_keychain.look(m_server); });
    connect(
        &m_keychain, &Keychain::found, this, [this](const QString& server, const Keychain::Finding& finding) {
            if (Keychain::nameOf(server) != m_server) {
                return;
            }
            m_finding = finding;
            showFinding();
            if (std::exchange(m_isChanging, false)) {
                Q_EMIT keyChanged();
            }
        });
    connect(m_key, &QLineEdit::textChanged, this, &KeyField::showFinding);
    connect(m_key, &QLineEdit::returnPressed, this, &KeyField::store);
    connect(m_store, &QPushButton::clicked, this, &KeyField::store);
    connect(m_forget, &QPushButton::clicked, this, [this] {
        m_isChanging = true;
        m_keychain.forget(m_server);
    });
    retranslate();
}

void KeyField::setServer(const QString& url, const QString& variable)
{
    const QString server = Keychain::nameOf(url);
    m_variable = variable.trimmed();
    if (server != m_server) {
        m_server = server;
        m_finding.reset();
        m_key->clear(); // it was meant for another server
        m_typing.start();
    }
    showFinding();
}

void KeyField::store()
{
    if (m_key->text().isEmpty() || m_server.isEmpty()) {
        return;
    }
    m_isChanging = true;
    m_keychain.store(m_server, m_key->text().trimmed());
    m_key->clear();
}

void KeyField::showFinding()
{
    const bool isAnswering = m_finding && m_finding->problem.isEmpty() && !m_server.isEmpty();
    const bool isAbsent = m_finding && !m_finding->problem.isEmpty();
    m_key->setVisible(!isAbsent);
    m_store->setVisible(!isAbsent);
    m_key->setEnabled(isAnswering);
    m_store->setEnabled(isAnswering && !m_key->text().trimmed().isEmpty());
    m_forget->setVisible(isAnswering && m_finding->hasKey);
    m_status->setText(statusText());
    m_status->setToolTip(isAbsent ? m_finding->problem : QString());
}

QString KeyField::statusText() const
{
    if (!m_variable.isEmpty() && !qEnvironmentVariableIsEmpty(m_variable.toUtf8().constData())) {
        return tr("The key comes from the environment variable %1.").arg(m_variable);
    }
    if (!m_finding) {
        return m_server.isEmpty() ? QString() : tr("Asking the keychain…");
    }
    if (!m_finding->problem.isEmpty()) {
        return m_variable.isEmpty()
                   ? tr("No keychain answers here. If the server wants a key, put it into an environment "
                        "variable, name that as the key variable below, and start the program again.")
                   : tr("No keychain answers here. If the server wants a key, put it into the environment "
                        "variable %1 and start the program again.")
                         .arg(m_variable);
    }
    return m_finding->hasKey ? tr("A key for this server is in the keychain.")
                             : tr("No key for this server is in the keychain; many local servers want none.");
}

void KeyField::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void KeyField::retranslate()
{
    m_key->setPlaceholderText(tr("Key of the server"));
    m_key->setAccessibleName(m_key->placeholderText());
    m_store->setText(tr("Keep in the keychain"));
    m_forget->setText(tr("Remove"));
    m_forget->setToolTip(tr("Remove the key of this server from the keychain"));
    showFinding();
}

} // namespace transept::ui
