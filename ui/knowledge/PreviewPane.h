#pragma once

#include "core/knowledge/Extractor.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace transept::ui {

/// What an extraction would make of the chosen item: of an extractor that reads texts itself the steps from
/// text to terms; of one that asks a server the request as it would be sent, what of it was redacted and what
/// it costs, and, asked, the reply as it comes; the facets in any case. Nothing is stored.
class PreviewPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPane(Session& session, QWidget* parent = nullptr);

    void setAsksServer(bool asks); ///< whether there is a server to ask
    void show(const ExtractionRequest& request, bool ask);
    void showNothing(const QString& why);

Q_SIGNALS:
    void askWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showPreview(Result<ExtractionPreview> shown);
    void showCost(const ExtractionPreview& shown);
    void retranslate();

    Session& m_session;
    Query m_query;
    int m_question = 0; ///< pieces of the reply to an earlier one come too late
    bool m_asksServer = false;
    bool m_wasAsked = false;
    QLabel* m_title;
    QPushButton* m_ask;
    QPlainTextEdit* m_request;
    QPlainTextEdit* m_reply;
    QLabel* m_cost;
    QLabel* m_problem;
};

} // namespace transept::ui
