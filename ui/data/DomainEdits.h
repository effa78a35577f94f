#pragma once

#include "core/store/Catalog.h"
#include "ui/shell/MessageBar.h"
#include "ui/shell/Session.h"

namespace transept::ui {

/// What a person changes about a domain; each change can be undone.
class DomainEdits final : public QObject
{
    Q_OBJECT

public:
    DomainEdits(Session& session, MessageBar& messages, QObject* parent = nullptr);

    void remove(const Domain& domain); ///< and says so, with a button that brings it back
    void rename(const Domain& domain, const QString& name);

private:
    Session& m_session;
    MessageBar& m_messages;
};

} // namespace transept::ui
