#include "ui/data/DomainEdits.h"

#include "core/store/DomainName.h"

#include <QtGui/QUndoStack>

namespace transept::ui {

namespace {

constexpr const char* kDeleted = "deleted"; // topic of a message

} // namespace

DomainEdits::DomainEdits(Session& session, MessageBar& messages, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_messages(messages)
{
    connect(&session.undoStack(), &QUndoStack::indexChanged, this, [this] {
        m_messages.clear(QLatin1String(kDeleted)); // its button would undo something else
    });
}

void DomainEdits::remove(const Domain& domain)
{
    const QString name = QString::fromStdString(domain.name);
    const auto setDeleted = [id = domain.id](bool deleted) {
        return
            [id, deleted](const Workspace& workspace) { return Catalog(workspace).setDeleted(id, deleted); };
    };
    m_session.edit(tr("delete the domain %1").arg(name), Change::Data, setDeleted(true), setDeleted(false));
    m_messages.show(
        {.kind = Message::Kind::Info,
         .text = [name] { return tr("The domain %1 was deleted.").arg(name); },
         .remedies = {{.text = [] { return tr("Undo"); }, .act = [this] { m_session.undoStack().undo(); }}},
         .topic = QLatin1String(kDeleted)});
}

void DomainEdits::rename(const Domain& domain, const QString& name)
{
    const auto setName = [id = domain.id](std::string wanted) {
        return [id, wanted = std::move(wanted)](const Workspace& workspace) {
            return renameDomain(workspace, id, wanted);
        };
    };
    m_session.edit(tr("rename the domain %1").arg(QString::fromStdString(domain.name)),
                   Change::Data,
                   setName(name.toStdString()),
                   setName(domain.name));
}

} // namespace transept::ui
