#pragma once

#include "core/knowledge/Extractor.h"
#include "ui/shell/MessageBar.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>

namespace transept::ui {

/// Starts extractions, counts what they have brought so far, and says what they came to.
class ExtractionJobs final : public QObject
{
    Q_OBJECT

public:
    /// The bar outlives it.
    ExtractionJobs(Session& session, MessageBar& messages, QObject* parent);

    bool isAny() const;
    void start(const ExtractionRequest& request);

Q_SIGNALS:
    /// The knowledge bases as they are now; every now and then while something is extracted.
    void counted(const std::vector<transept::KnowledgeBase>& bases);
    void retryWanted();     ///< of the chosen knowledge base: the rest, or what failed
    void extensionWanted(); ///< likewise, whose extension is not at its end

private:
    void count();
    void report(const ExtractionRequest& request, const Result<ExtractionReport>& report);

    Session& m_session;
    MessageBar& m_messages;
    Query m_query;
    QTimer m_counting;
};

} // namespace transept::ui
