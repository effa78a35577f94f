#include "ui/knowledge/ItemMapView.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/ColourScale.h"
#include "ui/charts/Legend.h"
#include "ui/charts/ScatterChart.h"
#include "ui/knowledge/MapColourBox.h"
#include "ui/knowledge/MapPicture.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QPointer>
#include <QtCore/QSettings>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr auto kColour = "browserColour";
enum MapLayout { Components, Neighbourhoods }; // in the order of the box

} // namespace

ItemMapView::ItemMapView(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_chart(new ScatterChart)
    , m_card(new ChartCard(m_chart))
    , m_layout(new QComboBox)
    , m_layoutNote(new QLabel)
    , m_colourBy(new MapColourBox(session))
    , m_scale(new ColourScale)
    , m_lasso(new QToolButton)
{
    m_chart->setObjectName(QStringLiteral("itemMap"));
    m_chart->setFileDialogs(dialogs);
    buildTools();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_card);
    connectParts();
    retranslate();
}

ItemMapView::~ItemMapView() = default;

void ItemMapView::buildTools()
{
    m_layout->setObjectName(QStringLiteral("mapLayout"));
    m_layout->addItems({QString(), QString()});
    m_card->setChoice(m_layout);
    m_layoutNote->setObjectName(QStringLiteral("layoutNote"));
    m_layoutNote->setProperty(look::muted, true);
    m_layoutNote->hide();
    m_card->addTool(m_layoutNote);
    m_colourBy->setObjectName(QStringLiteral("colourBy"));
    m_scale->setObjectName(QStringLiteral("colourScale"));
    m_scale->hide();
    m_card->layout()->addWidget(m_scale); // in the place of the legend, which a scale has none of
    m_lasso->setObjectName(QStringLiteral("lasso"));
    m_lasso->setIcon(icon(QStringLiteral("lasso")));
    m_lasso->setCheckable(true);
    m_lasso->setAutoRaise(true);
    m_card->addTool(m_colourBy);
    m_card->addTool(m_lasso);
}

void ItemMapView::connectParts()
{
    connect(m_layout, &QComboBox::activated, this, &ItemMapView::chooseLayout);
    connect(m_colourBy, &QComboBox::activated, this, &ItemMapView::ask);
    connect(m_colourBy, &MapColourBox::chosenChanged, this, &ItemMapView::ask);
    connect(m_lasso, &QToolButton::toggled, m_chart, &ScatterChart::setLassoMode);
    connect(&m_card->legend(), &Legend::hiddenChanged, m_chart, &ScatterChart::setHidden);
    Selection& selection = m_session.selection();
    connect(m_chart, &ScatterChart::pointClicked, this, [&selection](qint64 id) {
        selection.setItem(ItemId{id});
    });
    connect(m_chart, &ScatterChart::lassoChanged, this, [this, &selection] {
        std::vector<ItemId> items;
        std::ranges::transform(
            m_chart->lassoed(), std::back_inserter(items), [](qint64 id) { return ItemId{id}; });
        selection.setItems(std::move(items));
    });
    connect(&selection, &Selection::itemsChanged, this, [this, &selection] {
        if (selection.items().empty()) {
            m_chart->clearLasso();
        }
    });
    connect(&selection, &Selection::itemChanged, this, [this, &selection] {
        if (const std::optional<ItemId> item = selection.item()) {
            m_chart->setSelected(number(*item));
        }
    });
    connect(&m_session, &Session::closed, this, [this] {
        m_places.clear();
        m_forming.clear();
        m_arranging.clear();
    });
}

void ItemMapView::setFields(const QStringList& fields)
{
    m_colourBy->setFields(fields);
}

void ItemMapView::showBase(std::optional<KnowledgeId> base)
{
    if (std::exchange(m_base, base) != base) {
        m_chart->resetZoom(); // its items stand elsewhere
        m_session.selection().setItems({});
        m_layout->setCurrentIndex(base && m_places.contains(*base) ? Neighbourhoods : Components);
    }
    m_colourBy->showBase(base);
    ask();
    if (const std::optional<ItemId> item = m_session.selection().item(); item && base) {
        m_chart->setSelected(number(*item));
    }
}

void ItemMapView::ask()
{
    if (!m_base) {
        m_query.cancel();
        take({});
        return;
    }
    const std::string colourBy = m_colourBy->currentData().toString().toStdString();
    m_card->setNothing(tr("Placing the items…"));
    m_query.ask<MapPicture>(
        [base = *m_base, colourBy](const Workspace& workspace, const JobContext& context) {
            return mapPicture(workspace, base, colourBy.empty() ? "domain" : colourBy, context);
        },
        [this](Result<MapPicture> map) {
            if (map) {
                take(std::move(*map));
            } else {
                m_card->setNothing(sentences::of(map.error()));
            }
        });
}

void ItemMapView::take(MapPicture map)
{
    m_picture = std::make_unique<MapPicture>(std::move(map));
    showPicture();
}

/// The names of its groups and figures are in the reader's language.
void ItemMapView::showPicture()
{
    MapPicture& map = *m_picture;
    map.names.clear();
    for (const std::string& group : map.groups) {
        map.names << (group.empty() ? tr("none", "items without a value") : QString::fromStdString(group));
    }
    if (map.hasOthers) {
        map.names << tr("others", "groups of the map");
    }
    m_scale->setVisible(map.scale.has_value());
    if (map.scale) {
        const auto text = [of = map.scale->of](double figure) { return figureText(of, figure); };
        m_scale->setEnds(text(map.scale->low), text(map.scale->high));
        m_chart->setScale(text);
    } else {
        m_chart->setScale({});
    }
    m_card->setNothing(map.points.empty()
                           ? tr("No vectors yet: the map shows items once a knowledge base has them.")
                           : QString());
    m_layout->setEnabled(!map.points.empty());
    arrange();
    m_card->legend().setEntries(m_chart->legendEntries());
}

bool ItemMapView::wantsNeighbourhoods() const
{
    return m_layout->currentIndex() == Neighbourhoods;
}

/// Places the points as it is chosen; by principal components as long as there is nothing else.
void ItemMapView::arrange()
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
    m_chart->setPoints(std::move(points), m_picture->names);
}

void ItemMapView::chooseLayout()
{
    m_chart->resetZoom();
    if (wantsNeighbourhoods() && m_base && !m_places.contains(*m_base) && !m_arranging.contains(*m_base)) {
        startLayout(*m_base);
    }
    arrange();
}

/// Shows an arrangement as far as it has come; called on the job's thread.
std::function<void(std::vector<MapPlace>)> ItemMapView::formingOf(KnowledgeId base)
{
    return [view = QPointer(this), base](std::vector<MapPlace> places) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), // it outlives the thread; the browser may not
            [view, base, places = std::move(places)] {
                if (!view || !view->m_arranging.contains(base)) {
                    return;
                }
                view->m_forming[base] = places;
                if (view->m_base == base && view->wantsNeighbourhoods()) {
                    view->arrange();
                }
            },
            Qt::QueuedConnection);
    };
}

void ItemMapView::startLayout(KnowledgeId base)
{
    m_arranging.insert(base);
    m_session.jobs().start<std::vector<MapPlace>>(
        this,
        {.name = [] { return tr("Arranging the map by neighbourhoods"); }, .kind = JobKind::Statistics},
        [base, show = formingOf(base)](const Workspace& workspace, const JobContext& context) {
            return neighbourhoodMap(workspace, base, context, show);
        },
        [this, base](Result<std::vector<MapPlace>> places) { takeLayout(base, std::move(places)); });
}

void ItemMapView::takeLayout(KnowledgeId base, Result<std::vector<MapPlace>> places)
{
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
        m_chart->resetZoom();
        arrange();
    }
}

void ItemMapView::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColour), m_colourBy->chosen());
}

void ItemMapView::restoreState(QSettings& settings)
{
    m_colourBy->setWanted(settings.value(QLatin1String(kColour)).toString());
}

void ItemMapView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void ItemMapView::retranslate()
{
    m_colourBy->retranslate();
    m_card->setTitle(tr("Map of the items"));
    m_layout->setItemText(Components, tr("Principal components"));
    m_layout->setItemText(Neighbourhoods, tr("Neighbourhoods (t-SNE)"));
    m_layout->setAccessibleName(tr("How the map is arranged"));
    m_layoutNote->setText(tr("Arranging…"));
    m_lasso->setToolTip(
        tr("Lasso items by dragging; Ctrl and dragging does so at any time, and Ctrl+A on the map "
           "selects what is in view"));
    m_lasso->setAccessibleName(tr("Lasso items"));
    if (m_query.isWaiting()) {
        m_card->setNothing(tr("Placing the items…"));
    } else if (m_picture != nullptr) {
        showPicture();
    }
}

} // namespace transept::ui
