#include "ui/knowledge/ItemBrowser.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/Legend.h"
#include "ui/charts/ScatterChart.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int typingMilliseconds = 200;
constexpr int mostFound = 200;
constexpr int mostNear = 15;
constexpr int mostGroups = 8; // colours that can be told apart; the rest is one group

QTableView* plainTable(QAbstractItemModel* model, const char* name)
{
    auto* table = new QTableView;
    table->setObjectName(QLatin1String(name));
    table->setModel(model);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

QFrame* card(QWidget* content)
{
    auto* frame = new QFrame;
    frame->setProperty(look::card, true);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(space::one, space::one, space::one, space::one);
    column->addWidget(content);
    return frame;
}

} // namespace

ItemBrowser::ItemBrowser(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_findQuery(session)
    , m_factsQuery(session)
    , m_nearQuery(session)
    , m_mapQuery(session)
    , m_domain(new QComboBox)
    , m_search(new QLineEdit)
    , m_found(new QListView)
    , m_foundModel(new FoundItemModel(this))
    , m_facets(nullptr)
    , m_facetModel(new FacetModel(this))
    , m_near(nullptr)
    , m_nearModel(new NearItemModel(this))
    , m_map(new ScatterChart)
    , m_mapCard(new ChartCard(m_map))
    , m_colourBy(new QComboBox)
{
    build(dialogs);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &ItemBrowser::findItems);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_domain, &QComboBox::currentIndexChanged, this, &ItemBrowser::findItems);
    connect(m_colourBy, &QComboBox::activated, this, &ItemBrowser::askMap);
    connect(m_found->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                if (current.isValid()) {
                    m_session.selection().setItem(
                        ItemId{current.data(FoundItemModel::ItemRole).toLongLong()});
                }
            });
    connect(m_near, &QTableView::activated, this, [this](const QModelIndex& index) {
        m_session.selection().setItem(ItemId{index.data(NearItemModel::ItemRole).toLongLong()});
    });
    connect(m_map, &ScatterChart::pointClicked, this, [this](qint64 id) {
        m_session.selection().setItem(ItemId{id});
    });
    connect(&m_session.selection(), &Selection::itemChanged, this, [this] {
        if (const std::optional<ItemId> item = m_session.selection().item()) {
            showItem(*item);
        }
    });
    connect(&m_mapCard->legend(), &Legend::hiddenChanged, m_map, &ScatterChart::setHidden);
    retranslate();
}

void ItemBrowser::build(const FileDialogs& dialogs)
{
    m_domain->setObjectName(QStringLiteral("itemDomain"));
    m_search->setObjectName(QStringLiteral("itemSearch"));
    m_search->setClearButtonEnabled(true);
    m_found->setObjectName(QStringLiteral("foundItems"));
    m_found->setModel(m_foundModel);
    m_found->setFrameShape(QFrame::NoFrame);
    m_found->setUniformItemSizes(true);
    m_facets = plainTable(m_facetModel, "facets");
    m_near = plainTable(m_nearModel, "nearItems");
    m_map->setObjectName(QStringLiteral("itemMap"));
    m_map->setFileDialogs(dialogs);
    m_colourBy->setObjectName(QStringLiteral("colourBy"));
    m_mapCard->addTool(m_colourBy);

    auto* finder = new QWidget;
    auto* finderColumn = new QVBoxLayout(finder);
    finderColumn->setContentsMargins({});
    finderColumn->addWidget(m_domain);
    finderColumn->addWidget(m_search);
    finderColumn->addWidget(m_found, 1);
    auto* facts = new QSplitter(Qt::Vertical);
    facts->addWidget(card(m_facets));
    facts->addWidget(card(m_near));
    facts->setChildrenCollapsible(false);
    auto* columns = new QSplitter(Qt::Horizontal);
    columns->addWidget(card(finder));
    columns->addWidget(facts);
    columns->addWidget(m_mapCard);
    columns->setStretchFactor(0, 1);
    columns->setStretchFactor(1, 2);
    columns->setStretchFactor(2, 3);
    columns->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(columns);
}

void ItemBrowser::setDomains(std::vector<Domain> domains)
{
    const QSignalBlocker quiet(m_domain);
    const QString chosen = m_domain->currentText();
    m_domains = std::move(domains);
    m_domain->clear();
    for (const Domain& domain : m_domains) {
        m_domain->addItem(QString::fromStdString(domain.name));
    }
    m_domain->setCurrentIndex(std::max(0, m_domain->findText(chosen)));
    findItems();
}

void ItemBrowser::setFields(const QStringList& fields)
{
    const QString chosen = m_colourBy->currentData().toString();
    m_colourBy->clear();
    m_colourBy->addItem(tr("coloured by domain"), QStringLiteral("domain"));
    for (const QString& field : fields) {
        m_colourBy->addItem(tr("coloured by %1", "name of a field").arg(field), field);
    }
    m_colourBy->setCurrentIndex(std::max(0, m_colourBy->findData(chosen)));
}

void ItemBrowser::showBase(std::optional<KnowledgeId> base)
{
    m_base = base;
    m_facetModel->setFacets({});
    m_nearModel->setItems({}, {});
    askMap();
    if (const std::optional<ItemId> item = m_session.selection().item(); item && base) {
        showItem(*item);
    }
}

void ItemBrowser::findItems()
{
    const int place = m_domain->currentIndex();
    if (place < 0) {
        m_foundModel->setItems({});
        return;
    }
    const DomainId domain = m_domains[static_cast<std::size_t>(place)].id;
    const std::string text = m_search->text().trimmed().toStdString();
    m_findQuery.ask<std::vector<ItemRecord>>(
        [domain, text](const Workspace& workspace, const JobContext&) {
            return Explorer(workspace).items(domain, text, ItemId{0}, mostFound);
        },
        [this](Result<std::vector<ItemRecord>> items) {
            if (!items) {
                Q_EMIT failed(items.error());
                return;
            }
            m_foundModel->setItems(std::move(*items));
            const std::optional<ItemId> chosen = m_session.selection().item();
            const std::optional<int> row = chosen ? m_foundModel->rowOf(*chosen) : std::nullopt;
            if (row) {
                m_found->setCurrentIndex(m_foundModel->index(*row));
            } else if (!chosen && m_foundModel->rowCount() > 0) {
                m_found->setCurrentIndex(m_foundModel->index(0));
            }
        });
}

void ItemBrowser::showItem(ItemId item)
{
    m_map->setSelected(number(item));
    if (!m_base) {
        return;
    }
    const KnowledgeId base = *m_base;
    m_factsQuery.ask<ItemFacts>(
        [base, item](const Workspace& workspace, const JobContext&) {
            return KnowledgeStore(workspace).facts(base, item);
        },
        [this](Result<ItemFacts> facts) {
            m_facetModel->setFacets(facts ? std::move(facts->facets) : std::vector<StoredFacet>());
            m_facets->resizeColumnsToContents();
            m_facets->horizontalHeader()->setSectionResizeMode(FacetModel::TextColumn, QHeaderView::Stretch);
        });
    m_nearQuery.ask<std::vector<NearItem>>(
        [base, item](const Workspace& workspace, const JobContext& context) {
            return nearestItems(workspace, base, item, mostNear, context);
        },
        [this](Result<std::vector<NearItem>> near) {
            m_nearModel->setItems(near ? std::move(*near) : std::vector<NearItem>(), domainNames());
            m_near->resizeColumnsToContents();
            m_near->horizontalHeader()->setSectionResizeMode(NearItemModel::TitleColumn,
                                                             QHeaderView::Stretch);
        });
}

std::map<DomainId, QString> ItemBrowser::domainNames() const
{
    std::map<DomainId, QString> names;
    for (const Domain& domain : m_domains) {
        names[domain.id] = QString::fromStdString(domain.name);
    }
    return names;
}

void ItemBrowser::askMap()
{
    if (!m_base) {
        showMap({});
        return;
    }
    const std::string colourBy = m_colourBy->currentData().toString().toStdString();
    m_mapCard->setNothing(tr("Placing the items…"));
    m_mapQuery.ask<std::vector<MapPoint>>(
        [base = *m_base, colourBy](const Workspace& workspace, const JobContext& context) {
            return itemMap(workspace, base, colourBy.empty() ? "domain" : colourBy, context);
        },
        [this](Result<std::vector<MapPoint>> points) {
            if (points) {
                showMap(std::move(*points));
            } else {
                m_mapCard->setNothing(sentences::of(points.error()));
            }
        });
}

void ItemBrowser::showMap(std::vector<MapPoint> points)
{
    // The groups with the most items get a colour each, all others share the last.
    std::map<std::string, int> counts;
    for (const MapPoint& point : points) {
        ++counts[point.group];
    }
    std::vector<std::pair<std::string, int>> ranked(counts.begin(), counts.end());
    std::ranges::stable_sort(ranked, std::greater<>(), &std::pair<std::string, int>::second);
    const bool tooMany = ranked.size() > static_cast<std::size_t>(mostGroups);
    QStringList groups;
    std::map<std::string, int> places;
    for (const auto& [group, count] : ranked) {
        if (tooMany && groups.size() == mostGroups - 1) {
            break;
        }
        places[group] = static_cast<int>(groups.size());
        groups << (group.empty() ? tr("none", "items without a value") : QString::fromStdString(group));
    }
    if (tooMany) {
        groups << tr("others", "groups of the map");
    }
    std::vector<ScatterChart::Point> drawn;
    drawn.reserve(points.size());
    for (const MapPoint& point : points) {
        const auto place = places.find(point.group);
        drawn.push_back({.x = static_cast<double>(point.x),
                         .y = static_cast<double>(point.y),
                         .group = place == places.end() ? static_cast<int>(groups.size()) - 1 : place->second,
                         .id = number(point.item),
                         .name = QString::fromStdString(point.title)});
    }
    m_mapCard->setNothing(drawn.empty()
                              ? tr("No vectors yet: the map shows items once a knowledge base has them.")
                              : QString());
    m_map->setPoints(std::move(drawn), groups);
    m_mapCard->legend().setEntries(m_map->legendEntries());
}

void ItemBrowser::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void ItemBrowser::retranslate()
{
    m_domain->setAccessibleName(tr("Domain of the items"));
    m_search->setPlaceholderText(tr("Find an item by title or id"));
    m_search->setAccessibleName(tr("Find an item by title or id"));
    m_found->setAccessibleName(tr("Items"));
    m_facets->setAccessibleName(tr("Facets of the chosen item"));
    m_near->setAccessibleName(tr("Items nearest to the chosen one"));
    m_colourBy->setAccessibleName(tr("What colours the map"));
    m_mapCard->setTitle(tr("Map of the items"));
    if (m_colourBy->count() > 0) {
        m_colourBy->setItemText(0, tr("coloured by domain"));
    }
    for (int at = 1; at < m_colourBy->count(); ++at) {
        m_colourBy->setItemText(
            at, tr("coloured by %1", "name of a field").arg(m_colourBy->itemData(at).toString()));
    }
}

} // namespace transept::ui
