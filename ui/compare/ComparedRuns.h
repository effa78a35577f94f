#pragma once

#include "ui/shell/IdTypes.h"

#include <QtCore/QIdentityProxyModel>

#include <map>
#include <optional>

namespace transept::ui {

class RunTableModel;

/// The run table with three columns more at its end, which hold every compared run against the first: the
/// difference, the share of people for whom it does better, and the p-value.
class ComparedRunsModel final : public QIdentityProxyModel
{
    Q_OBJECT

public:
    explicit ComparedRunsModel(RunTableModel* runs, QObject* parent = nullptr);

    enum Test { Difference, Better, Probability, TestCount };

    struct Against
    {
        double difference = 0.0;
        double better = 0.0;
        double p = 0.0; ///< NaN, as the others: cannot be told
    };
    /// What the columns show; runs that are not in `against` have nothing there. `first` is the run that all
    /// are held against, `measure` the title of what was measured.
    struct Tests
    {
        std::map<RunId, Against> against;
        std::optional<RunId> first;
        QString measure;
    };
    void setTests(Tests tests);
    void retranslate();

    int column(Test test) const;
    /// As RunTableModel::columnKey().
    QString columnKey(int column) const;
    /// Keys in the order in which columns stand unless somebody moved them: the tests before the time.
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
    std::optional<double> valueOf(RunId run, Test test) const;
    QString textOf(RunId run, Test test) const;
    QString titleOf(Test test) const;
    QString meaningOf(Test test) const;

    RunTableModel* m_runs;
    Tests m_tests;
};

} // namespace transept::ui
