#pragma once

#include "ui/shell/IdTypes.h"

#include <QtCore/QIdentityProxyModel>
#include <QtCore/QSortFilterProxyModel>

#include <map>
#include <optional>

namespace transept::ui {

class RunTableModel;

/// The run table with one column more at its end: the p-value of every compared run against the first.
class ComparedRunsModel final : public QIdentityProxyModel
{
    Q_OBJECT

public:
    explicit ComparedRunsModel(RunTableModel* runs, QObject* parent = nullptr);

    /// What the column shows; runs that are not in `p` have none. `first` is the run that all are tested
    /// against, `measure` the title of what was tested.
    struct Tests
    {
        std::map<RunId, double> p;
        std::optional<RunId> first;
        QString measure;
    };
    void setTests(Tests tests);
    void retranslate();

    int testColumn() const;
    /// As RunTableModel::columnKey().
    QString columnKey(int column) const;
    /// Keys in the order in which columns stand unless somebody moved them: the p-value before the time.
    QStringList usualOrder() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex sibling(int row, int column, const QModelIndex& index) const override;
    QModelIndex buddy(const QModelIndex& index) const override;
    QModelIndex mapToSource(const QModelIndex& proxyIndex) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::optional<double> testOf(RunId run) const;

    RunTableModel* m_runs;
    Tests m_tests;
};

/// Rows whose name, method, note or state hold all the words that were typed; missing numbers stand last
/// whichever way the rows are sorted.
class RunFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RunFilterModel(RunTableModel* runs, QObject* parent = nullptr);

    void setWords(const QString& text);
    void setOnlyStarred(bool only);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    RunTableModel* m_runs;
    QStringList m_words;
    bool m_onlyStarred = false;
};

} // namespace transept::ui
