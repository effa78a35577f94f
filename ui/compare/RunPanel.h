#pragma once

#include "core/store/RunStore.h"
#include "ui/compare/ComparedRuns.h"

#include <QtWidgets/QFrame>

class QLineEdit;
class QSettings;
class QToolButton;

namespace transept::ui {

class RunColumns;
class RunFilterModel;
class RunTable;

/// All runs in a table with a line that filters them and a menu that chooses columns. Says which runs are
/// selected in the order in which they were; runs that the filter hides stay selected until another is
/// clicked.
class RunPanel final : public QFrame
{
    Q_OBJECT

public:
    explicit RunPanel(QWidget* parent = nullptr);

    RunTableModel& model() { return *m_model; }
    const RunTableModel& model() const { return *m_model; }
    ComparedRunsModel& compared() { return *m_compared; }

    void setRuns(std::vector<RunRecord> runs);
    void setSelected(const std::vector<RunId>& runs);
    const std::vector<RunId>& selected() const { return m_selected; } ///< only those that exist
    std::vector<RunId> shown() const; ///< what the filter lets through, as sorted
    std::vector<RunId> shownSelected() const;
    std::optional<RunId> current() const;
    void scrollTo(RunId run);

    void setContextActions(const QList<QAction*>& actions);
    void focusFilter();
    void showColumnMenu();

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);
    void retranslate();

Q_SIGNALS:
    void selectionEdited(); ///< by a person: ask selected()
    void currentChanged();
    void deleteWanted(); ///< by the key

private:
    void buildFilterLine();
    void buildTable();
    void connectTable();
    void takeSelection();
    void showSelection();
    void filter();

    RunTableModel* m_model;
    ComparedRunsModel* m_compared;
    RunFilterModel* m_filtered;
    QLineEdit* m_filter;
    QToolButton* m_starred;
    QToolButton* m_columnsButton;
    RunTable* m_table;
    RunColumns* m_columns = nullptr;
    std::vector<RunId> m_selected;
    bool m_selecting = false; ///< the selection is set, not clicked
};

} // namespace transept::ui
