#pragma once

#include "core/store/KnowledgeStore.h"

#include <QtCore/QAbstractTableModel>

namespace transept::ui {

/// The knowledge bases of a workspace, in order of creation.
class KnowledgeModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        ExtractorColumn,
        StateColumn,
        ItemsColumn,
        DimensionColumn,
        TokensColumn,
        ColumnCount
    };
    enum Role { KnowledgeRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setBases(std::vector<KnowledgeBase> bases);
    const std::vector<KnowledgeBase>& bases() const { return m_bases; }
    const KnowledgeBase* base(KnowledgeId id) const;
    std::optional<int> rowOf(KnowledgeId id) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<KnowledgeBase> m_bases;
};

/// "finished", "interrupted" ... in the reader's language.
QString extractionState(const std::string& state);

} // namespace transept::ui
