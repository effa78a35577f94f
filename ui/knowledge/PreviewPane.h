#pragma once

#include "core/knowledge/Extractor.h"
#include "core/store/Catalog.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace transept::ui {

/// What an extraction would make of the chosen item (or person): of an extractor that reads texts itself the
/// steps from text to terms; of one that asks a server the request as it would be sent, what of it was
/// redacted and what it costs, and, asked, the reply as it comes; the facets in any case. Nothing is stored.
class PreviewPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPane(Session& session, QWidget* parent = nullptr);

    void setAsksServer(bool asks); ///< whether there is a server to ask
    /// Why it cannot be asked, in a sentence; empty: it can.
    void setObstacle(const QString& obstacle);
    void setAboutUsers(bool about); ///< whether it is people that are asked about: a field takes their id
    void setDomains(const std::vector<Domain>& domains); ///< that they can be asked about in
    void show(const ExtractionRequest& request, bool ask);
    void showNothing(const QString& why);

Q_SIGNALS:
    void askWanted();
    void subjectChanged(); ///< another person or domain is to be shown

protected:
    void changeEvent(QEvent* event) override;

private:
    QString titleFor(bool hasItem) const;
    void showAsk();
    void showPreview(Result<ExtractionPreview> shown);
    void showCost(const ExtractionPreview& shown);
    void retranslate();

    Session& m_session;
    Query m_query;
    int m_question = 0; ///< pieces of the reply to an earlier one come too late
    bool m_asksServer = false;
    bool m_wasAsked = false;
    bool m_aboutUsers = false;
    QString m_obstacle;
    QLabel* m_title;
    QPushButton* m_ask;
    QLineEdit* m_person;
    QComboBox* m_domain;
    QPlainTextEdit* m_request;
    QPlainTextEdit* m_reply;
    QLabel* m_cost;
    QLabel* m_problem;
};

} // namespace transept::ui
