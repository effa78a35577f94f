#pragma once

#include "ui/knowledge/ItemModels.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QSplitter>

class QTableView;

namespace transept::ui {

class ElidedLabel;

/// What a knowledge base says of one item: its facets, and below them the items nearest to it.
class ItemFactsView final : public QSplitter
{
    Q_OBJECT

public:
    explicit ItemFactsView(Session& session, QWidget* parent = nullptr);

    void setDomains(const std::vector<Domain>& domains);
    /// Nothing, while there is no knowledge base or no item.
    void show(std::optional<KnowledgeId> base, std::optional<ItemId> item);

Q_SIGNALS:
    void pageWanted(transept::ItemId item); ///< all that is known of it is to be shown

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Facts
    {
        ItemRecord item;
        std::vector<StoredFacet> facets;
    };

    void clear();
    void showFacts(Result<Facts> facts);
    void retranslate();

    Session& m_session;
    Query m_factsQuery;
    Query m_nearQuery;
    std::optional<KnowledgeId> m_base;
    std::optional<ItemId> m_item;
    std::map<DomainId, QString> m_domains;
    ElidedLabel* m_title;
    FacetModel* m_facets;
    QTableView* m_facetTable;
    NearItemModel* m_near;
    QTableView* m_nearTable;
};

} // namespace transept::ui
