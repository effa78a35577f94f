#pragma once

#include "ui/recommend/ListCard.h"
#include "ui/shell/Page.h"
#include "ui/shell/Query.h"

#include <list>
#include <map>
#include <set>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QSplitter;
class QToolButton;
class QTreeView;

namespace transept::ui {

class HistoryModel;
class LassoBar;
class LassoToggle;
class ReasonsPanel;
class RunMenu;
class UserFinder;

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
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Model
    {
        RunId run{};
        std::shared_ptr<const FittedRun> fitted;
    };

    /// What is shown of the chosen user.
    struct Person
    {
        UserSummary summary;
        std::vector<HistoryEntry> history;
        std::vector<Domain> domains; ///< of the workspace, in the order of their colours
    };

    void buildHeader();
    void buildLasso();
    void followLasso();
    QWidget* buildLeft();
    void buildContent();
    void connectSession();
    void showUser();
    void askPerson();
    void showPerson(Result<Person> person);
    void fitHistory();
    void showRuns(Result<std::vector<RunRecord>> runs);
    void chooseRuns();
    void showRun(RunId run, bool shown);
    void updateCards();
    void fillCards();
    void openModel(RunId run);
    void askList(ListCard* card, std::shared_ptr<const FittedRun> fitted);
    void showList(RunId run, Result<std::vector<Recommendation>> items, const ListCard::Remark& remark);
    void updateNewItems();
    std::shared_ptr<const FittedRun> modelOf(RunId run) const;
    ListCard* cardOf(RunId run) const;
    QString nameOf(RunId run) const;
    void selectItem(RunId run, ItemId item);
    void followItem();
    void updateSentence();

    Query m_personQuery;
    Query m_runQuery;
    std::map<RunId, std::unique_ptr<Query>> m_listQueries;
    std::optional<UserSummary> m_user;
    std::vector<RunRecord> m_runs; ///< finished ones
    std::vector<RunId> m_shown;    ///< whose lists are shown
    std::list<Model> m_models;     ///< opened ones, the last used first
    std::set<RunId> m_opening;
    std::optional<RunId> m_explained; ///< whose reasons are shown
    bool m_usersAreStale = true;
    UserFinder* m_finder;
    QTreeView* m_history;
    HistoryModel* m_historyModel;
    QLabel* m_lengthLabel;
    QSpinBox* m_length;
    QCheckBox* m_newItems;
    LassoToggle* m_onlyLassoed;
    LassoBar* m_lassoed;
    RunMenu* m_runMenu;
    QPushButton* m_runButton;
    QSplitter* m_columns;
    QSplitter* m_left;
    QWidget* m_lists;
    QHBoxLayout* m_listRow;
    std::vector<ListCard*> m_cards;
    ReasonsPanel* m_reasons;
    QAction* m_next;
    QAction* m_train;
};

} // namespace transept::ui
