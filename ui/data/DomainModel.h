#pragma once

#include "core/store/Statistics.h"

#include <QtCore/QAbstractTableModel>

namespace transept::ui {

/// The domains of the workspace with their counts, in the order of creation, which is that of their colours.
class DomainModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        PlatformColumn,
        KindColumn,
        ScaleColumn,
        UsersColumn,
        ItemsColumn,
        InteractionsColumn,
        DensityColumn,
        TextsColumn,
        PeriodColumn,
        ColumnCount
    };
    enum DomainRole { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setDomains(std::vector<DomainStatistics> domains);
    const std::vector<DomainStatistics>& domains() const { return m_domains; }
    int rowOf(DomainId domain) const; ///< -1: it is not there

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Asks for a name that somebody typed; it is shown when the workspace has it.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void renameWanted(const transept::Domain& domain, const QString& name);

private:
    std::vector<DomainStatistics> m_domains;
};

} // namespace transept::ui
