#include "ui/shell/UnfinishedWork.h"

#include "core/ingest/Import.h"
#include "core/store/KnowledgeStore.h"

#include <QtCore/QFileInfo>

namespace transept::ui {
namespace {

QString topicOf(KnowledgeId id)
{
    return QStringLiteral("interrupted extraction %1").arg(number(id));
}

} // namespace

UnfinishedWork::UnfinishedWork(Session& session, MessageBar& messages, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_messages(messages)
    , m_query(session)
{
    connect(&session, &Session::foundUnfinished, this, &UnfinishedWork::tell);
    connect(&session, &Session::knowledgeChanged, this, &UnfinishedWork::askExtractions);
    connect(&session, &Session::closed, this, [this] { m_extractions.clear(); });
}

void UnfinishedWork::tell(const std::vector<Interrupted>& interrupted, const std::vector<RunId>& queued)
{
    std::vector<Interrupted> imports;
    std::vector<RunId> runs;
    for (const Interrupted& each : interrupted) {
        switch (each.kind) {
        case Interrupted::Kind::Import:
            imports.push_back(each);
            break;
        case Interrupted::Kind::Run:
            runs.push_back(RunId{each.id});
            break;
        case Interrupted::Kind::Extraction:
            break;
        }
    }
    runs.insert(runs.end(), queued.begin(), queued.end());
    if (!imports.empty()) {
        tellOfImports(imports);
    }
    if (!runs.empty()) {
        tellOfRuns(runs);
    }
    for (const Interrupted& each : interrupted) {
        if (each.kind == Interrupted::Kind::Extraction) {
            tellOfExtraction(KnowledgeId{each.id}, QString::fromStdString(each.name));
        }
    }
}

void UnfinishedWork::tellOfImports(const std::vector<Interrupted>& imports)
{
    const auto count = static_cast<int>(imports.size());
    m_messages.show(
        {.kind = Message::Kind::Warning,
         .text =
             [count] { return tr("%n import(s) were interrupted. What was read is kept.", nullptr, count); },
         .remedies = {{.text = [] { return tr("Resume"); }, .act = [this, imports] { resume(imports); }}}});
}

void UnfinishedWork::tellOfRuns(const std::vector<RunId>& runs)
{
    const auto count = static_cast<int>(runs.size());
    m_messages.show(
        {.kind = Message::Kind::Warning,
         .text = [count] { return tr("%n run(s) of the last time did not finish.", nullptr, count); },
         .remedies = {{.text = [] { return tr("Run now"); },
                       .act = [this, runs] { m_session.runQueue().enqueueStored(runs); }}}});
}

void UnfinishedWork::tellOfExtraction(KnowledgeId id, const QString& name)
{
    m_extractions.push_back(id);
    m_messages.show(
        {.kind = Message::Kind::Warning,
         .text =
             [name] {
                 return tr("The extraction of %1 was interrupted. What was extracted is kept.").arg(name);
             },
         .remedies = {{.text = [] { return tr("Show it"); },
                       .act =
                           [this, id] {
                               m_session.selection().setKnowledge(id);
                               Q_EMIT pageRequested(QStringLiteral("knowledge"));
                           }}},
         .topic = topicOf(id)});
}

void UnfinishedWork::resume(const std::vector<Interrupted>& imports)
{
    for (const Interrupted& each : imports) {
        const QString file = QFileInfo(QString::fromStdString(each.name)).fileName();
        m_session.jobs().start<ImportReport>(
            this,
            {.name = [file] { return tr("Importing %1").arg(file); }, .kind = JobKind::Import},
            [id = ImportId{each.id}](Workspace& workspace, const JobContext& context) {
                return resumeImport(workspace, id, context);
            },
            [this](const Result<ImportReport>& report) {
                if (!report) {
                    m_messages.show(report.error());
                }
                m_session.announce(Change::Data);
            });
    }
}

/// Somebody may have gone on with one, or deleted it.
void UnfinishedWork::askExtractions()
{
    if (m_extractions.empty()) {
        return;
    }
    m_query.ask<std::vector<KnowledgeBase>>(
        [](const Workspace& workspace, const JobContext&) { return KnowledgeStore(workspace).all(); },
        [this](const Result<std::vector<KnowledgeBase>>& bases) {
            if (!bases) {
                return; // the page that shows them says why
            }
            std::erase_if(m_extractions, [&](KnowledgeId id) {
                const auto base = std::ranges::find(*bases, id, &KnowledgeBase::id);
                const bool isInterrupted = base != bases->end() && base->state == "interrupted";
                if (!isInterrupted) {
                    m_messages.clear(topicOf(id));
                }
                return !isInterrupted;
            });
        });
}

} // namespace transept::ui
