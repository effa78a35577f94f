#pragma once

#include "core/experiment/Audit.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QFrame>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace transept::ui {

/// The sentence in the reader's language. What of it is a count its figures tell: digits may also be a name.
QString sentenceOf(const Finding& finding);

/// "Can it be believed": what the auditor finds about the compared runs, once somebody looks.
class FindingCard final : public QFrame
{
    Q_OBJECT

public:
    explicit FindingCard(Session& session, QWidget* parent = nullptr);

    void setRuns(const std::vector<RunRecord>& runs); ///< finished ones
    void retranslate();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// One that ran again is another.
    using Asked = std::vector<std::pair<RunId, std::optional<std::int64_t>>>;

    void ask();
    void arrange();
    void fillList();
    QString textOf(const Finding& finding) const;

    Query m_query;
    QListWidget* m_list;
    QLabel* m_note;
    QStackedWidget* m_stack;
    Asked m_runs;
    std::map<RunId, QString> m_names;
    Asked m_asked; ///< what the findings, or the error, belong to
    std::vector<Finding> m_findings;
    std::optional<Error> m_error;
};

} // namespace transept::ui
