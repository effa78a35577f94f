#pragma once

#include "core/knowledge/ItemMap.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

#include <map>
#include <memory>
#include <set>

class QComboBox;
class QLabel;
class QSettings;
class QToolButton;

namespace transept::ui {

class ChartCard;
class ColourScale;
class MapColourBox;
class ScatterChart;
struct FileDialogs;
struct MapPicture;

/// The map of all items of a knowledge base, by principal components or, as a job, by neighbourhoods. What is
/// clicked is the session's item, what is lassoed are its items; when another page lets them go, so does the
/// map.
class ItemMapView final : public QWidget
{
    Q_OBJECT

public:
    ItemMapView(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);
    ~ItemMapView() override;

    void setFields(const QStringList& fields); ///< what the map can be coloured by, beside the domain
    void showBase(std::optional<KnowledgeId> base);
    void saveState(QSettings& settings) const; ///< in the settings' present group
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildTools();
    void connectParts();
    void ask();
    void take(MapPicture map);
    void showPicture();
    void arrange();
    void chooseLayout();
    void startLayout(KnowledgeId base);
    std::function<void(std::vector<MapPlace>)> formingOf(KnowledgeId base);
    void takeLayout(KnowledgeId base, Result<std::vector<MapPlace>> places);
    bool wantsNeighbourhoods() const;
    void retranslate();

    Session& m_session;
    Query m_query;
    std::optional<KnowledgeId> m_base;
    ScatterChart* m_chart;
    ChartCard* m_card;
    QComboBox* m_layout;
    QLabel* m_layoutNote; ///< while the map is being arranged
    MapColourBox* m_colourBy;
    ColourScale* m_scale;
    QToolButton* m_lasso;
    std::unique_ptr<MapPicture> m_picture;                 ///< by principal components
    std::map<KnowledgeId, std::vector<MapPlace>> m_places; ///< by neighbourhoods, as long as the page is open
    std::map<KnowledgeId, std::vector<MapPlace>> m_forming; ///< likewise, as far as their job has come
    std::set<KnowledgeId> m_arranging;                      ///< by a job
};

} // namespace transept::ui
