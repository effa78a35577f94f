#include "ui/knowledge/ItemBrowser.h"

#include "ui/knowledge/ItemFactsView.h"
#include "ui/knowledge/ItemFinder.h"
#include "ui/knowledge/ItemMapView.h"
#include "ui/look/Card.h"

#include <QtCore/QSettings>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QSplitter>

namespace transept::ui {
namespace {

constexpr auto kColumns = "browserColumns";
constexpr auto kFacts = "browserFacts";

} // namespace

ItemBrowser::ItemBrowser(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_finder(new ItemFinder(session))
    , m_facts(new ItemFactsView(session))
    , m_map(new ItemMapView(session, dialogs))
    , m_columns(new QSplitter(Qt::Horizontal))
{
    setObjectName(QStringLiteral("itemBrowser"));
    m_columns->addWidget(card({m_finder}));
    m_columns->addWidget(m_facts);
    m_columns->addWidget(m_map);
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 2);
    m_columns->setStretchFactor(2, 3);
    m_columns->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_columns);
    connect(m_finder, &ItemFinder::failed, this, &ItemBrowser::failed);
    connect(m_map, &ItemMapView::failed, this, &ItemBrowser::failed);
    connect(m_finder, &ItemFinder::pageWanted, this, &ItemBrowser::pageWanted);
    connect(m_facts, &ItemFactsView::pageWanted, this, &ItemBrowser::pageWanted);
    connect(&m_session.selection(), &Selection::itemChanged, this, &ItemBrowser::readFacetsAgain);
}

void ItemBrowser::setDomains(const std::vector<Domain>& domains)
{
    m_facts->setDomains(domains);
    m_finder->setDomains(domains);
}

void ItemBrowser::setFields(const QStringList& fields)
{
    m_map->setFields(fields);
}

void ItemBrowser::showBase(std::optional<KnowledgeId> base)
{
    m_base = base;
    m_map->showBase(base);
    readFacetsAgain();
}

void ItemBrowser::readFacetsAgain()
{
    m_facts->show(m_base, m_session.selection().item());
}

void ItemBrowser::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
    settings.setValue(QLatin1String(kFacts), m_facts->saveState());
    m_finder->saveState(settings);
    m_map->saveState(settings);
}

void ItemBrowser::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_facts->restoreState(settings.value(QLatin1String(kFacts)).toByteArray());
    m_finder->restoreState(settings);
    m_map->restoreState(settings);
}

} // namespace transept::ui
