#pragma once

#include "ui/experiments/ResultsDialog.h"

#include <QtGui/QAction>

namespace transept::ui {

class MessageBar;

/// Brings results of other programs into the table of runs: asks, works as a job, tells what came of it.
class ResultsImport final : public QObject
{
    Q_OBJECT

public:
    /// `page` shows the dialog and outlives this.
    ResultsImport(Session& session, FileDialogs dialogs, MessageBar& messages, QWidget* page);

    QAction* action() { return m_action; }
    void setSources(std::function<ResultsSources()> sources) { m_sources = std::move(sources); }
    void retranslate();

private:
    void ask(ResultsDraft draft);
    void start(const ResultsDraft& draft, const std::optional<Json>& spec);
    void finish(const ResultsDraft& draft, const Result<ResultsReport>& report);

    Session& m_session;
    FileDialogs m_dialogs;
    MessageBar& m_messages;
    QWidget* m_page;
    QAction* m_action;
    std::function<ResultsSources()> m_sources;
};

} // namespace transept::ui
