#pragma once

#include "core/store/RunStore.h"

#include <QtCore/QAbstractTableModel>
#include <QtWidgets/QFrame>

class QCheckBox;
class QLabel;
class QStackedWidget;
class QTableView;

namespace transept::ui {

/// Specs side by side: a path a row, a run a column.
class SpecTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PathColumn, FirstRunColumn };
    enum Role { DiffersRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// `differences` as Comparison::specDifference, of all these runs.
    void setSpecs(std::vector<RunRecord> runs, std::map<std::string, std::vector<Json>> differences);
    void setOnlyDifferences(bool only);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        std::string path;
        std::vector<Json> values; ///< null: absent
        bool differs = false;
    };
    void fillRows();

    std::vector<RunRecord> m_runs;
    std::map<std::string, std::vector<Json>> m_differences;
    std::vector<Row> m_rows;
    bool m_onlyDifferences = true;
};

/// The table with its switch.
class SpecCard final : public QFrame
{
    Q_OBJECT

public:
    explicit SpecCard(QWidget* parent = nullptr);

    void setSpecs(std::vector<RunRecord> runs, std::map<std::string, std::vector<Json>> differences);
    bool showsOnlyDifferences() const;
    void setOnlyDifferences(bool only);
    void retranslate();

private:
    void arrange();

    SpecTableModel* m_model;
    QCheckBox* m_only;
    QTableView* m_table;
    QLabel* m_nothing;
    QStackedWidget* m_stack;
};

} // namespace transept::ui
