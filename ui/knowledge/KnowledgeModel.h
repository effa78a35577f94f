#pragma once

#include "core/store/KnowledgeVersions.h"

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

    /// `versions`: one a base, or none at all.
    void setBases(std::vector<KnowledgeBase> bases, std::vector<KnowledgeVersion> versions = {});
    void updateBases(const std::vector<KnowledgeBase>& bases); ///< what is said of those that are here
    const std::vector<KnowledgeBase>& bases() const { return m_bases; }
    const KnowledgeVersion& version(int row) const { return m_versions[static_cast<std::size_t>(row)]; }
    const KnowledgeBase* base(KnowledgeId id) const;
    std::optional<int> rowOf(KnowledgeId id) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString state(int row) const;
    QString stateHint(int row) const;

    std::vector<KnowledgeBase> m_bases;
    std::vector<KnowledgeVersion> m_versions;
};

/// The extractor of a knowledge base, and the saved prompt that it was asked with: "chat, prompt moods@2".
QString extractorText(const KnowledgeBase& base);

/// "finished", "interrupted" ... in the reader's language.
QString extractionState(const std::string& state);

} // namespace transept::ui
