#pragma once

#include "core/knowledge/FacetTable.h"
#include "ui/shell/WindowModel.h"

#include <map>

namespace transept::ui {

/// The facets of a knowledge base that a filter lets through, never all in memory: they are there at once and
/// counted behind that.
class FacetTableModel final : public WindowModel<FacetRow, FacetPlace>
{
    Q_OBJECT

public:
    enum Column {
        ItemColumn,
        DomainColumn,
        FacetColumn,
        TextColumn,
        OtherColumn, ///< what the other knowledge base says
        WeightColumn,
        SourceColumn,
        ColumnCount
    };

    explicit FacetTableModel(Session& session, QObject* parent = nullptr);

    void show(std::optional<KnowledgeId> base, const FacetFilter& filter);
    void readAgain(); ///< after facets were changed; what is shown stays until then
    void setDomains(std::map<DomainId, QString> names) { m_domains = std::move(names); }
    void setOtherName(const QString& name); ///< of the knowledge base that stands beside
    void setEditable(bool editable) { m_editable = editable; }
    const FacetFilter& filter() const { return m_filter; }
    std::optional<std::int64_t> count() const { return m_total; } ///< nothing while they are counted

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void arrived(); ///< rows, or their number
    void failed(const transept::Error& error);

protected:
    FacetPlace keyAfter(const FacetRow& last) const override;
    void tell(const Error& error) override { Q_EMIT failed(error); }
    void pageArrived() override { Q_EMIT arrived(); }

private:
    void countRows();
    QString display(const FacetRow& row, int column) const;

    Query m_count;
    std::optional<KnowledgeId> m_base;
    FacetFilter m_filter;
    std::optional<std::int64_t> m_total;
    std::map<DomainId, QString> m_domains;
    QString m_otherName;
    bool m_editable = false;
};

/// What is edited of a facet: what holds, or what was extracted where that is struck out.
QString editedText(const FacetRow& row);

/// What became of a facet, in a word: "extracted", "edited" ...
QString sourceWord(const HeldFacet& facet);

} // namespace transept::ui
