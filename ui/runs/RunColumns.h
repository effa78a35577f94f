#pragma once

#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <functional>
#include <map>
#include <optional>

class QMenu;
class QSettings;
class QTableView;

namespace transept::ui {

/// The columns of a table of runs as a person arranged them: which are shown, in which order, how wide, and
/// by which one the rows are sorted. Remembered by keys that change neither with the language nor with the
/// measures that the runs have.
class RunColumns final : public QObject
{
    Q_OBJECT

public:
    struct Keys
    {
        std::function<QString(int column)> of;
        /// Those of all columns, in the order in which they stand unless somebody moved them.
        std::function<QStringList()> usualOrder;
        QStringList hiddenAtFirst; ///< until somebody asks for them
        int measuresAtFirst = 3;   ///< so many of the test set are shown
        int validationAtFirst = 0; ///< and so many of the validation part
    };

    /// The table has its model already; keys are asked for whenever columns may have come or gone.
    RunColumns(QTableView* table, Keys keys, QObject* parent = nullptr);

    /// Chooses columns; also what the table's header opens. Filled anew whenever it opens.
    QMenu* menu() { return m_menu; }

    /// Does what brings other rows or columns, then lays the columns out as they were wanted.
    void whileChanging(const std::function<void()>& change);
    void arrange();

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);

private:
    void fillMenu();
    void forget();
    void rememberOrder();
    void orderColumns();
    bool isShown(const QString& key) const;
    QString nameOf(int column) const;
    std::optional<int> columnOf(const QString& key) const;

    QTableView* m_table;
    Keys m_keys;
    QMenu* m_menu;
    bool m_arranging = false; ///< columns are set, not dragged
    QStringList m_order;      ///< as somebody moved them; empty: as usual
    std::map<QString, int> m_widths;
    std::map<QString, bool> m_isShown; ///< what somebody chose
    QString m_sortKey;                 ///< empty: in order of creation
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace transept::ui
