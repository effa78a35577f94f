#pragma once

#include "core/recommend/Recommend.h"

#include <QtCore/QAbstractItemModel>
#include <QtCore/QStringList>

namespace transept::ui {

/// What a person did: a branch for every domain, below it the interactions, the latest first.
class HistoryModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { TitleColumn, ValueColumn, TimeColumn, ColumnCount };
    enum Role { ItemRole = Qt::UserRole };

    using QAbstractItemModel::QAbstractItemModel;

    void setEntries(std::vector<HistoryEntry> entries);
    /// All domains of the workspace in the order of their colours.
    void setDomains(const QStringList& domains);
    void retranslate();

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Branch
    {
        std::string domain;
        std::vector<HistoryEntry> entries;
    };
    static constexpr quintptr branchMark =
        0; ///< internal id of branches; entries carry their branch's place + 1

    QVariant branchData(const Branch& branch, int column, int role) const;
    QVariant entryData(const HistoryEntry& entry, int column, int role) const;

    std::vector<Branch> m_branches;
    QStringList m_domains;
};

} // namespace transept::ui
