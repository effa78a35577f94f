#include "ui/knowledge/ItemFactsView.h"

#include "core/knowledge/ItemMap.h"
#include "ui/look/Card.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/shell/ElidedLabel.h"

#include <QtCore/QEvent>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int mostNear = 15;

} // namespace

ItemFactsView::ItemFactsView(Session& session, QWidget* parent)
    : QSplitter(Qt::Vertical, parent)
    , m_session(session)
    , m_factsQuery(session)
    , m_nearQuery(session)
    , m_title(new ElidedLabel)
    , m_facets(new FacetModel(this))
    , m_facetTable(quietTable(m_facets, QStringLiteral("facets")))
    , m_near(new NearItemModel(this))
    , m_nearTable(quietTable(m_near, QStringLiteral("nearItems")))
{
    m_title->setObjectName(QStringLiteral("chosenItem"));
    m_title->setProperty(look::heading, true);
    m_title->setContentsMargins(space::oneAndHalf, space::half, space::oneAndHalf, 0);
    m_title->hide();
    fitColumns(*m_facetTable, FacetModel::TextColumn);
    fitColumns(*m_nearTable, NearItemModel::TitleColumn);
    auto* chosen = new QWidget;
    auto* column = new QVBoxLayout(chosen);
    column->setContentsMargins({});
    column->addWidget(m_title);
    column->addWidget(m_facetTable, 1);
    addWidget(card({chosen}));
    addWidget(card({m_nearTable}));
    setChildrenCollapsible(false);
    connect(m_facetTable, &QTableView::activated, this, [this] {
        if (m_item) {
            Q_EMIT pageWanted(*m_item);
        }
    });
    connect(m_nearTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        m_session.selection().setItem(ItemId{index.data(NearItemModel::ItemRole).toLongLong()});
    });
    retranslate();
}

void ItemFactsView::setDomains(const std::vector<Domain>& domains)
{
    m_domains.clear();
    for (const Domain& domain : domains) {
        m_domains[domain.id] = QString::fromStdString(domain.name);
    }
}

void ItemFactsView::show(std::optional<KnowledgeId> base, std::optional<ItemId> item)
{
    if (std::exchange(m_base, base) != base || !base || !item) {
        clear();
    }
    m_item = item;
    if (!base || !item) {
        return;
    }
    m_factsQuery.ask<Facts>(
        [base = *base, item = *item](const Workspace& workspace, const JobContext&) -> Result<Facts> {
            Result<ItemRecord> record = Explorer(workspace).item(item);
            Result<ItemFacts> facts = KnowledgeStore(workspace).facts(base, item);
            if (!record || !facts) {
                return record ? passOn(facts) : passOn(record);
            }
            return Facts{.item = std::move(*record), .facets = std::move(facts->facets)};
        },
        [this](Result<Facts> facts) { showFacts(std::move(facts)); });
    m_nearQuery.ask<std::vector<NearItem>>(
        [base = *base, item = *item](const Workspace& workspace, const JobContext& context) {
            return nearestItems(workspace, base, item, mostNear, context);
        },
        [this](Result<std::vector<NearItem>> near) {
            m_near->setItems(near ? std::move(*near) : std::vector<NearItem>(), m_domains);
            fitColumns(*m_nearTable, NearItemModel::TitleColumn);
        });
}

void ItemFactsView::clear()
{
    m_factsQuery.cancel();
    m_nearQuery.cancel();
    m_title->hide();
    m_facets->setFacets({});
    m_near->setItems({}, {});
}

void ItemFactsView::showFacts(Result<Facts> facts)
{
    m_title->setVisible(facts.has_value());
    if (facts) {
        const ItemRecord& item = facts->item;
        m_title->setText(QString::fromStdString(item.title.empty() ? item.key : item.title));
    }
    m_facets->setFacets(facts ? std::move(facts->facets) : std::vector<StoredFacet>());
    fitColumns(*m_facetTable, FacetModel::TextColumn);
}

void ItemFactsView::changeEvent(QEvent* event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void ItemFactsView::retranslate()
{
    m_facetTable->setAccessibleName(tr("Facets of the chosen item"));
    m_nearTable->setAccessibleName(tr("Items nearest to the chosen one"));
}

} // namespace transept::ui
