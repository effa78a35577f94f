#pragma once

#include "core/store/RunStore.h"
#include "ui/compare/ComparedRuns.h"

#include <QtWidgets/QFrame>

#include <map>

class QLineEdit;
class QMenu;
class QSettings;
class QTableView;
class QToolButton;

namespace transept::ui {

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

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildFilterLine();
    void buildTable();
    void connectTable();
    void takeSelection();
    void showSelection();
    void filter();
    bool isShownColumn(const QString& key) const;
    QString columnName(int column) const;
    void fillColumnMenu();
    void rememberColumns();
    void arrangeColumns();
    void orderColumns();
    std::optional<int> columnOf(const QString& key) const;

    RunTableModel* m_model;
    ComparedRunsModel* m_compared;
    RunFilterModel* m_filtered;
    QLineEdit* m_filter;
    QToolButton* m_starred;
    QToolButton* m_columns;
    QMenu* m_columnMenu;
    QTableView* m_table;
    std::vector<RunId> m_selected;
    bool m_selecting = false; ///< the selection is set, not clicked
    bool m_arranging = false; ///< columns are set, not dragged
    QStringList m_order;      ///< keys of columns as somebody moved them; empty: as usual
    std::map<QString, int> m_widths;
    QString m_sortKey; ///< of a column; empty: in order of creation
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::map<QString, bool> m_isShown; ///< what somebody chose
};

} // namespace transept::ui
