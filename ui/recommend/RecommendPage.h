#pragma once

#include "core/recommend/Recommend.h"
#include "ui/shell/Page.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>

#include <list>
#include <map>
#include <set>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QListView;
class QSpinBox;
class QSplitter;
class QTreeView;

namespace transept::ui {

class HistoryModel;
class ListCard;
class ReasonsPanel;
class UserModel;

/// One person: the history in every domain, the lists of several runs side by side, and the reasons.
class RecommendPage final : public Page
{
    Q_OBJECT

public:
    RecommendPage(const PageContext& context, QWidget* parent);

    QString title() const override;
    QString iconName() const override { return QStringLiteral("recommend"); }
    void saveState(QSettings& settings) const override;
    void restoreState(QSettings& settings) override;

protected:
    void refresh() override;
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    struct Model
    {
        RunId run{};
        std::shared_ptr<const FittedRun> fitted;
    };

    QWidget* buildLeft();
    void buildContent();
    void askUsers();
    void showUsers(Result<std::vector<UserSummary>> users);
    void selectUser(PersonId person);
    void showUser();
    void askHistory();
    void showRuns(Result<std::vector<RunRecord>> runs);
    void chooseRuns();
    void updateCards();
    void fillCards();
    void openModel(RunId run);
    void askList(ListCard* card, std::shared_ptr<const FittedRun> fitted);
    std::shared_ptr<const FittedRun> modelOf(RunId run) const;
    ListCard* cardOf(RunId run) const;
    void selectItem(RunId run, ItemId item);
    void updateSentence();

    Query m_userQuery;
    Query m_historyQuery;
    Query m_runQuery;
    std::map<RunId, std::unique_ptr<Query>> m_listQueries;
    std::vector<RunRecord> m_runs; ///< finished ones
    std::vector<RunId> m_shown;    ///< whose lists are shown
    std::list<Model> m_models;     ///< opened ones, the last used first
    std::set<RunId> m_opening;
    QTimer m_typing;
    QLineEdit* m_search;
    QListView* m_users;
    UserModel* m_userModel;
    QTreeView* m_history;
    HistoryModel* m_historyModel;
    QLabel* m_historyTitle;
    QLabel* m_lengthLabel;
    QSpinBox* m_length;
    QSplitter* m_columns;
    QSplitter* m_left;
    QWidget* m_lists;
    QHBoxLayout* m_listRow;
    std::vector<ListCard*> m_cards;
    ReasonsPanel* m_reasons;
    QAction* m_random;
    QAction* m_train;
};

} // namespace transept::ui
