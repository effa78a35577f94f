#pragma once

#include "core/knowledge/FacetReview.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace transept::ui {

/// A blind review: facets of a knowledge base, one at a time, each true, false or empty by a click or by T, F
/// and E. Verdicts are kept at once and can be undone.
class FacetReviewCard final : public QFrame
{
    Q_OBJECT

public:
    explicit FacetReviewCard(Session& session, QWidget* parent = nullptr);

    void showBase(std::optional<KnowledgeId> base); ///< a finished one
    void retranslate();

Q_SIGNALS:
    void failed(const transept::Error& error);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void ask();
    void take(Result<std::vector<ReviewedFacet>> facets);
    void mark(FacetVerdict verdict);
    void readAgain();
    void move(int step);
    void goToNextOpen();
    void showPlace();
    QString outcomeText() const;

    Session& m_session;
    Query m_query;
    std::optional<KnowledgeId> m_base;
    bool m_isAsked = false;
    std::vector<ReviewedFacet> m_facets;
    std::size_t m_place = 0; ///< m_facets.size(): behind the last, where the outcome stands
    int m_edits = 0;         ///< so that an answer from before the last one is passed over
    QLabel* m_note;
    QWidget* m_body;
    QLabel* m_progress;
    QLabel* m_item;
    QLabel* m_name;
    QLabel* m_text;
    QLabel* m_outcome;
    QPushButton* m_buttons[3];
    QToolButton* m_back;
    QToolButton* m_forth;
    QToolButton* m_undo;
};

} // namespace transept::ui
