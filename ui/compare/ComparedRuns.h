#pragma once

#include "ui/shell/IdTypes.h"

#include <QtCore/QIdentityProxyModel>

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

} // namespace transept::ui
