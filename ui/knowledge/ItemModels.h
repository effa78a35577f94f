#pragma once

#include "core/knowledge/Extractor.h"
#include "core/store/Explorer.h"

#include <QtCore/QAbstractTableModel>

namespace transept::ui {

/// Items found by their title or id.
class FoundItemModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { ItemRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;
    void setItems(std::vector<ItemRecord> items);
    std::optional<int> rowOf(ItemId item) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<ItemRecord> m_items;
};

/// What is known of one item: facet, text, weight.
class FacetModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, TextColumn, WeightColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setFacets(std::vector<StoredFacet> facets);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<StoredFacet> m_facets;
};

/// The items nearest to one, with their similarity and domain.
class NearItemModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TitleColumn, DomainColumn, SimilarityColumn, ColumnCount };
    enum Role { ItemRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setItems(std::vector<NearItem> items, std::map<DomainId, QString> domains);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<NearItem> m_items;
    std::map<DomainId, QString> m_domains;
};

/// Items that could not be extracted, why, and what the server said.
class FailureModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ItemColumn, ReasonColumn, AttemptsColumn, ReplyColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setFailures(std::vector<ExtractionFailure> failures);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<ExtractionFailure> m_failures;
};

} // namespace transept::ui
