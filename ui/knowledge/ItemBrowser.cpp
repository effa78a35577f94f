#include "ui/knowledge/ItemBrowser.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/ColourScale.h"
#include "ui/charts/Legend.h"
#include "ui/charts/ScatterChart.h"
#include "ui/knowledge/MapColourBox.h"
#include "ui/knowledge/MapPicture.h"
#include "ui/look/Icons.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/shell/ElidedLabel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QPointer>
#include <QtCore/QSettings>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int typingMilliseconds = 200;
constexpr int mostFound = 200;
constexpr int mostNear = 15;
constexpr auto kColumns = "browserColumns";
constexpr auto kFacts = "browserFacts";
constexpr auto kDomain = "browserDomain";
constexpr auto kColour = "browserColour";
enum MapLayout { Components, Neighbourhoods }; // in the order of the box

/// As wide as the list: a longer title ends in "…".
class ElidingDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {1, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

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

struct ItemBrowser::Facts
{
    ItemRecord item;
    std::vector<StoredFacet> facets;
};

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
    , m_itemTitle(new ElidedLabel)
    , m_facets(nullptr)
    , m_facetModel(new FacetModel(this))
    , m_near(nullptr)
    , m_nearModel(new NearItemModel(this))
    , m_lassoBar(new QWidget)
    , m_lassoNote(new QLabel)
    , m_letGo(new QToolButton)
    , m_map(new ScatterChart)
    , m_mapCard(new ChartCard(m_map))
    , m_layout(new QComboBox)
    , m_layoutNote(new QLabel)
    , m_colourBy(new MapColourBox(session))
    , m_scale(new ColourScale)
    , m_lasso(new QToolButton)
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_facts(new QSplitter(Qt::Vertical))
{
    setObjectName(QStringLiteral("itemBrowser"));
    build(dialogs);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &ItemBrowser::findItems);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::textEdited, this, &ItemBrowser::letGo);
    connect(m_domain, &QComboBox::currentIndexChanged, this, &ItemBrowser::findItems);
    connect(m_domain, &QComboBox::activated, this, &ItemBrowser::letGo);
    connect(m_found->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                if (current.isValid()) {
                    m_session.selection().setItem(
                        ItemId{current.data(FoundItemModel::ItemRole).toLongLong()});
                }
            });
    const auto openPage = [this] { Q_EMIT pageWanted(*m_session.selection().item()); };
    connect(m_found, &QListView::activated, this, openPage);
    connect(m_facets, &QTableView::activated, this, openPage);
    connect(m_near, &QTableView::activated, this, [this](const QModelIndex& index) {
        m_session.selection().setItem(ItemId{index.data(NearItemModel::ItemRole).toLongLong()});
    });
    connect(&m_session.selection(), &Selection::itemChanged, this, [this] {
        if (const std::optional<ItemId> item = m_session.selection().item()) {
            showItem(*item);
            selectFound();
        }
    });
    connectMap();
    retranslate();
}

ItemBrowser::~ItemBrowser() = default;

void ItemBrowser::connectMap()
{
    connect(m_layout, &QComboBox::activated, this, &ItemBrowser::chooseLayout);
    connect(m_colourBy, &QComboBox::activated, this, &ItemBrowser::askMap);
    connect(m_colourBy, &MapColourBox::chosenChanged, this, &ItemBrowser::askMap);
    connect(m_map, &ScatterChart::pointClicked, this, [this](qint64 id) {
        m_session.selection().setItem(ItemId{id});
    });
    connect(m_map, &ScatterChart::lassoChanged, this, &ItemBrowser::showLassoed);
    connect(m_lasso, &QToolButton::toggled, m_map, &ScatterChart::setLassoMode);
    connect(m_letGo, &QToolButton::clicked, m_map, &ScatterChart::clearLasso);
    connect(&m_mapCard->legend(), &Legend::hiddenChanged, m_map, &ScatterChart::setHidden);
    connect(&m_session, &Session::closed, this, [this] {
        m_places.clear();
        m_forming.clear();
        m_arranging.clear();
    });
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
    m_found->setItemDelegate(new ElidingDelegate(m_found));
    m_facets = quietTable(m_facetModel, QStringLiteral("facets"));
    m_near = quietTable(m_nearModel, QStringLiteral("nearItems"));
    fitColumns(*m_facets, FacetModel::TextColumn);
    fitColumns(*m_near, NearItemModel::TitleColumn);
    m_itemTitle->setObjectName(QStringLiteral("chosenItem"));
    m_itemTitle->setProperty(look::heading, true);
    m_itemTitle->setContentsMargins(space::oneAndHalf, space::half, space::oneAndHalf, 0);
    m_itemTitle->hide();
    m_map->setObjectName(QStringLiteral("itemMap"));
    m_map->setFileDialogs(dialogs);
    buildMapTools();

    auto* finder = new QWidget;
    auto* finderColumn = new QVBoxLayout(finder);
    finderColumn->setContentsMargins({});
    finderColumn->addWidget(m_domain);
    finderColumn->addWidget(m_search);
    finderColumn->addWidget(m_lassoBar);
    finderColumn->addWidget(m_found, 1);
    auto* chosen = new QWidget;
    auto* chosenColumn = new QVBoxLayout(chosen);
    chosenColumn->setContentsMargins({});
    chosenColumn->addWidget(m_itemTitle);
    chosenColumn->addWidget(m_facets, 1);
    m_facts->addWidget(card(chosen));
    m_facts->addWidget(card(m_near));
    m_facts->setChildrenCollapsible(false);
    m_columns->addWidget(card(finder));
    m_columns->addWidget(m_facts);
    m_columns->addWidget(m_mapCard);
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 2);
    m_columns->setStretchFactor(2, 3);
    m_columns->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_columns);
}

void ItemBrowser::buildMapTools()
{
    m_layout->setObjectName(QStringLiteral("mapLayout"));
    m_layout->addItems({QString(), QString()});
    m_mapCard->setChoice(m_layout);
    m_layoutNote->setObjectName(QStringLiteral("layoutNote"));
    m_layoutNote->setProperty(look::muted, true);
    m_layoutNote->hide();
    m_mapCard->addTool(m_layoutNote);
    m_colourBy->setObjectName(QStringLiteral("colourBy"));
    m_scale->setObjectName(QStringLiteral("colourScale"));
    m_scale->hide();
    m_mapCard->layout()->addWidget(m_scale); // in the place of the legend, which a scale has none of
    m_lasso->setObjectName(QStringLiteral("lasso"));
    m_lasso->setIcon(icon(QStringLiteral("lasso")));
    m_lasso->setCheckable(true);
    m_lasso->setAutoRaise(true);
    m_mapCard->addTool(m_colourBy);
    m_mapCard->addTool(m_lasso);
    m_lassoNote->setObjectName(QStringLiteral("lassoNote"));
    m_lassoNote->setProperty(look::muted, true);
    m_lassoNote->setWordWrap(true);
    m_letGo->setObjectName(QStringLiteral("letGo"));
    m_letGo->setIcon(icon(QStringLiteral("close")));
    m_letGo->setAutoRaise(true);
    auto* row = new QHBoxLayout(m_lassoBar);
    row->setContentsMargins(space::half, 0, 0, 0);
    row->addWidget(m_lassoNote, 1);
    row->addWidget(m_letGo);
    m_lassoBar->hide();
}

void ItemBrowser::setDomains(std::vector<Domain> domains)
{
    const QSignalBlocker quiet(m_domain);
    const QString chosen = m_domain->count() > 0 ? m_domain->currentText() : m_wantedDomain;
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
    m_colourBy->setFields(fields);
}

void ItemBrowser::showBase(std::optional<KnowledgeId> base)
{
    if (std::exchange(m_base, base) != base) {
        m_map->resetZoom(); // its items stand elsewhere
        letGo();
        m_layout->setCurrentIndex(base && m_places.contains(*base) ? Neighbourhoods : Components);
    }
    m_itemTitle->hide();
    m_facetModel->setFacets({});
    m_nearModel->setItems({}, {});
    m_colourBy->showBase(base);
    askMap();
    if (const std::optional<ItemId> item = m_session.selection().item(); item && base) {
        showItem(*item);
    }
}

void ItemBrowser::readFacetsAgain()
{
    if (const std::optional<ItemId> item = m_session.selection().item(); item && m_base) {
        showItem(*item);
    }
}

void ItemBrowser::letGo()
{
    m_map->clearLasso();
}

/// The lassoed items in place of those found; these again when it is let go.
void ItemBrowser::showLassoed()
{
    std::vector<ItemId> items;
    std::ranges::transform(m_map->lassoed(), std::back_inserter(items), [](qint64 id) { return ItemId{id}; });
    m_lassoBar->setVisible(!items.empty());
    const auto count = static_cast<int>(items.size());
    m_lassoNote->setText(count > mostFound
                             ? tr("%Ln lassoed items, the first %1 of them", nullptr, count).arg(mostFound)
                             : tr("%Ln lassoed item(s)", nullptr, count));
    m_session.selection().setItems(items);
    if (items.empty()) {
        findItems();
        return;
    }
    items.resize(std::min(items.size(), static_cast<std::size_t>(mostFound)));
    m_findQuery.ask<std::vector<ItemRecord>>(
        [items](const Workspace& workspace, const JobContext&) -> Result<std::vector<ItemRecord>> {
            std::vector<ItemRecord> records;
            for (const ItemId item : items) {
                Result<ItemRecord> record = Explorer(workspace).item(item);
                if (!record) {
                    return passOn(record);
                }
                records.push_back(std::move(*record));
            }
            return records;
        },
        [this](Result<std::vector<ItemRecord>> records) {
            if (!records) {
                Q_EMIT failed(records.error());
                return;
            }
            m_foundModel->setItems(std::move(*records));
            selectFound();
        });
}

void ItemBrowser::findItems()
{
    if (!m_map->lassoed().empty()) {
        return; // these are shown
    }
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
            if (!m_session.selection().item() && m_foundModel->rowCount() > 0) {
                m_found->setCurrentIndex(m_foundModel->index(0));
            } else {
                selectFound();
            }
        });
}

void ItemBrowser::selectFound()
{
    const std::optional<ItemId> chosen = m_session.selection().item();
    if (const std::optional<int> row = chosen ? m_foundModel->rowOf(*chosen) : std::nullopt) {
        m_found->setCurrentIndex(m_foundModel->index(*row));
    } else {
        m_found->setCurrentIndex({});
    }
}

void ItemBrowser::showItem(ItemId item)
{
    m_map->setSelected(number(item));
    if (!m_base) {
        return;
    }
    const KnowledgeId base = *m_base;
    m_factsQuery.ask<Facts>(
        [base, item](const Workspace& workspace, const JobContext&) -> Result<Facts> {
            Result<ItemRecord> record = Explorer(workspace).item(item);
            Result<ItemFacts> facts = KnowledgeStore(workspace).facts(base, item);
            if (!record || !facts) {
                return record ? passOn(facts) : passOn(record);
            }
            return Facts{.item = std::move(*record), .facets = std::move(facts->facets)};
        },
        [this](Result<Facts> facts) { showFacts(std::move(facts)); });
    m_nearQuery.ask<std::vector<NearItem>>(
        [base, item](const Workspace& workspace, const JobContext& context) {
            return nearestItems(workspace, base, item, mostNear, context);
        },
        [this](Result<std::vector<NearItem>> near) {
            m_nearModel->setItems(near ? std::move(*near) : std::vector<NearItem>(), domainNames());
            fitColumns(*m_near, NearItemModel::TitleColumn);
        });
}

void ItemBrowser::showFacts(Result<Facts> facts)
{
    m_itemTitle->setVisible(facts.has_value());
    if (facts) {
        const ItemRecord& item = facts->item;
        m_itemTitle->setText(QString::fromStdString(item.title.empty() ? item.key : item.title));
    }
    m_facetModel->setFacets(facts ? std::move(facts->facets) : std::vector<StoredFacet>());
    fitColumns(*m_facets, FacetModel::TextColumn);
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
        m_mapQuery.cancel();
        showMap({});
        return;
    }
    const std::string colourBy = m_colourBy->currentData().toString().toStdString();
    m_mapCard->setNothing(tr("Placing the items…"));
    m_mapQuery.ask<MapPicture>(
        [base = *m_base, colourBy](const Workspace& workspace, const JobContext& context) {
            return mapPicture(workspace, base, colourBy.empty() ? "domain" : colourBy, context);
        },
        [this](Result<MapPicture> map) {
            if (map) {
                showMap(std::move(*map));
            } else {
                m_mapCard->setNothing(sentences::of(map.error()));
            }
        });
}

void ItemBrowser::showMap(MapPicture map)
{
    QStringList names;
    for (const std::string& group : map.groups) {
        names << (group.empty() ? tr("none", "items without a value") : QString::fromStdString(group));
    }
    if (map.hasOthers) {
        names << tr("others", "groups of the map");
    }
    map.names = names;
    m_scale->setVisible(map.scale.has_value());
    if (map.scale) {
        const auto text = [of = map.scale->of](double figure) { return figureText(of, figure); };
        m_scale->setEnds(text(map.scale->low), text(map.scale->high));
        m_map->setScale(text);
    } else {
        m_map->setScale({});
    }
    m_mapCard->setNothing(map.points.empty()
                              ? tr("No vectors yet: the map shows items once a knowledge base has them.")
                              : QString());
    m_layout->setEnabled(!map.points.empty());
    m_picture = std::make_unique<MapPicture>(std::move(map));
    arrange();
    m_mapCard->legend().setEntries(m_map->legendEntries());
}

bool ItemBrowser::wantsNeighbourhoods() const
{
    return m_layout->currentIndex() == Neighbourhoods;
}

/// Places the points as it is chosen; by principal components as long as there is nothing else.
void ItemBrowser::arrange()
{
    m_layoutNote->setVisible(wantsNeighbourhoods() && m_base && m_arranging.contains(*m_base));
    if (m_picture == nullptr) {
        return;
    }
    std::vector<ScatterChart::Point> points = m_picture->points;
    auto places = m_base ? m_places.find(*m_base) : m_places.end();
    const bool isWhole = places != m_places.end();
    const bool isForming = !isWhole && m_base && m_forming.contains(*m_base);
    if (isForming) {
        places = m_forming.find(*m_base);
    }
    if (wantsNeighbourhoods() && (isWhole || isForming)) {
        auto next = places->second.begin(); // both ascend by item
        const std::size_t before = points.size();
        std::erase_if(points, [&](ScatterChart::Point& point) {
            while (next != places->second.end() && number(next->item) < point.id) {
                ++next;
            }
            const bool isThere = next != places->second.end() && number(next->item) == point.id;
            if (isThere) {
                point.x = static_cast<double>(next->x);
                point.y = static_cast<double>(next->y);
            }
            return !isThere;
        });
        if (isWhole && points.size() < before) { // items were extracted since
            m_places.erase(places);
            m_layout->setCurrentIndex(Components);
            points = m_picture->points;
        }
    }
    m_map->setPoints(std::move(points), m_picture->names);
}

void ItemBrowser::chooseLayout()
{
    m_map->resetZoom();
    if (wantsNeighbourhoods() && m_base && !m_places.contains(*m_base) && !m_arranging.contains(*m_base)) {
        startLayout(*m_base);
    }
    arrange();
}

/// Shows an arrangement as far as it has come; called on the job's thread.
std::function<void(std::vector<MapPlace>)> ItemBrowser::formingOf(KnowledgeId base)
{
    return [browser = QPointer(this), base](std::vector<MapPlace> places) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), // it outlives the thread; the browser may not
            [browser, base, places = std::move(places)] {
                if (!browser || !browser->m_arranging.contains(base)) {
                    return;
                }
                browser->m_forming[base] = places;
                if (browser->m_base == base && browser->wantsNeighbourhoods()) {
                    browser->arrange();
                }
            },
            Qt::QueuedConnection);
    };
}

void ItemBrowser::startLayout(KnowledgeId base)
{
    m_arranging.insert(base);
    m_session.jobs().start<std::vector<MapPlace>>(
        this,
        {.name = [] { return tr("Arranging the map by neighbourhoods"); }, .kind = JobKind::Statistics},
        [base, show = formingOf(base)](const Workspace& workspace, const JobContext& context) {
            return neighbourhoodMap(workspace, base, context, show);
        },
        [this, base](Result<std::vector<MapPlace>> places) {
            m_arranging.erase(base);
            m_forming.erase(base);
            if (places) {
                m_places[base] = std::move(*places);
            } else {
                m_layout->setCurrentIndex(m_base == base ? Components : m_layout->currentIndex());
                if (places.error().code != ErrorCode::Cancelled) {
                    Q_EMIT failed(places.error());
                }
            }
            if (m_base == base) {
                m_map->resetZoom();
                arrange();
            }
        });
}

void ItemBrowser::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
    settings.setValue(QLatin1String(kFacts), m_facts->saveState());
    settings.setValue(QLatin1String(kDomain),
                      m_domain->count() > 0 ? m_domain->currentText() : m_wantedDomain);
    settings.setValue(QLatin1String(kColour), m_colourBy->chosen());
}

void ItemBrowser::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_facts->restoreState(settings.value(QLatin1String(kFacts)).toByteArray());
    m_wantedDomain = settings.value(QLatin1String(kDomain)).toString();
    m_colourBy->setWanted(settings.value(QLatin1String(kColour)).toString());
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
    m_colourBy->retranslate();
    m_mapCard->setTitle(tr("Map of the items"));
    m_layout->setItemText(Components, tr("Principal components"));
    m_layout->setItemText(Neighbourhoods, tr("Neighbourhoods (t-SNE)"));
    m_layout->setAccessibleName(tr("How the map is arranged"));
    m_layoutNote->setText(tr("Arranging…"));
    m_lasso->setToolTip(
        tr("Lasso items by dragging; Ctrl and dragging does so at any time, and Ctrl+A on the map "
           "selects what is in view"));
    m_lasso->setAccessibleName(tr("Lasso items"));
    m_letGo->setToolTip(tr("Show all items again (Escape on the map)"));
    m_letGo->setAccessibleName(tr("Let the lassoed items go"));
}

} // namespace transept::ui
