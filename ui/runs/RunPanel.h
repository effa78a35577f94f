#pragma once

#include "core/store/RunStore.h"
#include "ui/runs/RunColumns.h"
#include "ui/shell/IdTypes.h"

#include <QtWidgets/QFrame>

class QAbstractItemModel;
class QLineEdit;
class QToolButton;

namespace transept::ui {

class RunFilterModel;
class RunTable;
class RunTableModel;

/// All runs in a table with a line that filters them and a menu that chooses columns. Says which runs are
/// selected in the order in which they were; runs that the filter hides stay selected until another is
/// clicked.
class RunPanel final : public QFrame
{
    Q_OBJECT

public:
    struct Models
    {
        RunTableModel* runs;
        QAbstractItemModel* shown; ///< the same, or one with its rows and more columns at the end
    };

    /// The table is called `name`, what stands above it `name` + "Filter", "Starred" and "Columns".
    RunPanel(const QString& name, Models models, RunColumns::Keys columns, QWidget* parent = nullptr);

    void setRuns(std::vector<RunRecord> runs);
    void setSelected(const std::vector<RunId>& runs);
    const std::vector<RunId>& selected() const { return m_selected; } ///< only those that exist
    std::vector<RunId> shown() const; ///< what the filter lets through, as sorted
    std::vector<RunId> shownSelected() const;
    std::optional<RunId> current() const;
    void scrollTo(RunId run); ///< and make it the current one
    void reveal(RunId run);   ///< scrolls to it, no more
    void editName();          ///< of the current run

    void setContextActions(const QList<QAction*>& actions);
    void focusFilter();
    void showColumnMenu();

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);
    void retranslate();

Q_SIGNALS:
    void selectionEdited(); ///< by a person: ask selected()
    void currentChanged();
    void filterChanged(); ///< by a person: ask shownSelected()
    void deleteWanted();  ///< by the key

private:
    void buildFilterLine(const QString& name);
    void connectTable();
    QModelIndex indexOf(RunId run, int column) const; ///< in the table; none while the filter hides it
    void takeSelection();
    void showSelection();
    void filter();

    RunTableModel* m_model;
    QAbstractItemModel* m_shown;
    RunFilterModel* m_filtered;
    QLineEdit* m_filter;
    QToolButton* m_starred;
    QToolButton* m_columnsButton;
    RunTable* m_table;
    RunColumns* m_columns;
    std::vector<RunId> m_selected;
    bool m_selecting = false; ///< the selection is set, not clicked
};

} // namespace transept::ui
