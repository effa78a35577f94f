#include "ui/data/ImportQueue.h"

#include <QtCore/QFileInfo>

namespace transept::ui {

ImportQueue::ImportQueue(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::closed, this, [this] { m_waiting.clear(); });
}

void ImportQueue::add(const QString& file, const ImportOptions& options)
{
    enqueue(file,
            [path = std::filesystem::path(file.toStdString()), options](Workspace& workspace,
                                                                        const JobContext& context) {
                return importFile(workspace, path, options, context);
            });
}

void ImportQueue::resume(ImportId import, const QString& file)
{
    enqueue(file, [import](Workspace& workspace, const JobContext& context) {
        return resumeImport(workspace, import, context);
    });
}

void ImportQueue::enqueue(const QString& file, Work work)
{
    m_waiting.push_back({.file = file, .work = std::move(work)});
    if (!m_isActive) {
        startNext();
    }
}

void ImportQueue::startNext()
{
    m_isActive = !m_waiting.empty();
    if (!m_isActive) {
        return;
    }
    Entry entry = std::move(m_waiting.front());
    m_waiting.pop_front();
    const QString name = QFileInfo(entry.file).fileName(); // splits the text only: asks no disk
    m_session.jobs().start<ImportReport>(
        this,
        {.name = [name] { return tr("Importing %1").arg(name); }, .kind = JobKind::Import},
        std::move(entry.work),
        [this, file = entry.file](const Result<ImportReport>& report) { finish(file, report); });
}

void ImportQueue::finish(const QString& file, const Result<ImportReport>& report)
{
    startNext();
    m_session.announce(Change::Data);
    if (report) {
        Q_EMIT imported(file, *report);
    } else {
        Q_EMIT failed(file, report.error());
    }
}

} // namespace transept::ui
