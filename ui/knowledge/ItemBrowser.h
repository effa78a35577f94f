#pragma once

#include "core/knowledge/ItemMap.h"
#include "ui/knowledge/ItemModels.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <map>
#include <memory>
#include <set>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QSettings;
class QSplitter;
class QTableView;
class QToolButton;

namespace transept::ui {

class ChartCard;
class ColourScale;
class ElidedLabel;
class MapColourBox;
class ScatterChart;
struct FileDialogs;
struct MapPicture;

/// Looks into one knowledge base: find an item, see its facets and its nearest items, and where it lies on
/// the map of all, by principal components or, as a job, by neighbourhoods. What is lassoed on the map takes
/// the place of what was found.
class ItemBrowser final : public QWidget
{
    Q_OBJECT

public:
    ItemBrowser(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);
    ~ItemBrowser() override;

    void setDomains(std::vector<Domain> domains);
    void setFields(const QStringList& fields); ///< what the map can be coloured by, beside the domain
    void showBase(std::optional<KnowledgeId> base);
    void readFacetsAgain();                    ///< of the chosen item, after somebody edited some
    void saveState(QSettings& settings) const; ///< in the settings' present group
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);
    void pageWanted(transept::ItemId item); ///< all that is known of it is to be shown

protected:
    void changeEvent(QEvent* event) override;

private:
    void build(const FileDialogs& dialogs);
    void buildMapTools();
    void connectMap();
    void findItems();
    void showLassoed();
    void letGo();
    void showItem(ItemId item);
    void selectFound();
    void askMap();
    void showMap(MapPicture map);
    void arrange();
    void chooseLayout();
    void startLayout(KnowledgeId base);
    std::function<void(std::vector<MapPlace>)> formingOf(KnowledgeId base);
    bool wantsNeighbourhoods() const;
    struct Facts;
    void showFacts(Result<Facts> facts);
    std::map<DomainId, QString> domainNames() const;
    void retranslate();

    Session& m_session;
    Query m_findQuery;
    Query m_factsQuery;
    Query m_nearQuery;
    Query m_mapQuery;
    std::optional<KnowledgeId> m_base;
    std::vector<Domain> m_domains;
    QTimer m_typing;
    QComboBox* m_domain;
    QLineEdit* m_search;
    QListView* m_found;
    FoundItemModel* m_foundModel;
    ElidedLabel* m_itemTitle; ///< of the item whose facets and neighbours are shown
    QTableView* m_facets;
    FacetModel* m_facetModel;
    QTableView* m_near;
    NearItemModel* m_nearModel;
    QWidget* m_lassoBar; ///< above the lassoed items
    QLabel* m_lassoNote;
    QToolButton* m_letGo;
    ScatterChart* m_map;
    ChartCard* m_mapCard;
    QComboBox* m_layout;
    QLabel* m_layoutNote; ///< while the map is being arranged
    MapColourBox* m_colourBy;
    ColourScale* m_scale;
    QToolButton* m_lasso;
    std::unique_ptr<MapPicture> m_picture;                 ///< by principal components
    std::map<KnowledgeId, std::vector<MapPlace>> m_places; ///< by neighbourhoods, as long as the page is open
    std::map<KnowledgeId, std::vector<MapPlace>> m_forming; ///< likewise, as far as their job has come
    std::set<KnowledgeId> m_arranging;                      ///< by a job
    QSplitter* m_columns;
    QSplitter* m_facts;
    QString m_wantedDomain; ///< of the last time, until there are domains to choose from
};

} // namespace transept::ui
