#pragma once

#include "ui/shell/MessageBar.h"
#include "ui/shell/Query.h"

namespace transept::ui {

/// Says what the last program left unfinished, with the way to go on. What is said of an extraction goes once
/// it has gone on.
class UnfinishedWork final : public QObject
{
    Q_OBJECT

public:
    /// The bar outlives it.
    UnfinishedWork(Session& session, MessageBar& messages, QObject* parent);

Q_SIGNALS:
    void pageRequested(const QString& id);

private:
    void tell(const std::vector<Interrupted>& interrupted, const std::vector<RunId>& queued);
    void tellOfImports(const std::vector<Interrupted>& imports);
    void tellOfRuns(const std::vector<RunId>& runs);
    void tellOfExtraction(KnowledgeId id, const QString& name);
    void resume(const std::vector<Interrupted>& imports);
    void askExtractions();

    Session& m_session;
    MessageBar& m_messages;
    Query m_query;
    std::vector<KnowledgeId> m_extractions; ///< interrupted, as far as it is known
};

} // namespace transept::ui
