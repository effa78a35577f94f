#pragma once

#include "core/store/Catalog.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

class QSettings;
class QSplitter;

namespace transept::ui {

class ItemFactsView;
class ItemFinder;
class ItemMapView;
struct FileDialogs;

/// Looks into one knowledge base: find an item, see its facets and its nearest items, and where it lies on
/// the map of all.
class ItemBrowser final : public QWidget
{
    Q_OBJECT

public:
    ItemBrowser(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

    void setDomains(const std::vector<Domain>& domains);
    void setFields(const QStringList& fields); ///< what the map can be coloured by, beside the domain
    void showBase(std::optional<KnowledgeId> base);
    void readFacetsAgain();                    ///< of the chosen item, after somebody edited some
    void saveState(QSettings& settings) const; ///< in the settings' present group
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);
    void pageWanted(transept::ItemId item); ///< all that is known of it is to be shown

private:
    Session& m_session;
    std::optional<KnowledgeId> m_base;
    ItemFinder* m_finder;
    ItemFactsView* m_facts;
    ItemMapView* m_map;
    QSplitter* m_columns;
};

} // namespace transept::ui
