#pragma once

#include "core/knowledge/PeopleHistories.h"
#include "core/store/UserKnowledge.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QSettings;
class QSplitter;
class QTableView;
class QTextEdit;

namespace transept::ui {

class ElidedLabel;
class FigureTable;
class PeopleModel;

/// Looks into a knowledge base about people: what each prefers in each domain, beside the training history
/// that the prompts told; how tastes carry over; and of whom nothing could be learnt, with the reason.
class PeopleView final : public QWidget
{
    Q_OBJECT

public:
    explicit PeopleView(Session& session, QWidget* parent = nullptr);

    /// Null, or one that is not about people: nothing is shown.
    void showBase(const KnowledgeBase* base);
    bool hasFailures() const { return !m_known.failures.empty(); }
    void retranslate();
    void saveState(QSettings& settings) const; ///< in the settings' present group
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);
    void failuresChanged();

protected:
    void showEvent(QShowEvent* event) override;

private:
    /// What does not depend on the person that is chosen.
    struct Known
    {
        std::vector<DomainPairText> pairs;
        std::vector<UserFailure> failures;
        std::map<DomainId, QString> domains;
    };
    using Histories = std::shared_ptr<const PeopleHistories>;

    void build();
    void forget();
    void ask();
    void askKnown();
    void askHistories();
    void showKnown();
    void followPeople();
    void turnTo(PersonId person, const QString& name);
    void showFailed(const QModelIndex& index);
    void showPerson();
    void showFacets(const std::vector<UserFacts>& facts);
    void showHistory();
    QString domainName(DomainId domain) const;

    Session& m_session;
    Query m_query;
    Query m_factsQuery;
    Query m_historyQuery;
    QTimer m_typing;
    std::optional<KnowledgeBase> m_base;
    std::optional<PersonId> m_person; ///< that is shown
    bool m_isWanted = false;          ///< it is shown also when the list begins with another one
    bool m_following = false;         ///< the table is told who is shown: nobody chooses
    bool m_isStale = false;           ///< not asked for since the base was shown
    Known m_known;
    Histories m_histories;
    std::optional<Error> m_historyProblem;
    PeopleModel* m_people;
    FigureTable* m_facets;
    FigureTable* m_history;
    FigureTable* m_failures;
    QLineEdit* m_search;
    QTableView* m_peopleTable;
    ElidedLabel* m_name;
    QTableView* m_facetTable;
    QLabel* m_historyNote;
    QTableView* m_historyTable;
    QLabel* m_pairsTitle;
    QTextEdit* m_pairs;
    QTableView* m_failureTable;
    QSplitter* m_columns;
};

} // namespace transept::ui
